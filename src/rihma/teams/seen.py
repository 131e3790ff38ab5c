"""One team, for whoever may read about it."""

from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from rihma.accounts.models import Person
from rihma.base.written import Written
from rihma.programmes.models import RUN
from rihma.teams.models import Contact, Team

_WAITING = (
    Contact.objects.filter(team=OuterRef("pk")).waiting().order_by().values("team").annotate(n=Count("pk")).values("n")
)
# With how many letters wait for it and whether the person runs its programme: each would be a question of its own.
SEEN = Written(
    lambda team, person: (
        Team.objects.seen_by(Person(pk=person))
        .select_related("programme", "theme")
        .filter(pk=team)
        .annotate(
            waiting=Coalesce(Subquery(_WAITING), 0),
            is_run=ExpressionWrapper(Q(programme__in=RUN(person)), output_field=BooleanField()),
        )
    )
)


def seen(person: Person, pk: UUID) -> Team:
    """To everybody who may not read about it, it is not there."""
    found = SEEN.first(pk, person.pk)
    if found is None:
        raise Http404
    found.programme.know_run_by(person, runs=vars(found)["is_run"])
    return found
