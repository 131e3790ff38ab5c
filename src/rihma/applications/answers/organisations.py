"""Answers that name an organisation: as it was typed, and which one of the register that is.

One that is not in the register is text alone. What has become of one that is there since, a note tells (`note_of`):
the answer itself stays as it was given.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from rihma.actors.counting import id_in
from rihma.actors.models import Organisation
from rihma.actors.queries import alike, called, chosen, of_today, with_heirs
from rihma.actors.rules import key_of
from rihma.applications.answers.kinds import LONGEST_LINE, Drawing, Kind, said
from rihma.calls.rules import Asked, Value

KIND = "organisation"
# Follows the name of the field: which one of several was meant.
MEANT = ".meant"
NEW = "new"


def name_in(value: Value) -> str:
    return said(value.get("name")) if isinstance(value, Mapping) else said(value)


def ids_in(answers: Iterable[Value]) -> set[UUID]:
    return {found for one in answers if (found := id_in(one))}


def bodies(ids: Iterable[UUID]) -> dict[UUID, Organisation]:
    """In one query, and in none where nobody is named."""
    wanted = set(ids)
    return {one.pk: one for one in with_heirs().filter(pk__in=wanted)} if wanted else {}


def note_of(value: Value, known: Mapping[UUID, Organisation]) -> str:
    """What a reader should know beside the name: that it is only a name, or what the organisation is called now."""
    found = id_in(value)
    if found is None:
        return _("named only") if name_in(value) else ""
    body = known.get(found)
    if body is None:
        return ""
    now = of_today(body)
    names = {key_of(name) for name in (now.name, *now.names.values())}
    return "" if key_of(name_in(value)) in names else _("now %(name)s") % {"name": now}


class OrganisationWidget(forms.TextInput):
    """A line of text. With script it offers those of the register while somebody types."""

    template_name = "applications/widgets/organisation.html"

    def __init__(self, saved: Value) -> None:
        super().__init__({"autocomplete": "off"})
        self.saved = saved
        # Those that somebody may mean who has just written a name that the register does not know.
        self.close: list[Organisation] = []

    def format_value(self, value: Any) -> str:
        return name_in(value)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed, meant = super().value_from_datadict(data, files, name), data.get(f"{name}{MEANT}", "")
        return {"name": typed or "", MEANT: meant} if meant else typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        is_saved = bool(name_in(value)) and name_in(value) == name_in(self.saved)
        context["widget"] |= {
            "meant": f"{name}{MEANT}",
            "close": [(str(one.pk), one) for one in self.close],
            "new": NEW,
            "is_known": is_saved and id_in(self.saved) is not None,
            "is_only_named": is_saved and id_in(self.saved) is None,
        }
        return context


class OrganisationField(forms.CharField):
    """What is typed, and the one of the register that bears this name in any language, or bore it."""

    def __init__(self, saved: Value) -> None:
        super().__init__(max_length=LONGEST_LINE, widget=OrganisationWidget(saved))
        self.saved = saved
        # A name that was typed just now and that nobody bears.
        self.unknown = ""

    def clean(self, value: Any) -> Value:
        if isinstance(value, Mapping) and MEANT not in value:
            # What is frozen comes as it is kept.
            return value
        meant = str(value[MEANT]) if isinstance(value, Mapping) else ""
        typed = super().clean(name_in(value))
        found = chosen(meant)
        if found:
            return {"name": found.name, "id": str(found.pk)}
        is_saved = typed == name_in(self.saved)
        if not typed or (is_saved and id_in(self.saved)):
            return self.saved if is_saved else typed
        known = called(typed)
        if known:
            return {"name": typed, "id": str(known.pk)}
        self.unknown = "" if is_saved or meant == NEW else typed
        return typed


def ask_back(filled: forms.Form, sent: forms.Form) -> bool:
    """Puts the question who is meant into a form that is drawn again, once for each name that nobody bears."""
    for name, field in sent.fields.items():
        if isinstance(field, OrganisationField) and field.unknown:
            widget = filled.fields[name].widget
            if isinstance(widget, OrganisationWidget):
                widget.close = alike(field.unknown)
    return any(isinstance(one.widget, OrganisationWidget) and one.widget.close for one in filled.fields.values())


def asks_back(sent: forms.Form) -> bool:
    return any(isinstance(one, OrganisationField) and one.unknown for one in sent.fields.values())


def _organisation(_asked: Asked, drawing: Drawing) -> forms.Field:
    return OrganisationField(drawing.value)


def _faults(_asked: Asked, _value: Value) -> Iterator[str]:
    yield from ()


def _lines(_asked: Asked, value: Value) -> list[str]:
    return [name_in(value)]


ORGANISATION = Kind(_organisation, _faults, _lines)
