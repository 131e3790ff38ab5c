"""What an application consists of, part by part, as it is marked, decided on and copied."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rihma.applications.answers.files import Line, listed
from rihma.applications.answers.reading import answered
from rihma.applications.models import Application
from rihma.records.models import SecretPart
from rihma.records.redacting import BLACK, blackened, without
from rihma.teams.models import Member

ANSWER = "answer."
# Black as a whole, because no list of names holds the people that they are about.
OF_PEOPLE = frozenset({"person", "members"})
TEAM_PARTS = {
    "phenomenon": _("The phenomenon"),
    "looking_for": _("Still looking for"),
    "experiment_idea": _("What could be tried out"),
}


@dataclass(frozen=True)
class Part:
    """`proposed`: why the call itself expects a secret here."""

    key: str
    title: str
    text: str
    is_of_people: bool = False
    proposed: str = ""
    # what was sent along: the addresses end with `key/id/`
    files: tuple[Line, ...] = ()
    # what to know beside it; no part of what was written
    note: str = ""

    @property
    def noted(self) -> str:
        return f"{self.text} ({self.note})" if self.note else self.text


@dataclass(frozen=True)
class Copied:
    title: str
    text: str
    # why it is black as a whole: "secret", "asked" or "people"
    kept_back: str = ""
    # what may be given with it, once somebody has looked into each
    files: tuple[Line, ...] = ()
    key: str = ""


def parts_of(application: Application) -> list[Part]:
    """Those in which something is written."""
    team = application.team
    told = [Part(name, str(title), getattr(team, name)) for name, title in TEAM_PARTS.items()]
    asked = [
        Part(
            f"{ANSWER}{one.question.key}",
            str(one.question.label),
            str(one.shown),
            one.question.kind in OF_PEOPLE,
            str(one.question.secret_because),
            tuple(listed(one.value)) if one.question.kind == "file" else (),
            one.note,
        )
        for one in answered(application)
    ]
    return [part for part in (*told, *asked) if part.text.strip()]


def redacted(parts: Iterable[Part], marks: Iterable[SecretPart], members: Sequence[Member]) -> list[Copied]:
    """What may be given to anybody: secret parts and what is about people is gone from the words themselves."""
    kept_back = {mark.part: mark.outcome for mark in marks if mark.is_kept_back}
    names = [member.person.name for member in members]
    parts = list(parts)
    secrets = [part.text for part in parts if part.key in kept_back]
    return [_copied(part, kept_back.get(part.key, ""), names, secrets) for part in parts]


def _copied(part: Part, kept_back: str, names: Iterable[str], secrets: Iterable[str]) -> Copied:
    why = kept_back or ("people" if part.is_of_people else "")
    if why:
        return Copied(part.title, " ".join([BLACK, *_left_out(part)]), why)
    text = blackened(without(part.text, secrets), names)
    return Copied(part.title, replace(part, text=text).noted, files=part.files, key=part.key.removeprefix(ANSWER))


def _left_out(part: Part) -> Iterator[str]:
    """So that whoever reads the copy knows that there is more, and not what it is called."""
    if part.files:
        count = len(part.files)
        yield ngettext("%(n)s file is left out.", "%(n)s files are left out.", count) % {"n": count}
