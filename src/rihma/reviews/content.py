"""An application as jurors read it: what arrived by its receipt, whatever became of the team since."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.accounts.models import Person
from rihma.applications.answers import is_empty
from rihma.applications.answers.files import listed
from rihma.applications.answers.reading import Answered, visible_answers
from rihma.applications.models import Application
from rihma.base.files.kinds import tidy_name
from rihma.reviews.rules.masking import masked


@dataclass(frozen=True)
class SentFile:
    """A file of an answer, by a name that tells nobody who sent it where names are kept back."""

    key: str
    id: UUID
    name: str
    about: str


@dataclass(frozen=True)
class Part:
    title: str
    text: str
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True)
class Content:
    title: str
    number: str
    arrived: datetime
    late: bool
    language: str
    theme: str
    about: tuple[Part, ...]
    answers: tuple[Part, ...]
    people: tuple[str, ...]
    # what the idea before it answered, in a call of two stages
    idea: tuple[Part, ...] = ()


# Kinds of questions whose whole answer says who it is.
NAMING = ("person", "members", "organisation")
ABOUT = {
    "phenomenon": gettext_lazy("The phenomenon"),
    "looking_for": gettext_lazy("Still looking for"),
    "experiment_idea": gettext_lazy("What could be tried out"),
}


def content_of(application: Application, *, blind: bool) -> Content:
    """`application` brings its call and receipt."""
    receipt = application.arrived
    kept = receipt.content
    team = kept["team"]
    members, names = _people(kept["members"])
    told, partners = _answers(application), kept.get("organisations", [])
    hidden = [team["name"], *names, *_named([*kept["members"], *partners], told)] if blind else []
    return Content(
        title=title_of(application, blind=blind),
        number=receipt.number,
        arrived=receipt.received_at,
        late=bool(receipt.late_seconds),
        language=team["language"],
        theme=_theme(application, team["theme"]),
        about=tuple(
            Part(str(title), masked(str(team[name]), hidden)) for name, title in ABOUT.items() if team.get(name)
        ),
        answers=tuple(
            _files(one, blind=blind)
            if one.question.kind == "file"
            else Part(str(one.question.label), _noted(masked("\n".join(one.shown.lines), hidden), one.note))
            for one in told
            if not (blind and one.question.kind in NAMING)
        ),
        people=() if blind else (*members, *(str(one["organisation"]) for one in partners)),
        idea=_idea(application, hidden, blind=blind),
    )


def _noted(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text


def _idea(application: Application, hidden: list[str], *, blind: bool) -> tuple[Part, ...]:
    """As it was chosen. Its files are only named: what counts now came with the full application."""
    if application.continues_id is None or not application.call.idea_is_read:
        return ()
    idea = Application.objects.select_related("call__programme", "receipt", "team").get(pk=application.continues_id)
    # Masked twice, because other people may have written the idea.
    return tuple(Part(one.title, masked(one.text, hidden)) for one in content_of(idea, blind=blind).answers)


def _files(answer: Answered, *, blind: bool) -> Part:
    key = answer.question.key
    files = tuple(
        SentFile(key, UUID(one.id), _neutral(number, one.kind) if blind else one.name, one.about)
        for number, one in enumerate(listed(answer.value), start=1)
    )
    return Part(str(answer.question.label), "\n".join(f"{one.name} ({one.about})" for one in files), files)


def _neutral(number: int, kind: str) -> str:
    return tidy_name(_("File %(number)s") % {"number": number}, kind)


def title_of(application: Application, *, blind: bool) -> str:
    """What it goes by among jurors; `application` brings its receipt, and its team unless names are hidden."""
    if blind:
        return _("Application %(number)s") % {"number": application.arrived.number}
    return str(application.arrived.content["team"]["name"]) or str(application.team)


def _people(members: list[dict[str, object]]) -> tuple[tuple[str, ...], list[str]]:
    known = {str(one.pk): str(one) for one in Person.objects.filter(pk__in=[one["person"] for one in members])}
    names = [known.get(str(one["person"]), "") for one in members]
    told = (", ".join(filter(None, [name, str(one["organisation"])])) for name, one in zip(names, members, strict=True))
    return tuple(filter(None, told)), [name for name in names if name]


def _theme(application: Application, kept: str) -> str:
    found = application.call.programme.themes.filter(pk=UUID(kept)).first() if kept else None
    return str(found.title) if found else ""


def _answers(application: Application) -> list[Answered]:
    """Those that jurors may read, as they arrived, in the order of the form that was answered."""
    application.answers = application.arrived.content["answers"]
    return [one for one in visible_answers(application, "jurors") if not is_empty(one.value)]


def _named(members: list[dict[str, object]], told: list[Answered]) -> list[str]:
    """Organisations, and whoever is named where the call asks for people."""
    lines = [line for one in told if one.question.kind in NAMING for line in one.shown.lines]
    return [*(str(one["organisation"]) for one in members), *(part for line in lines for part in line.split(", "))]
