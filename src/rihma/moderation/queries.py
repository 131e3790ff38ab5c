from uuid import UUID

from rihma.accounts.models import Person
from rihma.attachments.models import Attachment
from rihma.brainwriting.models import Note
from rihma.canvases.access import Who
from rihma.canvases.models import Canvas, Item
from rihma.guests.models import Guest
from rihma.moderation.models import Flag
from rihma.programmes.models import Programme, Role
from rihma.talk.models import Comment


def who_runs(programme: Programme) -> list[Person]:
    roles = programme.roles.current().filter(role__in=Role.RUNS)
    return list({role.person_id: role.person for role in roles}.values())


def queue(programme: Programme) -> list[Flag]:
    """What waits, the oldest first; then what was decided, the newest first."""
    flags = Flag.objects.filter(canvas__programme=programme)
    flags = flags.select_related(
        "canvas__team",
        "canvas__programme",
        *(f"{what}__{writer}" for what in Flag.What.values for writer in ("by", "guest")),
        "comment__item",
        "by",
        "guest",
        "decider",
    )
    waiting = [flag for flag in flags if flag.state == Flag.State.OPEN]
    decided = [flag for flag in flags if flag.state != Flag.State.OPEN]
    return waiting + sorted(decided, key=lambda flag: flag.decided_at or flag.at, reverse=True)


def writers(programme: Programme) -> list[Who]:
    """Everybody of whom something stands on the programme's canvases, by name: also who only commented or sent a photo."""
    people, guests = (_ids(programme, name) for name in ("by", "guest"))
    return sorted(
        [*Person.objects.filter(pk__in=people), *Guest.objects.filter(pk__in=guests).select_related("link")], key=str
    )


def _ids(programme: Programme, name: str) -> set[UUID]:
    wrote = [
        Item.objects.filter(canvas__programme=programme).values_list(name, flat=True),
        Canvas.objects.filter(programme=programme).values_list(f"operations__{name}", flat=True),
        Comment.objects.standing().filter(item__canvas__programme=programme).values_list(name, flat=True),
        Attachment.objects.filter(canvas__programme=programme).values_list(name, flat=True),
        Note.objects.filter(round__canvas__programme=programme).values_list(name, flat=True),
    ]
    return {pk for query in wrote for pk in query.order_by() if pk}


def beside_items(programme: Programme, writer: Who) -> int:
    """How many comments and files somebody has on the canvases of a programme."""
    mine = {"guest": writer} if isinstance(writer, Guest) else {"by": writer}
    comments = Comment.objects.standing().filter(item__canvas__programme=programme, **mine)
    return comments.count() + Attachment.objects.filter(canvas__programme=programme, **mine).count()
