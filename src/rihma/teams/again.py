"""Teams are held to the rules again as soon as a rule or an organisation has changed, and not only by the hourly round.

A job does it, after the commit: whoever saves a rule need not wait until hundreds of teams have been looked at.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.tasks import task
from django_tasks_db.models import DBTaskResult

from rihma.programmes.models import Programme
from rihma.teams.models import Team
from rihma.teams.queries import STAYS
from rihma.teams.shortfalls import review


def rules_changed(programme: Programme) -> None:
    """Named in the settings, because programmes do not know of teams."""
    if _of_programme(programme.pk).exists():
        _soon(programmes=[programme.pk])


def organisations_changed(organisations: Iterable[UUID]) -> None:
    """What they are, where they work, or who they have become."""
    changed = list(organisations)
    if _with(changed).exists():
        _soon(organisations=changed)


def _soon(*, programmes: Iterable[UUID] = (), organisations: Iterable[UUID] = ()) -> None:
    about = {"programmes": sorted(map(str, programmes)), "organisations": sorted(map(str, organisations))}

    def ask() -> None:
        # One job is enough for all that is saved until it begins.
        same = DBTaskResult.objects.ready().filter(task_path=look_again.module_path, args_kwargs__kwargs=about)
        if not same.exists():
            look_again.enqueue(**about)

    transaction.on_commit(ask)


@task()
def look_again(programmes: list[str], organisations: list[str]) -> int:
    """Answers how many teams were looked at."""
    teams = Team.objects.admitted().filter(
        Q(pk__in=Team.objects.filter(programme__in=map(UUID, programmes)).values("pk"))
        | Q(pk__in=_with(map(UUID, organisations)).values("pk"))
    )
    running = list(teams.filter(programme__state=Programme.State.PUBLISHED).order_by("pk"))
    for team in running:
        review(team, by=None)
    return len(running)


def _of_programme(programme: UUID) -> QuerySet[Team]:
    return Team.objects.admitted().filter(programme=programme)


def _with(organisations: Iterable[UUID]) -> QuerySet[Team]:
    """Teams in which these, or one that they came after, have a place."""
    theirs = list(organisations)
    here = Q(members__organisation__in=theirs) | Q(members__organisation__successor__in=theirs)
    return Team.objects.admitted().filter(here, members__state__in=STAYS).distinct()
