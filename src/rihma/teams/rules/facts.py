"""A team as the rules see it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from rihma.actors.counting import Counted
from rihma.actors.regions import COUNTED
from rihma.base.expressions import MAYBE, MISSING, Range, Row, World


class Place(NamedTuple):
    """One member, or one organisation beside them, as the rules see them."""

    organisation: str
    state_administration: bool
    confirmed: bool
    convener: bool = False
    wants_seat: bool = True
    sector: str = ""
    name: str = ""
    kind: str = ""
    deputy: bool = False
    first_time: bool = True
    joined_on: date | None = None
    region: str = ""
    level: str = ""
    # an organisation that takes part without a person of its own in the team
    partner: bool = False

    @property
    def part_of_country(self) -> str:
        """The region, where it is one: whoever works in the whole country adds none."""
        return self.region if self.region in COUNTED else ""


@dataclass(frozen=True)
class Facts:
    places: tuple[Place, ...]
    theme: bool
    willing_to_open: bool
    bounded_experiment: bool
    answers: Mapping[str, Any] = field(default_factory=dict)
    # of those answers that name an organisation of the register
    named: Mapping[str, Counted] = field(default_factory=dict)
    # By the clock of the programme's zone, because a day begins there at another moment.
    days: Mapping[str, date] = field(default_factory=dict)

    @property
    def organisations(self) -> set[str]:
        return {place.organisation for place in self.places if place.organisation}

    @property
    def seats(self) -> int:
        return sum(place.wants_seat for place in self.places)

    @cached_property
    def world(self) -> World:
        """What a condition is held against: whoever is invited may still come, or not."""
        values = {
            "theme": self.theme,
            "willing_to_open": self.willing_to_open,
            "bounded_experiment": self.bounded_experiment,
            "seats": _ranged(self.seats, sum(place.wants_seat and place.confirmed for place in self.places)),
            **self.days,
            **{f"answers.{key}": _answered(value) for key, value in self.answers.items()},
            **{
                f"answers.{key}.{part}": value
                for key, body in self.named.items()
                for part, value in _of_organisation(body).items()
            },
        }
        return World(values, _RowsOf(self.places))


class _RowsOf(Mapping[str, Sequence[Row]]):
    """Made when a rule first asks for them, because hardly a rule asks for all."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.made: dict[str, Sequence[Row]] = {}

    def __getitem__(self, name: str) -> Sequence[Row]:
        if name not in self.made:
            self.made[name] = ROWS[name](self.places)
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(ROWS)

    def __len__(self) -> int:
        return len(ROWS)


def _answered(value: Any) -> Any:
    """As a condition reckons with it: of a person or an organisation the name, of several each."""
    match value:
        case None | "" | []:
            return MISSING
        case float():
            return Decimal(str(value))
        case Mapping():
            return _answered(value.get("name"))
        case list():
            return [_answered(one) for one in value]
    return value


def _member(place: Place) -> Row:
    fields = {
        "organisation": place.name or place.organisation or MISSING,
        **_of_organisation(place),
        "confirmed": place.confirmed or MAYBE,
        "convener": place.convener,
        "deputy": place.deputy,
        "wants_seat": place.wants_seat,
        "first_time": place.first_time,
        "joined_on": place.joined_on or MISSING,
    }
    return Row(place.confirmed, fields)


def _of_organisation(told: Place | Counted) -> dict[str, Any]:
    return {
        "kind": told.kind or MISSING,
        "sector": told.sector or MISSING,
        "region": told.region or MISSING,
        "level": told.level or MISSING,
        "state_administration": told.state_administration,
    }


def _groups(places: Iterable[Place], by: str) -> list[Row]:
    """Organisations, sectors or regions: each is there for sure if somebody of it has confirmed."""
    first: dict[str, Place] = {}
    every: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    there: dict[str, bool] = defaultdict(bool)
    for place in places:
        group = getattr(place, by)
        if group:
            first.setdefault(group, place)
            every[group] += not place.partner
            sure[group] += place.confirmed and not place.partner
            there[group] |= place.confirmed
    return [
        Row(
            there[group],
            {
                "name": place.name or group if by == "organisation" else group,
                **_of_organisation(place),
                "members": _ranged(every[group], sure[group]),
            },
        )
        for group, place in first.items()
    ]


def _ranged(hoped: int, sure: int) -> int | Range:
    return hoped if hoped == sure else Range(sure, hoped)


ROWS: dict[str, Callable[[Sequence[Place]], Sequence[Row]]] = {
    "members": lambda places: [_member(place) for place in places if not place.partner],
    "organisations": lambda places: _groups(places, "organisation"),
    "sectors": lambda places: _groups(places, "sector"),
    "regions": lambda places: _groups(places, "part_of_country"),
}
