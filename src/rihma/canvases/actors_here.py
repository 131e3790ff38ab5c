"""Actors of the ecosystem as canvases speak of them: an item names one by id, and people name it by its name."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rihma.actors.actions import name_organisation
from rihma.actors.models import Organisation
from rihma.actors.queries import called, known_keys
from rihma.base.refused import Refused
from rihma.base.written import Written
from rihma.canvases import kinds
from rihma.canvases.kinds import ActorField, Kind
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Payload
from rihma.teams.models import Member, Team

type Named = Mapping[str, Organisation]
NOBODY_NAMED_IT = _("Nobody has named this actor before. Choose what it is.")
# As many as a list under a text field can hold before it hinders.
MOST_SUGGESTED = 200


NAMED = Written(lambda ids: Organisation.objects.filter(pk__in=ids).select_related("same_as"))


class Speaking(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def fields(self) -> Any: ...


def ids_in(kind: Kind, items: Iterable[Speaking]) -> set[str]:
    """The actors that these items are or speak of."""
    if not kind.has_actors:
        return set()
    keys = {item.key: [field.key for field in item.fields if isinstance(field, ActorField)] for item in kind.items}
    readable = (item for item in items if isinstance(item.fields, dict))
    return {str(value) for item in readable for key in keys.get(item.kind, ()) if (value := item.fields.get(key))}


def named(ids: Iterable[str]) -> Named:
    """Each actor by its id as canvases write it. An id that nobody has is simply not there.

    What was once added twice is one actor, whichever of the two ids a canvas keeps.
    """
    wanted = [UUID(one) for one in ids]
    return {str(found.pk): found.same_as or found for found in NAMED(wanted)} if wanted else {}


def name_of(pk: str) -> str:
    found = named([pk])
    return found[pk].name if pk in found else ""


def of_name(name: str) -> Organisation | None:
    """Whoever bears this name in whatever spelling."""
    return called(name)


def identified(kind: Kind, said: Payload) -> Payload:
    """What adds an actor by its name, as the log has it: by its id.

    Somebody without a network cannot know whether anybody has named it before, so they say what it is in any case.
    """
    item_kind = kind.item(said.get("kind", ""))
    identity = item_kind.identity if item_kind else None
    if identity is None:
        raise Refused("invalid", _("An item of this kind is no actor."), "actor")
    name, of_kind = said["actor"]["name"], said["actor"].get("of_kind", "")
    if of_kind not in Organisation.Kind.values and of_name(name) is None:
        raise Refused("invalid", NOBODY_NAMED_IT, "actor_kind")
    try:
        actor = name_organisation(name, kind=of_kind)
    except Refused as refused:
        # a canvas knows few codes, each with a meaning of its own
        raise Refused("invalid", str(refused), "actor") from refused
    rest = {key: value for key, value in said.items() if key != "actor"}
    fields = {**said.get("fields", {}), identity.key: str(actor.pk)}
    return cast("Payload", {**rest, "text": actor.name, "fields": fields})


def known_names(names: Iterable[str]) -> set[str]:
    """The keys of those names that somebody has used before."""
    return known_keys(names)


def standing_in(canvas: Canvas, zone: str) -> list[Organisation]:
    """The actors placed in this zone, in the order in which they stand there."""
    kind = kinds.of(canvas)
    if kind is None:
        return []
    there = canvas.items.live().filter(zone__in=kinds.zones_read_as(kind, zone))
    items = sorted(there, key=lambda item: (item.order, str(item.pk)))
    known = named(ids_in(kind, items))
    return list(dict.fromkeys(known[pk] for item in items if (pk := actor_of(kind, item)) in known))


def actor_of(kind: Kind, item: Speaking) -> str:
    """The id of the actor that the item is, or nothing."""
    item_kind = kind.item(item.kind)
    identity = item_kind.identity if item_kind else None
    return str(item.fields.get(identity.key) or "") if identity else ""


def suggested(canvas: Canvas) -> list[str]:
    """Names to choose from: actors on the team's other canvases first, then those who take part in the programme."""
    on_canvases = Item.objects.live().filter(canvas__team=canvas.team_id)
    placed: dict[str, None] = {}
    for item in on_canvases.select_related("canvas"):
        kind = kinds.of(item.canvas)
        pk = actor_of(kind, item) if kind and isinstance(item.fields, dict) else ""
        placed |= {pk: None} if pk else {}
    names = [found.name for found in named(placed).values()]
    return list(dict.fromkeys([*names, *_taking_part(canvas).values_list("name", flat=True)]))[:MOST_SUGGESTED]


def _taking_part(canvas: Canvas) -> QuerySet[Organisation]:
    teams = Team.objects.filter(programme=canvas.programme_id, state=Team.State.ADMITTED)
    members = Member.objects.filter(team__in=teams, organisation__isnull=False)
    return Organisation.objects.filter(pk__in=members.values("organisation"))
