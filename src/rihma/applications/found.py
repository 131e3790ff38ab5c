"""One application with all that its page tells, for whoever asks: a stranger finds none."""

from uuid import UUID

from django.http import Http404

from rihma.accounts.http import PersonRequest
from rihma.accounts.models import Person
from rihma.applications.editing import with_what_is_beside
from rihma.applications.models import Application, ApplicationQuerySet
from rihma.base.written import Written
from rihma.teams.models import PLACES

# Texts in three languages that no page of an application shows, and that take longer to read than all else.
UNREAD = [f"call__{name}" for name in ("why", "how", "who")] + [
    f"{path}__{name}" for path in ("call__programme", "team__programme") for name in ("purpose", "description")
]


def every() -> ApplicationQuerySet:
    related = "team__programme", "team__theme", "call__programme", "receipt", "intake"
    return Application.objects.select_related(*related).defer(*UNREAD)


# Asked every few seconds by everybody who writes.
WRITTEN = Written(lambda person, pk: every().filter(pk=pk, team__in=PLACES(person)))


# A person is only who asks: what is written once holds for each.
READ = Written(
    lambda person, pk: with_what_is_beside(every().read_by(Person(pk=person)), Person(pk=person)).filter(pk=pk)
)


def written(request: PersonRequest, application_id: UUID) -> Application:
    """One that this person writes."""
    found = WRITTEN.first(request.user.pk, application_id)
    if found is None:
        raise Http404
    return found


def read(request: PersonRequest, application_id: UUID) -> Application:
    found = READ.first(request.user.pk, application_id)
    if found is None:
        raise Http404
    found.call.programme.know_run_by(request.user, runs=vars(found)["is_run"])
    return found
