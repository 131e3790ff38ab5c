from datetime import date, time

import pytest

from rihma.programmes import actions as programmes
from rihma.programmes import file
from rihma.programmes.models import Programme
from rihma.workshops import actions
from rihma.workshops.models import Workshop
from tests.conftest import Cast

HEAD = """\
rihma = 1

[programme]
slug = "file"
title.fi = "Tiedosto"
title.sv = "Fil"
starts = 2027-01-27
ends = 2027-06-15
"""
WORKSHOPS = """
[[workshop]]
title.fi = "Avaus"
title.sv = "Öppning"
date = 2027-01-27
from = "09:00"
to = "13:00"
venue = "Pajasali"
address = "Kokeilukatu 5"
description.fi = "Tutustutaan."
bring.fi = "Kartta"

[[workshop]]
title.fi = "Päätös"
date = 2027-06-15
from = "12:00"
to = "16:30"
venue = "Pajasali"
remote = "https://meet.example/2"
seats = 24

[[workshop]]
title.fi = "Jatko"
date = 2027-06-15
from = "17:00"
to = "18:00"
mode = "hybrid"
venue = "Pajasali"
"""


@pytest.fixture
def imported(cast: Cast) -> Programme:
    cast["owner"].is_staff = True
    cast["owner"].save()
    return programmes.import_file((HEAD + WORKSHOPS).encode(), by=cast["owner"])


def problems(workshop: str) -> list[str]:
    return [str(problem) for problem in file.check((HEAD + workshop).encode()).problems]


def test_file_plans_the_workshops_that_it_names(imported: Programme) -> None:
    first, second, third = imported.workshops.all()
    assert (first.number, first.date, first.starts, first.ends, first.mode) == (
        1, date(2027, 1, 27), time(9), time(13), Workshop.Mode.ROOM,
    )  # fmt: skip
    assert (second.mode, second.remote_link, second.room_seats) == ("hybrid", "https://meet.example/2", 24)
    assert (third.mode, third.remote_link, third.room_seats) == ("hybrid", "", 30)
    assert dict(first.bring) == {"fi": "Kartta"}


def test_written_file_makes_the_same_workshops_again(imported: Programme, cast: Cast) -> None:
    written = file.write(imported)
    again = programmes.import_file(written.replace('slug = "file"', 'slug = "again"').encode(), by=cast["owner"])
    kept = ("number", "title", "date", "starts", "ends", "mode", "venue", "address", "remote_link", "bring", "seats")
    assert list(again.workshops.values_list(*kept)) == list(imported.workshops.values_list(*kept))


def test_cancelled_workshop_is_not_written(imported: Programme, cast: Cast) -> None:
    first = imported.workshops.all()[0]
    actions.cancel(first, by=cast["owner"])
    assert [row["title"]["fi"] for row in file.tables_of(imported)["workshop"]] == ["Päätös", "Jatko"]


def test_copied_programme_has_its_workshops_on_the_same_weekday_and_hour(imported: Programme, cast: Cast) -> None:
    copied = programmes.copy(imported, slug="next", starts=date(2028, 1, 26), by=cast["owner"])
    moved = copied.workshops.all()[0]
    assert (moved.date, moved.starts, moved.date.weekday()) == (date(2028, 1, 26), time(9), date(2027, 1, 27).weekday())


@pytest.mark.req("R16")
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("2027-01-27", "2028-01-27"), "workshop[1].date: 2028-01-27 is outside the programme, which runs from 2027-01-27 to 2027-06-15. Change this date, or the programme's starts or ends."),
        (('"13:00"', '"09:00"'), "workshop[1].to: The workshop ends before it begins. Give a time after 09:00."),
        (('venue = "Pajasali"', 'venue = ""'), 'workshop[1].venue: Nobody can know where the workshop is. Add a line such as: venue = "…"'),
        (('venue = "Pajasali"', 'mode = "remote"'), 'workshop[1].remote: Nobody can know where the workshop is. Add a line such as: remote = "…"'),
        (('"09:00"', '"9"'), 'workshop[1].from: “9” is no clock time. Write it like this: "09:00"'),
        (('2027-01-27\nfrom = "09:00"', '2027-03-28\nfrom = "03:30"'), "workshop[1].from: The clock skips this time when summer time begins. Choose a time at least an hour earlier or later."),
    ],
)  # fmt: skip
def test_mistake_is_told_with_its_line_and_a_remedy(db: None, change: tuple[str, str], expected: str) -> None:
    first = WORKSHOPS.split("\n\n", maxsplit=1)[0].replace(*change)
    (found,) = problems(first)
    assert found.partition(": ")[2] == expected


def test_programme_without_a_swedish_title_of_a_workshop_lacks_it(imported: Programme) -> None:
    lacks = {lack.key: lack.languages for section in file.sections() for lack in section.lacks(imported)}
    own = {key: languages for key, languages in lacks.items() if key.startswith("workshop-")}
    assert own == {
        "workshop-1-description": ("sv",),
        "workshop-1-bring": ("sv",),
        "workshop-2-title": ("sv",),
        "workshop-3-title": ("sv",),
    }
