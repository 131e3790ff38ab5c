"""The lectures of the programme file."""

from collections.abc import Iterator

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.experiments.models import Experiment
from rihma.library.models import Lecture
from rihma.programmes.file import Section, Tables
from rihma.programmes.file import schema as s
from rihma.programmes.models import Programme

LECTURE = s.rows(
    "The programme's short lectures, in this order.",
    {
        "title": s.words("The lecture's title."),
        "summary": s.words("What it is about, in a sentence or two.", most=1000),
        "url": s.url("Where the material lies."),
    },
    required=["title"],
)


def read(programme: Programme, tables: Tables, by: Person) -> None:  # noqa: ARG001 - every section is asked alike
    for number, row in enumerate(tables.get("lecture", []), start=1):
        Lecture.objects.create(
            programme=programme,
            number=number,
            title=Words(row["title"]),
            description=Words(row.get("summary", {})),
            link=row.get("url", ""),
        )


def write(programme: Programme) -> Tables:
    return {
        "lecture": [
            {"title": one.title.to_dict(), "summary": one.description.to_dict(), "url": one.link}
            for one in programme.lectures.all()
        ]
    }


def unfinished(programme: Programme) -> Iterator[str]:
    """A programme is not closed while an experiment waits for its decision."""
    waiting = Experiment.objects.filter(team__programme=programme).exclude(
        state__in=[Experiment.State.DECIDED, Experiment.State.PUBLISHED, Experiment.State.CANCELLED]
    )
    yield from (str(experiment) for experiment in waiting)


SECTION = Section(tables={"lecture": LECTURE}, read=read, write=write, unfinished=unfinished)
