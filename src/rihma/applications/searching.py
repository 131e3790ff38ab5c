"""Finds applications by their words in any inflection. Words are gathered by a job, so that sending one takes no longer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.tasks import task
from django_tasks_db.models import DBTaskResult

from rihma.applications.answers.reading import Forms, visible_answers
from rihma.applications.models import Application, Wordlist
from rihma.applications.queries import considered
from rihma.base import clock, lemmas
from rihma.calls.models import Intake

# Shorter words must stand alone, because many others begin or end with them.
SHORT = 4
A_TURN = 200


def gather_soon(_arrived: Application | None = None) -> None:
    """Once the transaction is through (settings.APPLICATION_RECEIVED). One job is enough for all that arrived in the meantime."""
    transaction.on_commit(_enqueue, robust=True)


def _enqueue() -> None:
    if not DBTaskResult.objects.ready().filter(task_path=gather.module_path).exists():
        gather.enqueue()


@task()
def gather() -> int:
    return gather_due(clock.now())


def gather_due(_now: datetime) -> int:
    """The worker's round, too: gather the words of what arrived and has none yet, or older ones."""
    known: dict[UUID, Forms] = {}
    pending = list(_without_words().select_related("team", "call", "receipt").order_by("receipt__received_at")[:A_TURN])
    for application in pending:
        forms = known.setdefault(application.call_id, Forms(application.call))
        Wordlist.objects.update_or_create(
            application=application,
            defaults={"receipt": application.arrived, "words": words_of(application, forms)},
        )
    if len(pending) == A_TURN:
        gather_soon()
    return len(pending)


def _without_words() -> QuerySet[Application]:
    arrived = Application.objects.filter(state=Application.State.SUBMITTED)
    return arrived.filter(Q(wordlist=None) | ~Q(wordlist__receipt=F("receipt")))


def words_of(application: Application, forms: Forms) -> str:
    """Of all that those who run the programme may read of it, each in the language that its team writes."""
    team = application.team
    texts = [team.name, team.phenomenon, team.looking_for, team.experiment_idea]
    texts += [str(one.shown) for one in visible_answers(application, "owners", forms)]
    return lemmas.joined(lemmas.bases("\n".join(texts), team.language))


def find(intake: Intake, query: str) -> set[UUID]:
    """Those in which every word that is asked for stands, in some form, by itself or at either end of a longer one."""
    asked = lemmas.asked(query)
    if not asked:
        return set()
    lists = Wordlist.objects.filter(application__in=considered().filter(intake=intake))
    for forms in asked:
        lists = lists.filter(_any_of(forms))
    return set(lists.values_list("application", flat=True))


def _any_of(forms: set[str]) -> Q:
    found = Q()
    for form in forms:
        if len(form) < SHORT:
            found |= Q(words__contains=f" {form} ")
        else:
            found |= Q(words__contains=f" {form}") | Q(words__contains=f"{form} ")
    return found


def warm(intake: Intake) -> None:
    """Whoever opens a list may search in it next."""
    if Wordlist.objects.filter(application__intake=intake).exists():
        lemmas.warm()
