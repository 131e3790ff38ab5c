from typing import Any

from rihma.accounts.models import Person
from rihma.canvases.access import Who
from rihma.canvases.models import Canvas, Item
from rihma.guests.models import Guest
from rihma.moderation.models import Flag
from rihma.programmes.models import Programme, Role


def who_runs(programme: Programme) -> list[Person]:
    roles = programme.roles.current().filter(role__in=Role.RUNS)
    return list({role.person_id: role.person for role in roles}.values())


def queue(programme: Programme) -> list[Flag]:
    """What waits, the oldest first; then what was decided, the newest first."""
    flags = Flag.objects.filter(canvas__programme=programme)
    flags = flags.select_related("canvas__team", "item__by", "item__guest", "by", "guest", "decider")
    waiting = [flag for flag in flags if flag.state == Flag.State.OPEN]
    decided = [flag for flag in flags if flag.state != Flag.State.OPEN]
    return waiting + sorted(decided, key=lambda flag: flag.decided_at or flag.at, reverse=True)


def writers(programme: Programme) -> list[Who]:
    """Everybody of whom something stands on the programme's canvases, by name."""
    items = Item.objects.filter(canvas__programme=programme)
    logged = Canvas.objects.filter(programme=programme)
    people = Person.objects.filter(
        pk__in={*items.values_list("by", flat=True), *logged.values_list("operations__by", flat=True)}
    )
    guests = Guest.objects.filter(
        pk__in={*items.values_list("guest", flat=True), *logged.values_list("operations__guest", flat=True)}
    ).select_related("link")
    return sorted([*people, *guests], key=str)


def item_by(writer: Who) -> dict[str, Any]:
    return {"item__guest": writer} if isinstance(writer, Guest) else {"item__by": writer}
