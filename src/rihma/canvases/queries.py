from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.words import Words
from rihma.base.written import Written
from rihma.canvases import hiding, kinds, log, order
from rihma.canvases.access import Who
from rihma.canvases.kinds import Kind
from rihma.canvases.models import Canvas, Item, Operation
from rihma.guests.models import Guest
from rihma.teams.models import Team

FRESH = timedelta(minutes=30)
VERBS = {
    "add": _("%(by)s added"),
    "set": _("%(by)s changed the text"),
    "move": _("%(by)s moved"),
    "remove": _("%(by)s removed"),
    "restore": _("%(by)s brought back"),
    "mark": _("%(by)s marked"),
    "hide": _("%(by)s asked to have it looked at, so it was hidden"),
    "show": _("%(by)s showed it again"),
    "erase": _("%(by)s erased what stood here"),
}


@dataclass(frozen=True)
class Told:
    """One line of the canvas's history."""

    operation: Operation
    text: str
    lang: str
    where: list[Words | str]

    @property
    def deed(self) -> str:
        return str(VERBS[self.operation.verb]) % {"by": self.operation.by or self.operation.guest or "–"}

    @property
    def clash(self) -> bool:
        return "alternative" in self.operation.payload


def told(canvas: Canvas, operations: list[Operation]) -> list[Told]:
    """Each operation with the words it is about: those it wrote, else those the item now holds."""
    items = {item.pk: hiding.veil(item) for item in canvas.items.filter(pk__in={row.item for row in operations})}
    kind = kinds.of(canvas)
    return [_told(canvas, row, items.get(row.item), kind) for row in operations]


def _told(canvas: Canvas, row: Operation, item: Item | None, kind: Kind | None) -> Told:
    if canvas.names_hidden:
        hiding.nameless(row)
    if item and item.hidden:
        row.payload = hiding.veiled_payload(row.payload)
    text = row.payload.get("text", item.text if item else "")
    lang = row.payload.get("lang", item.lang if item else "")
    return Told(row, text, lang, list(_where(row, item, kind)))


def _where(row: Operation, item: Item | None, kind: Kind | None) -> Iterator[Words | str]:
    """Where a moved item came to stand, in the words of its kind."""
    if row.verb != Operation.Verb.MOVE or item is None or kind is None:
        return
    zone = kind.zone(row.payload.get("zone", ""))
    if zone:
        yield zone.name
    item_kind = kind.item(item.kind)
    for key, value in row.payload.get("fields", {}).items():
        field = item_kind.field(key) if item_kind else None
        if field and field.says(value):
            yield field.word(value)


@dataclass(frozen=True)
class Note:
    """What has just been done, said once on the page, and whether it can be taken back."""

    operation: Operation
    item: Item
    undoable: bool

    @property
    def kind(self) -> str:
        payload = self.operation.payload
        if "alternative" in payload:
            return "clash"
        if "settles" in payload:
            return "settle"
        return "merge" if "typed" in payload else self.operation.verb


def note(canvas: Canvas, seq: int, who: Person | Guest) -> Note | None:
    """Only of one's own and fresh deeds: an address kept in a bookmark says nothing any more."""
    if not seq:
        return None
    row = canvas.operations.by_whom(who).filter(seq=seq, at__gt=clock.now() - FRESH).first()
    item = canvas.items.filter(pk=row.item).first() if row else None
    if row is None or item is None:
        return None
    hiding.veil(item)
    return Note(row, item, undoable=row.verb in log.OPPOSITES or "settles" not in row.payload)


def wished_order(canvas: Canvas, item: Item, zone: str, wish: str) -> str | None:
    """The key by which the item stands in this zone as wished, or None when the server may choose."""
    kind = kinds.of(canvas)
    zones = kinds.zones_read_as(kind, zone) if kind else {zone}
    group = item.marks.get("group")
    there = sorted(
        (other.order, str(other.pk))
        for other in canvas.items.live().filter(zone__in=zones)
        if other.marks.get("group") == group
    )
    keys = [key for key, _pk in there if order.is_key(key)]
    at = next((n for n, (_key, pk) in enumerate(there) if pk == str(item.pk)), None)
    return order.wished(keys, at if len(keys) == len(there) else None, wish)


def groups(canvas: Canvas) -> list[str]:
    """Titles that items already stand under."""
    found = canvas.items.live().filter(hidden=False).values_list("marks", flat=True)
    return sorted({said["group"] for said in found if "group" in said})


def items_by_place(canvas: Canvas) -> list[Item]:
    """What can be pointed at, as the list shows it."""
    items = list(canvas.items.live().filter(hidden=False))
    kind = kinds.of(canvas)
    ranks = {zone.key: n for n, zone in enumerate(kind.zones)} if kind else {}
    return sorted(items, key=lambda item: (ranks.get(item.zone, len(ranks)), item.order, str(item.pk)))


def open_beside(canvas: Canvas, person: Person) -> QuerySet[Canvas]:
    """Other canvases of the team that the person may write on."""
    beside = Canvas.objects.worked_by(person).filter(team=canvas.team_id, state=Canvas.State.OPEN)
    return beside.exclude(pk=canvas.pk)


ON = Written(lambda canvas: Item.objects.filter(canvas=canvas).select_related("by", "guest"))


def all_on(canvas: Canvas) -> list[Item]:
    """With their writers, also those that were removed."""
    items = ON(canvas.pk)
    for item in items:
        item.canvas = canvas
    return items


OF_TEAM = Written(lambda team: Canvas.objects.filter(team=team))
DRAWN = Written(lambda canvases: Item.objects.live().filter(canvas__in=canvases))


def of_team(team: Team) -> dict[Canvas, list[Item]]:
    """Canvases with everything that a picture in small is made of, in two queries."""
    canvases = OF_TEAM(team.pk)
    items = {canvas.pk: list[Item]() for canvas in canvases}
    for item in DRAWN(list(items)):
        items[item.canvas_id].append(item)
    for canvas in canvases:
        canvas.team = team
    return {canvas: items[canvas.pk] for canvas in canvases}


SEEN = Written(
    lambda canvas, person: (
        Canvas.objects.seen_by(Person(pk=person)).select_related("team", "programme").filter(pk=canvas)
    )
)


def seen(who: Who, pk: UUID) -> Canvas:
    """That they may read; to everybody else it is not there."""
    if isinstance(who, Guest):
        found = Canvas.objects.seen_by(who).select_related("team", "programme").filter(pk=pk).first()
    else:
        found = SEEN.first(pk, who.pk)
    if found is None:
        raise Http404
    return found
