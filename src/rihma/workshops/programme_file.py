"""The tables of the programme file that this area reads and writes."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.programmes.file import Document, Lack, Problem, Row, Section, Tables, check_local_time, lack_of
from rihma.programmes.file import schema as s
from rihma.programmes.models import Programme
from rihma.workshops import actions, rules
from rihma.workshops.models import Workshop

Mode = Workshop.Mode

WORKSHOP = s.rows(
    "A workshop, in the order in which they are held.",
    {
        "title": s.words("What the workshop is called.", most=120),
        "date": s.day("The day."),
        "from": s.clock("When it begins, by the programme's clock."),
        "to": s.clock("When it ends, the same day."),
        "mode": s.choice(
            "How people take part: in the room, in the room and remotely, or remotely. "
            "Without it: as the venue and the remote link say.",
            Mode.values,
        ),
        "venue": s.text("The room or the house."),
        "address": s.text("Where the venue is.", most=300),
        "remote": s.url("The link for taking part remotely. Only those who take part see it."),
        "seats": s.whole("Seats in the room. Without it: the programme's room_seats.", least=1, most=10_000),
        "description": s.words("What happens. Markdown.", most=4000),
        "bring": s.words("What to bring.", most=1000),
    },
    required=["title", "date", "from", "to"],
)


def check(document: Document) -> Iterator[Problem]:
    for number, row in enumerate(document.rows("workshop")):
        yield from _check_row(document, ("workshop", number), row)


def _check_row(document: Document, path: tuple[str, int], row: Row) -> Iterator[Problem]:
    day = row.get("date")
    yield from document.check_within((*path, "date"), day)
    starts, ends = (time.fromisoformat(row[key]) if key in row else None for key in ("from", "to"))
    yield from check_local_time((*path, "from"), day, starts, document.zone)
    yield from check_local_time((*path, "to"), day, ends, document.zone)
    if starts and ends and ends <= starts:
        remedy = _("Give a time after %(time)s.") % {"time": row["from"]}
        yield Problem((*path, "to"), _("The workshop ends before it begins."), remedy)
    try:
        rules.check_place(_mode(row), venue=row.get("venue", ""), remote_link=row.get("remote", ""))
    except Refused as refused:
        key = "remote" if refused.field == "remote_link" else "venue"
        remedy = _("Add a line such as: %(line)s") % {"line": f'{key} = "…"'}
        yield Problem((*path, key), _("Nobody can know where the workshop is."), remedy)


def _mode(row: Row) -> str:
    """What the file says, else what follows from the places that it names."""
    given: str = row.get("mode") or _implied(row.get("venue"), row.get("remote"))
    return given


def _implied(venue: str | None, remote: str | None) -> str:
    if remote and venue:
        return Mode.HYBRID.value
    return Mode.REMOTE.value if remote else Mode.ROOM.value


def read(programme: Programme, tables: Tables, by: Person) -> None:
    for number, row in enumerate(tables.get("workshop", []), start=1):
        actions.plan(
            programme,
            number=number,
            **{name: Words(row.get(name, {})) for name in ("title", "description", "bring")},
            date=row["date"],
            starts=time.fromisoformat(row["from"]),
            ends=time.fromisoformat(row["to"]),
            mode=_mode(row),
            venue=row.get("venue", ""),
            address=row.get("address", ""),
            remote_link=row.get("remote", ""),
            seats=row.get("seats"),
            by=by,
        )


def write(programme: Programme) -> Tables:
    """Cancelled ones are left out: a file says what is to be held."""
    return {"workshop": [_row(workshop) for workshop in programme.workshops.planned()]}


def _row(workshop: Workshop) -> dict[str, Any]:
    implied = _implied(workshop.venue, workshop.remote_link)
    return {
        **{name: getattr(workshop, name).to_dict() for name in ("title", "description", "bring")},
        "date": workshop.date,
        "from": _clock(workshop.starts),
        "to": _clock(workshop.ends),
        "mode": "" if workshop.mode == implied else workshop.mode,
        "venue": workshop.venue,
        "address": workshop.address,
        "remote": workshop.remote_link,
        "seats": workshop.seats,
    }


def _clock(at: time) -> str:
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def lacks(programme: Programme) -> Iterator[Lack]:
    for workshop in programme.workshops.planned():
        url = reverse("workshops:edit", args=[workshop.pk])
        for name, title in (("title", _("title")), ("description", _("what happens")), ("bring", _("what to bring"))):
            what = _("Workshop %(number)s: %(what)s") % {"number": workshop.number, "what": title}
            key = f"workshop-{workshop.number}-{name}"
            yield from lack_of(key, what, getattr(workshop, name), needed=name == "title", url=url)


SECTION = Section(tables={"workshop": WORKSHOP}, check=check, read=read, write=write, lacks=lacks)
