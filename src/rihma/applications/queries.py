from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform

from rihma.applications.answers import kept, missing_in
from rihma.applications.fields import ANSWER, Fields, about_in, answers_in
from rihma.applications.models import Application, Judgement, Receipt, Writer
from rihma.base import clock
from rihma.base.written import Written
from rihma.calls.models import Call, Intake, Question
from rihma.calls.rules import IDEA, Asked, visible
from rihma.teams.models import Member
from rihma.teams.queries import partners_of, places_of
from rihma.teams.types import Description

QUESTIONS = Written(lambda call: Question.objects.filter(call=call).current())
AMONG = Written(lambda call, keys: Question.objects.filter(call=call, key__in=keys).current())
WRITERS = Written(
    lambda application, now: (
        Writer.objects.filter(application=application, until__gt=now).select_related("person").order_by("person__name")
    )
)


def asked(call: Call) -> list[Asked]:
    """The questions of today, in order."""
    return [question.asked for question in QUESTIONS(call.pk)]


def asked_of(application: Application) -> list[Asked]:
    """The same, as far as they are asked in the stage that it is in."""
    stage = application.stage
    return [one for one in asked(application.call) if one.is_asked_in(stage)]


def asked_among(call: Call, fields: Iterable[str]) -> list[Asked]:
    """The same, as far as these fields of the form answer them."""
    return [question.asked for question in AMONG(call.pk, sorted(answers_in(dict.fromkeys(fields))))]


# Whether those who run the programme let in what counts of it, though it came late; nothing where that was not asked.
_ADMITTED = Subquery(
    Judgement.objects.filter(receipt=OuterRef("receipt")).order_by("-at", "-pk").values("admitted")[:1]
)


def considered() -> QuerySet[Application]:
    """Those that are read and chosen from: submitted, and not turned away for being late."""
    submitted = Application.objects.filter(state=Application.State.SUBMITTED)
    return submitted.alias(admitted=_ADMITTED).filter(Q(admitted=None) | Q(admitted=True))


def turned_away(intake: Intake) -> QuerySet[Application]:
    """Those that came late and were not admitted."""
    late = Application.objects.filter(state=Application.State.SUBMITTED, intake=intake).alias(admitted=_ADMITTED)
    return late.filter(admitted=False).select_related("team").order_by("receipt__received_at")


def missing_of(application: Application) -> list[str]:
    """In words what keeps its answers from being whole today."""
    questions = asked_of(application)
    taken = taken_places(application, questions)
    return missing_in(questions, application.answers, today=today_of(application.call), taken=taken)


def today_of(call: Call) -> date:
    return clock.now().astimezone(call.programme.zone).date()


def asked_later(application: Application, today: date) -> list[Asked]:
    """What this application may still answer once its call has closed."""
    questions = visible(asked_of(application), application.answers)
    return [one for one in questions if one.may_come_later(today)]


def frozen_in(call: Call, changed: Fields, known: Iterable[Asked] | None = None) -> list[str]:
    """The labels of those among the changed answers whose last day has passed. `known`: questions that were just read."""
    today, answered = today_of(call), answers_in(changed)
    questions = asked_among(call, changed) if known is None else known
    return [str(one.label) for one in questions if one.key in answered and one.is_frozen(today)]


def taken_places(application: Application, questions: Iterable[Asked]) -> dict[str, Counter[str]]:
    """For each question that has places: option → how many others that arrived hold one."""
    placed = [one for one in questions if one.kind == "places"]
    if not placed:
        return {}
    sent = Application.objects.filter(call=application.call_id, state=Application.State.SUBMITTED)
    # Of the same stage, because whoever goes on with an idea would else take a second place.
    sent = sent.filter(continues__isnull=application.continues_id is None).exclude(pk=application.pk)
    return {one.key: Counter(sent.values_list(KeyTextTransform(one.key, "answers"), flat=True)) for one in placed}


DESCRIBED = (
    "name",
    "phenomenon",
    "language",
    "looking_for",
    "search_is_public",
    "willing_to_open",
    "experiment_idea",
)


def fields_of(application: Application) -> Fields:
    """What stands in each field of the form now, also if it was written after submitting and not submitted itself."""
    team = application.team
    about = {name: getattr(team, name) for name in DESCRIBED}
    answers = {f"{ANSWER}{key}": answer for key, answer in application.answers.items()}
    return {**about, "theme": str(team.theme_id or ""), **answers, **application.edits}


def as_edited(application: Application) -> Application:
    """With what is written since it was submitted, for those who write it; never to be saved so."""
    if application.edits:
        for name, value in described(application, about_in(application.edits)).items():
            setattr(application.team, name, value)
        application.answers = {**application.answers, **answers_in(application.edits)}
    return application


def described(application: Application, fields: Fields) -> Description:
    """The same the other way round: from what a form keeps to what a team is told to say of itself."""
    about = dict(fields)
    if isinstance(about.get("theme"), str):
        about["theme"] = application.call.programme.themes.filter(pk=about["theme"]).first() if about["theme"] else None
    ticks = {name: bool(about[name]) for name in ("search_is_public", "willing_to_open") if name in about}
    return cast("Description", {**about, **ticks})


def writers(application: Application, now: datetime) -> list[Writer]:
    """Who has which field before them."""
    return WRITERS(application.pk, now)


def content_of(application: Application) -> dict[str, object]:
    """All that is being applied with, as the receipt keeps it."""
    team = application.team
    # Only where there are some, so that what arrived before stays the same when it is sent again.
    partners = [{"organisation": one.organisation.name, "state": one.state} for one in partners_of(team)]
    return {
        **({"organisations": partners} if partners else {}),
        "call": str(application.call_id),
        "team": {
            "name": team.name,
            "theme": str(team.theme_id or ""),
            "phenomenon": team.phenomenon,
            "language": team.language,
            "looking_for": team.looking_for,
            "willing_to_open": team.willing_to_open,
            "experiment_idea": team.experiment_idea,
        },
        "members": [
            {
                "person": str(member.person_id),
                "organisation": member.organisation.name if member.organisation else "",
                "role": member.role,
                "state": member.state,
                "wants_seat": member.wants_seat,
            }
            for member in places_of(team)
        ],
        # the version of the form that these answer
        "form": application.call.form_version,
        "answers": kept(asked_of(application), application.answers),
    }


def answers_of_teams(teams: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Question → answer of each team that has an application, as far as it is written."""
    return dict(Application.objects.filter(team__in=teams).order_by().values_list("team", "answers"))


def is_answered(call: Call, intake: Intake | None = None) -> bool:
    """Whether an application has been sent, to this intake if one is named, be it withdrawn since."""
    sent = Receipt.objects.filter(application__call=call)
    return (sent.filter(application__intake=intake) if intake else sent).exists()


def drafters(call: Call, stage: str = "") -> list[Member]:
    """The places of everybody who works on an application that has not been sent; in one stage, if it is named."""
    drafts = Application.objects.filter(call=call, state=Application.State.DRAFT)
    return _places(drafts.filter(continues__isnull=stage == IDEA) if stage else drafts)


def editors(intake: Intake) -> list[Member]:
    """The same of applications that were sent for it, and have changes since that were not."""
    return _places(Application.objects.filter(intake=intake, state=Application.State.SUBMITTED).exclude(edits={}))


def senders(intake: Intake) -> list[Member]:
    """The same of applications that were sent and count for this cut-off."""
    return _places(Application.objects.filter(intake=intake, state=Application.State.SUBMITTED))


def _places(applications: QuerySet[Application]) -> list[Member]:
    places = Member.objects.filter(team__application__in=applications, state=Member.State.CONFIRMED)
    return list(places.select_related("person", "team__application__receipt").order_by("invited_at"))
