from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from uuid import UUID
from weakref import WeakKeyDictionary

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.words import Words
from rihma.base.written import Written
from rihma.canvases import kinds, shown
from rihma.canvases.access import Who
from rihma.canvases.kinds import Kind, Zone
from rihma.canvases.models import Canvas, Item
from rihma.facilitation import rules
from rihma.facilitation.models import Focus, Timer, Vote
from rihma.facilitation.secrecy import voter_of

# No columns of an item, because `standing` asks for them beside it.
LAID, OWN = attrgetter("laid"), attrgetter("own")


@dataclass(frozen=True)
class Row:
    """One line of the results. Items with as many dots share a rank; `share` is the percentage of the first."""

    rank: int
    item: Item
    zone: Words | str
    count: int
    share: int

    @property
    def text(self) -> str:
        """Not of an item that was hidden since: whoever hid it did so for a reason."""
        return "" if self.item.hidden else self.item.text


@dataclass(frozen=True)
class Standing:
    """A vote as one person may see it: their own dots, and the counts where these are shown."""

    vote: Vote
    kind: Kind | None
    items: Mapping[UUID, Item]
    mine: Mapping[UUID, int]
    counts: Mapping[UUID, int]

    @cached_property
    def votable(self) -> frozenset[UUID]:
        return frozenset(pk for pk, item in self.items.items() if self._takes(item))

    @property
    def left(self) -> int:
        """Dots on items that are gone come back to whoever laid them."""
        return self.vote.budget - sum(count for pk, count in self.mine.items() if pk in self.votable)

    @property
    def rows(self) -> list[Row]:
        """Most dots first."""
        counts = {pk: count for pk, count in self.counts.items() if not self.vote.is_open or pk in self.votable}
        return list(self._ranked(sorted(counts.items(), key=lambda pair: (-pair[1], self.items[pair[0]].text))))

    @property
    def zones(self) -> list[Words]:
        return [zone.name for zone in _zones(self.kind) if zone.key in self.vote.zones]

    def _ranked(self, counts: list[tuple[UUID, int]]) -> Iterator[Row]:
        names = {zone.key: zone.name for zone in _zones(self.kind)}
        most = counts[0][1] if counts else 1
        for pk, count in counts:
            item = self.items[pk]
            rank = 1 + sum(other > count for _pk, other in counts)
            yield Row(rank, item, names.get(item.zone, ""), count, round(100 * count / most))

    def _takes(self, item: Item) -> bool:
        return rules.is_votable(item.zone, self.vote.zones, is_gone=item.removed or item.hidden)


@dataclass(frozen=True)
class Around:
    """What goes on beside a canvas, as whoever asks may see and do it."""

    canvas: Canvas
    kind: Kind | None
    works: bool
    leads: bool
    timer: Timer | None
    focus: Focus | None
    standing: Standing | None

    @property
    def zone(self) -> Zone | None:
        """That everybody is asked to look at."""
        return next((zone for zone in _zones(self.kind) if self.focus and zone.key == self.focus.zone), None)

    @property
    def is_over(self) -> bool:
        return self.timer is not None and self.timer.ends_at <= clock.now()


# Kept for the request, because page, badges and menu of one canvas all ask.
ASKED: WeakKeyDictionary[HttpRequest, dict[UUID, Around]] = WeakKeyDictionary()


def around(request: HttpRequest, canvas: Canvas, who: Who) -> Around:
    asked = ASKED.setdefault(request, {})
    if canvas.pk not in asked:
        asked[canvas.pk] = _around(canvas.pk, who)
    return asked[canvas.pk]


def forget(request: HttpRequest) -> None:
    """After a deed, before it is shown."""
    ASKED.pop(request, None)


def _beside(canvas: UUID) -> QuerySet[Canvas]:
    # In one question, because every page of a canvas asks it: who may work there, what time it is, where to look.
    return Canvas.objects.select_related("timer", "focus__by").filter(pk=canvas)


def _worked(canvas: UUID, who: Who) -> QuerySet[Canvas]:
    return _beside(canvas).filter(pk__in=Canvas.objects.worked_by(who).values("pk"))


WORKED = Written(lambda canvas, person: _worked(canvas, Person(pk=person)))
VOTES = Written(lambda canvas: Vote.objects.filter(canvas=canvas).counted().newest_first()[:1])


def _around(pk: UUID, who: Who) -> Around:
    mine = WORKED.first(pk, who.pk) if isinstance(who, Person) else _worked(pk, who).first()
    canvas = mine or _beside(pk).get()
    timer: Timer | None = getattr(canvas, "timer", None)
    vote = VOTES.first(pk)
    return Around(
        canvas=canvas,
        kind=kinds.of(canvas),
        works=mine is not None,
        leads=mine is not None and isinstance(who, Person),
        timer=timer if timer and rules.is_told(timer.ends_at, clock.now()) else None,
        focus=getattr(canvas, "focus", None),
        standing=standing(vote, canvas, who) if vote else None,
    )


def standing(vote: Vote, canvas: Canvas, who: Who) -> Standing:
    """Items and what lies on each, in one question."""
    kind = kinds.of(canvas)
    laid = vote.dots.filter(item=OuterRef("pk")).order_by().values("item").annotate(laid=Sum("count")).values("laid")
    own = laid.filter(voter=voter_of(vote, who))
    items = list(Item.objects.filter(canvas=canvas).annotate(laid=Subquery(laid), own=Subquery(own)))
    if kind:
        for item in items:
            shown.in_words_of_today(kind, item)
    return Standing(
        vote=vote,
        kind=kind,
        items={item.pk: item for item in items},
        mine={item.pk: OWN(item) for item in items if OWN(item)},
        counts={item.pk: LAID(item) for item in items if LAID(item)} if vote.shows_results else {},
    )


def _zones(kind: Kind | None) -> tuple[Zone, ...]:
    return kind.zones if kind else ()
