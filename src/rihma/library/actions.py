from django.conf import settings
from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.seen import check_unchanged
from rihma.base.words import Words
from rihma.experiments import actions as experiments
from rihma.experiments.models import Experiment
from rihma.history.actions import record
from rihma.library import rules
from rihma.library.models import Lesson
from rihma.library.queries import facts_of
from rihma.notices.actions import tell
from rihma.teams.models import Member


@transaction.atomic
def draft(experiment: Experiment, *, by: Person) -> Lesson:
    """The lesson of this experiment, begun from what its people concluded; a second click finds the same one."""
    experiment = Experiment.objects.select_for_update(of=("self",)).select_related("team").get(pk=experiment.pk)
    rules.check_may_draft(experiment.state)
    known = Lesson.objects.filter(experiment=experiment).first()
    if known:
        return known
    lesson = Lesson.objects.create(
        programme_id=experiment.team.programme_id,
        experiment=experiment,
        headline=Words({experiment.language: experiment.title}),
        what_was_done=Words({experiment.language: experiment.what_we_do}),
        what_came_out=Words({experiment.language: experiment.conclusion.learned}),
        drafted_by=by,
        drafted_at=clock.now(),
    )
    _record(lesson, "drafted", by)
    return lesson


@transaction.atomic
def edit(lesson: Lesson, seen: str | None = None, /, *, by: Person, **changes: object) -> Lesson:
    lesson = _locked(lesson)
    check_unchanged(lesson, changes, seen)
    for name, value in changes.items():
        setattr(lesson, name, value)
    lesson.save(update_fields=list(changes))
    _record(lesson, "edited", by)
    return lesson


@transaction.atomic
def publish(lesson: Lesson, *, although: str = "", by: Person) -> Lesson:
    """Everybody may read it from now on, at an address that stays; the team is told."""
    lesson = _locked(lesson)
    texts = {name: getattr(lesson, name) for name in rules.TOLD}
    lacks = rules.missing_languages(texts, settings.NATIONAL_LANGUAGES)
    rules.check_may_publish(
        lesson.state, lesson.experiment.state, lacks=lacks, names_agreed=lesson.names_agreed, although=although
    )
    lesson.slug = lesson.slug or rules.slug_of(str(lesson.headline), _taken())
    lesson.state = Lesson.State.PUBLISHED
    lesson.published_at = lesson.published_at or clock.now()
    lesson.published_although = although.strip() if lacks else ""
    lesson.verdict, lesson.decision, lesson.facts = facts_of(lesson.experiment)
    lesson.save()
    if lesson.experiment.state != Experiment.State.PUBLISHED:
        experiments.mark_published(lesson.experiment, by=by)
    _record(lesson, "published", by, slug=lesson.slug)
    _tell_team(lesson)
    return lesson


@transaction.atomic
def withdraw(lesson: Lesson, because: str, *, by: Person) -> Lesson:
    """The address stays and says that the lesson was withdrawn, when and why."""
    lesson = _locked(lesson)
    rules.check_may_withdraw(lesson.state, because)
    lesson.state = Lesson.State.WITHDRAWN
    lesson.withdrawn_at = clock.now()
    lesson.withdrawn_because = because.strip()
    lesson.save(update_fields=["state", "withdrawn_at", "withdrawn_because"])
    _record(lesson, "withdrawn", by)
    return lesson


def _locked(lesson: Lesson) -> Lesson:
    fresh = Lesson.objects.select_for_update(of=("self",))
    return fresh.select_related("experiment__team__programme", "programme").get(pk=lesson.pk)


def _taken() -> list[str]:
    return [slug for slug in Lesson.objects.values_list("slug", flat=True) if slug]


def _tell_team(lesson: Lesson) -> None:
    team = lesson.experiment.team
    for member in team.members.filter(state=Member.State.CONFIRMED).select_related("person"):
        tell(
            "library/notices/published",
            member.person,
            key=f"{lesson.pk}:{lesson.published_at:%Y%m%d%H%M%S}",
            scope=lesson.programme_id,
            lesson=lesson,
            team=team,
        )


def _record(lesson: Lesson, verb: str, by: Person, **data: object) -> None:
    record(lesson, verb, scope=lesson.programme_id, thread=lesson.experiment.team_id, by=by, **data)
