"""What a page of a draft knows of the others who write in it: newer fields, both texts, and who is where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from rihma.accounts.http import PersonRequest
from rihma.applications.answers import name_of
from rihma.applications.answers.drawing import FormPart, form_parts
from rihma.applications.answers.files import is_sent_apart
from rihma.applications.editing import Ground
from rihma.applications.fields import ANSWER, Fields, mark, plain, seen_in
from rihma.applications.forms import ABOUT, DraftForm
from rihma.applications.models import Application, Writer
from rihma.applications.queries import as_edited, fields_of
from rihma.base.numerals import whole


@dataclass(frozen=True)
class Part:
    """One field as the page draws it."""

    field: forms.BoundField
    # of what it was filled with
    mark: str
    # what somebody else saved there meanwhile, in words; None where nobody did
    theirs: str | None = None
    # the same field filled with that
    instead: "Part | None" = None


@dataclass(frozen=True)
class Parts:
    form: DraftForm
    application: Application
    seen: Mapping[str, str]
    contested: Mapping[str, Any] | None = None
    ground: Ground | None = None

    @classmethod
    def again(
        cls, form: DraftForm, newest: Application, seen: Mapping[str, str], contested: Mapping[str, Any]
    ) -> "Parts":
        """After a save that left something open: what was typed stays, and each text of the others stands beside it."""
        marks = {**seen, **{name: mark(saved) for name, saved in contested.items()}}
        if form.errors:
            return cls(form, newest, marks, contested)
        # Filled anew, so that what others saved in fields that this writer left alone is shown too.
        fresh = DraftForm(newest)
        for name in contested:
            fresh.initial[name] = form.cleaned_data[name]
        return cls(fresh, newest, {}, contested)

    @property
    def of_team(self) -> list[Part]:
        return [self.part(name) for name in ABOUT if self._asks(name)]

    @property
    def of_questions(self) -> list[FormPart]:
        """Section by section, as far as the saved answers tell: what they hide is drawn hidden."""
        asked = [one for one in self.form.questions if self._asks(name_of(one))]
        return form_parts(self.application, asked, self.part)

    def _asks(self, name: str) -> bool:
        """Only some of it, where it is to be completed."""
        return self.ground is None or self.ground.allows(name)

    @property
    def open(self) -> list[Part]:
        return [self.part(name) for name in self.form.fields if name in (self.contested or {})]

    def part(self, name: str) -> Part:
        filled = self.seen.get(name) or mark(fields_of(self.application).get(name))
        if self.contested is None or name not in self.contested:
            return Part(self.form[name], filled)
        instead = Part(DraftForm(self.application)[name], mark(self.contested[name]))
        return Part(self.form[name], filled, self.form.told(name, self.contested[name]), instead)


def seen_of(sent: Mapping[str, Any]) -> dict[str, str]:
    return seen_in(sent.getlist("seen")) if isinstance(sent, QueryDict) else {}


def typed_in(form: DraftForm, but: str = "", ground: Ground | None = None) -> Fields:
    """What was typed in the fields that are well-formed. `but`: where the writer takes the text of the others."""
    return {
        name: str(value.pk) if isinstance(value, Model) else value
        for name, value in form.cleaned_data.items()
        if (name in ABOUT or (name.startswith(ANSWER) and not is_sent_apart(form.fields[name])))
        and name != but
        and (ground is None or ground.allows(name))
    }


def answer(
    request: PersonRequest,
    fresh: Application,
    *,
    typed: Mapping[str, Any] | None = None,
    contested: Fields | None = None,
    here: Iterable[Writer],
) -> dict[str, Any]:
    """For the page that is open: fields that others changed since it last heard, both texts, and who is where."""
    known = request.POST.get("version", "")
    contested = contested or {}
    own = request.POST.get("page", "")[:40]
    newer = _newer(fresh, whole(known) if known.isdecimal() else fresh.version, typed, own) - set(contested)
    names = [*newer, *contested]
    parts = Parts(DraftForm(as_edited(fresh)), fresh, {}, contested) if names else None
    drawn = {name: _drawn(request, parts.part(name)) for name in names} if parts else {}
    return {
        "submission": fresh.receipt.version if fresh.receipt else 0,
        "newer": {name: drawn[name] for name in drawn if name in newer},
        "contested": {name: drawn[name] for name in drawn if name in contested},
        "marks": _marks(fresh, typed) if typed else {},
        "writers": [
            {"field": one.field, "words": _("%(person)s is writing here") % {"person": one.person}, "name": str(one)}
            for one in here
            if one.person_id != request.user.pk
        ],
    }


def _marks(fresh: Application, typed: Mapping[str, Any]) -> dict[str, str]:
    """Of the fields that the page and the server now agree on."""
    now = fields_of(fresh)
    return {name: mark(value) for name, value in typed.items() if plain(value) == plain(now.get(name))}


def _newer(fresh: Application, known: int, typed: Mapping[str, Any] | None, own: str) -> set[str]:
    """What has been written since the page last heard; of what it has just sent whatever differs from that."""
    sent, now = typed or {}, fields_of(fresh)
    # What the page itself has written it need not hear of: while somebody goes on typing, that would be drawn anew.
    since = {name for name, (version, page) in fresh.written.items() if version > known and not (own and page == own)}
    return {name for name in since | set(sent) if name not in sent or plain(sent[name]) != plain(now.get(name))}


def _drawn(request: PersonRequest, part: Part) -> str:
    template = "applications/contested.html" if part.instead else "applications/field.html"
    return render_to_string(template, {"part": part}, request)


def told(form: DraftForm, contested: Fields) -> str:
    names = ", ".join(str(form.fields[name].label) for name in form.fields if name in contested)
    return _("Somebody else changed this meanwhile: %(names)s. Choose which text stays. All else is saved.") % {
        "names": names
    }
