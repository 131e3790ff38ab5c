"""When a call is open, and what may still be changed in it. Pages, API and imports ask here."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.programmes.rules import check_exact


@dataclass(frozen=True)
class Closing:
    """The closing instant as people wrote it: a wall clock in a zone, never a bare offset."""

    day: date
    clock: time
    zone: ZoneInfo

    @property
    def instant(self) -> datetime:
        return datetime.combine(self.day, self.clock, self.zone).astimezone(UTC)

    @property
    def told(self) -> str:
        """For history: the same in every language."""
        return f"{self.day.isoformat()} {self.clock.isoformat()} {self.zone.key}"

    @property
    def mark(self) -> str:
        return mark_of({"told": self.told})


def check_closing(closing: Closing) -> None:
    check_exact(closing.day, closing.clock, closing.zone, "closes_at")


def is_open(closing: Closing, opens: datetime | None, now: datetime) -> bool:
    """The closing second counts as in time: 23.59.59 means until the next second begins."""
    return (opens is None or opens <= now) and now < closing.instant + timedelta(seconds=1)


def late_by(closing: Closing, now: datetime) -> timedelta:
    """How late something arrived that was fully received at `now`; zero when in time."""
    return timedelta() if now < closing.instant + timedelta(seconds=1) else now - closing.instant


def check_none_yet(*, has_call: bool) -> None:
    if has_call:
        raise Refused("known", _("This programme has its call already."))


def check_places(least: int, most: int) -> None:
    if not 1 <= least <= most:
        raise Refused("places", _("The least number of teams cannot be more than the most."), "teams_min")


class Stage(StrEnum):
    """How much of a call may still change. Nobody is bound before it opens; nothing moves once it has closed."""

    AHEAD = "ahead"
    OPEN = "open"
    # kept apart from open, because whoever has sent an application cannot answer what becomes stricter
    ANSWERED = "answered"
    OVER = "over"


# Stages in which none is added or removed, because somebody has answered or was read by those there are.
QUESTIONS_STAND = frozenset({Stage.OVER})
CRITERIA_STAND = frozenset({Stage.ANSWERED, Stage.OVER})


def stage_of(*, ahead: bool, is_open: bool, answered: bool) -> Stage:
    if ahead:
        return Stage.AHEAD
    if not is_open:
        return Stage.OVER
    return Stage.ANSWERED if answered else Stage.OPEN


@dataclass(frozen=True)
class Requirements:
    """What each team must have, and for how many there are places: what applicants plan by."""

    state_administration_min: int = 0
    organisations_min: int = 1
    theme: bool = True
    willing_to_open: bool = False
    bounded_experiment: bool = False
    teams_min: int = 1
    teams_max: int = 1

    @classmethod
    def of(cls, eligibility: Mapping[str, Any], teams_min: int, teams_max: int) -> "Requirements":
        known = {name: value for name, value in eligibility.items() if name in cls.__dataclass_fields__}
        return cls(**{**known, "teams_min": teams_min, "teams_max": teams_max})

    @property
    def eligibility(self) -> dict[str, int | bool]:
        return {name: value for name, value in self.facts.items() if name not in ("teams_min", "teams_max")}

    @property
    def facts(self) -> dict[str, int | bool]:
        return asdict(self)

    @property
    def mark(self) -> str:
        return mark_of(self.facts)

    def differing(self, before: "Requirements") -> list[str]:
        return [name for name, value in self.facts.items() if value != before.facts[name]]

    def stricter_than(self, before: "Requirements") -> str | None:
        """The first rule that asks more or offers less than before."""
        if self.teams_max < before.teams_max:
            return "teams_max"
        return next((name for name, value in self.eligibility.items() if value > before.eligibility[name]), None)


type Facts = Mapping[str, object]


def check_current(*, is_current: bool) -> None:
    if not is_current:
        raise gone()


def gone() -> Refused:
    return Refused("gone", _("Somebody else removed this meanwhile."))


def check_not_over(stage: Stage) -> None:
    if stage in QUESTIONS_STAND:
        raise Refused(
            "over",
            _("The call has closed, so what it asked and by what applications are read stays as it was."),
        )


def check_may_amend(stage: Stage, because: Collection[str]) -> None:
    """What people may have read already changes only with a reason, which is public."""
    check_not_over(stage)
    if stage is not Stage.AHEAD and not because:
        raise Refused(
            "because", _("The call is open and people plan by it. Say why this changes; they will read it."), "because"
        )


def only_adds_languages(before: Facts, after: Facts) -> bool:
    """A missing translation may come at any time: it changes nothing for those who have read another language."""
    return all(
        isinstance(value, Mapping)
        and isinstance(new := after[name], Mapping)
        and value
        and value.items() <= new.items()
        for name, value in before.items()
        if after[name] != value
    )


def check_may_add_question(stage: Stage, because: Collection[str], *, required: bool) -> None:
    check_may_amend(stage, because)
    if stage is Stage.ANSWERED and required:
        raise Refused(
            "required",
            _("Applications have been sent already and cannot answer it. A question that comes now must be optional."),
            "required",
        )


def check_may_add_criterion(stage: Stage, because: Collection[str]) -> None:
    _check_criteria_stand(stage)
    check_may_amend(stage, because)


def check_may_edit_line(stage: Stage, before: Facts, after: Facts, because: Collection[str]) -> None:
    if only_adds_languages(before, after):
        return
    check_may_amend(stage, because)
    if stage is not Stage.ANSWERED:
        return
    if after.get("weight") != before.get("weight"):
        raise Refused(
            "weight",
            _("Applications have been sent already. How much a criterion weighs stays; its words may be made clearer."),
            "weight",
        )
    field = _tightened(before, after)
    if field:
        raise Refused(
            "tightened",
            _("Applications have been sent already, so this can only be made easier: optional, longer, or as it was."),
            field,
        )


def _tightened(before: Facts, after: Facts) -> str | None:
    if after.get("required") and not before.get("required"):
        return "required"
    if _whole(after, "most_words") < _whole(before, "most_words"):
        return "most_words"
    return "kind" if (before.get("kind"), after.get("kind")) == ("long", "short") else None


def _whole(facts: Facts, name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def check_may_remove_question(stage: Stage, because: Collection[str]) -> None:
    check_may_amend(stage, because)


def check_may_remove_criterion(stage: Stage, because: Collection[str]) -> None:
    _check_criteria_stand(stage)
    check_may_amend(stage, because)


def _check_criteria_stand(stage: Stage) -> None:
    check_not_over(stage)
    if stage in CRITERIA_STAND:
        raise Refused(
            "answered",
            _(
                "Applications have been sent already, written to these criteria. Their words may be made clearer, no more."
            ),
        )


def check_may_set_rules(stage: Stage, before: Requirements, after: Requirements, because: Collection[str]) -> None:
    check_places(after.teams_min, after.teams_max)
    check_may_amend(stage, because)
    field = after.stricter_than(before)
    if stage is Stage.ANSWERED and field:
        raise Refused(
            "stricter", _("Applications have been sent already, so the rules can only be made easier to meet."), field
        )


# Shorter notice would be unfair, because people plan by the time they were promised.
NOTICE = timedelta(days=7)


def check_still_runs(*, closed: bool) -> None:
    if closed:
        raise Refused("closed", _("The programme is closed. Open it again before its call moves."))


def check_may_move_closing(
    stage: Stage, before: Closing, after: Closing, now: datetime, because: Collection[str]
) -> None:
    """Also a call that has closed may be opened again, so that nobody is told apart by when they asked."""
    check_closing(after)
    if stage is Stage.AHEAD:
        return
    if after.instant <= now:
        raise Refused("past", _("That moment has passed. Choose one that is still to come."), "closes_on")
    if after.instant < before.instant and after.instant < now + NOTICE:
        raise Refused(
            "too_soon",
            _("The call is open. An earlier closing time must be at least seven days ahead, so that people can react."),
            "closes_on",
        )
    if not because:
        raise Refused("because", _("Say why the time moves; everybody who has begun gets a mail with it."), "because")


def key_of(words: Mapping[str, str], taken: Collection[str]) -> str:
    """Names a question for ever: from its first words, and with a number where that is taken."""
    said = words.get("en") or next(iter(words.values()), "")
    stem = slugify(said.replace("_", " "))[:32].strip("-") or "question"
    number = next(n for n in range(1, len(taken) + 2) if (stem if n == 1 else f"{stem}-{n}") not in taken)
    return stem if number == 1 else f"{stem}-{number}"
