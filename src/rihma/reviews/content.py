"""An application as jurors read it: what arrived by its receipt, whatever became of the team since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.reviews.rules.masking import masked


@dataclass(frozen=True)
class Part:
    title: str
    text: str


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
    hidden = [team["name"], *names, *(str(member["organisation"]) for member in kept["members"])] if blind else []
    return Content(
        title=title_of(application, blind=blind),
        number=receipt.number,
        arrived=receipt.received_at,
        late=bool(receipt.late_seconds),
        language=team["language"],
        theme=_theme(application, team["theme"]),
        about=tuple(
            Part(str(title), masked(said(team[name]), hidden)) for name, title in ABOUT.items() if team.get(name)
        ),
        answers=tuple(
            Part(label, masked(said(text), hidden)) for label, text in _answers(application, kept["answers"])
        ),
        people=() if blind else members,
    )


def title_of(application: Application, *, blind: bool) -> str:
    """What it goes by among jurors; `application` brings its receipt, and its team unless names are hidden."""
    if blind:
        return _("Application %(number)s") % {"number": application.arrived.number}
    return str(application.arrived.content["team"]["name"]) or str(application.team)


def said(value: object) -> str:
    """An answer as plain text, whatever kind of question it answers."""
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case list() | tuple():
            return ", ".join(said(one) for one in value)
        case dict():
            return ", ".join(f"{key}: {said(one)}" for key, one in value.items())
        case None:
            return ""
    return str(value)


def _people(members: list[dict[str, object]]) -> tuple[tuple[str, ...], list[str]]:
    known = {str(one.pk): str(one) for one in Person.objects.filter(pk__in=[one["person"] for one in members])}
    names = [known.get(str(one["person"]), "") for one in members]
    told = (", ".join(filter(None, [name, str(one["organisation"])])) for name, one in zip(names, members, strict=True))
    return tuple(filter(None, told)), [name for name in names if name]


def _theme(application: Application, kept: str) -> str:
    found = application.call.programme.themes.filter(pk=UUID(kept)).first() if kept else None
    return str(found.title) if found else ""


def _answers(application: Application, kept: Mapping[str, object]) -> list[tuple[str, object]]:
    """In the order of the call; what was not answered is not shown."""
    labels = {question.key: str(question.label) for question in application.call.questions.all()}
    return [(labels.get(key, key), value) for key, value in kept.items() if said(value).strip()]
