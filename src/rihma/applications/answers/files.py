"""Answers that are files. They are sent apart from the form, so that it neither carries nor loses them."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.applications.answers.kinds import Drawing, Kind, said
from rihma.base.files.kinds import GROUP_NAMES, GROUPS, KINDS, accepted, group_of
from rihma.calls.rules import Asked, Value


class Line(NamedTuple):
    """One file as it is read: its name, and what it is."""

    id: str
    name: str
    about: str
    kind: str


def listed(value: Value) -> list[Line]:
    rows = [one for one in value if isinstance(one, Mapping) and "id" in one] if isinstance(value, list) else []
    return [Line(str(one["id"]), str(one.get("name", "")), _about(one), str(one.get("kind", ""))) for one in rows]


def _about(file: Mapping[str, Any]) -> str:
    kind = KINDS.get(file.get("kind", ""))
    pages = file.get("pages")
    told = [
        str(kind.name) if kind else "",
        ngettext("%(n)s page", "%(n)s pages", pages) % {"n": pages} if pages else "",
        filesizeformat(file.get("size", 0)),
    ]
    return " · ".join(part for part in told if part)


def limits_of(asked: Asked) -> str:
    """What may be sent, in words: told before anything is."""
    names = " · ".join(str(GROUP_NAMES[group]) for group in GROUPS if group in asked.file_kinds)
    count = ngettext(
        "%(n)s file, %(size)s MB at most.", "At most %(n)s files, each of at most %(size)s MB.", asked.most_files
    ) % {"n": asked.most_files, "size": asked.most_bytes // (1024 * 1024)}
    drawn = _("Pictures are kept without where and with what they were taken.") if "picture" in asked.file_kinds else ""
    return " ".join(part for part in (f"{names}.", count, drawn) if part)


class FilesWidget(forms.Widget):
    """Shows what is there; the page that takes files is one button away. With script they are taken at once."""

    template_name = "applications/widgets/files.html"
    use_fieldset = True

    def __init__(self, asked: Asked, drawing: Drawing) -> None:
        super().__init__()
        self.asked, self.drawing = asked, drawing

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        files = listed(self.drawing.value)
        context["widget"] |= {
            "key": self.asked.key,
            "files": files,
            "at": f"{self.drawing.files_at}{self.asked.key}/" if self.drawing.files_at else "",
            "accept": accepted(self.asked.file_kinds),
            "most_bytes": self.asked.most_bytes,
            "left": max(self.asked.most_files - len(files), 0),
            "is_frozen": bool(context["widget"]["attrs"].get("disabled")),
        }
        return context

    def value_from_datadict(self, _data: Any, _files: Any, _name: str) -> Any:
        return self.drawing.value or []

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_add"


class FilesField(forms.Field):
    def clean(self, _value: Any) -> Value:
        widget = self.widget
        return (widget.drawing.value or []) if isinstance(widget, FilesWidget) else []


def is_sent_apart(field: forms.Field) -> bool:
    """Nobody takes what the form brings of it for an answer."""
    return isinstance(field, FilesField)


def _files(asked: Asked, drawing: Drawing) -> forms.Field:
    return FilesField(widget=FilesWidget(asked, drawing))


def _faults(asked: Asked, value: Value) -> Iterator[str]:
    files = listed(value)
    if len(files) > asked.most_files:
        yield _("“%(label)s”: at most %(n)s files.") % {"label": asked.label, "n": asked.most_files}
    for one in files:
        if group_of(one.kind) not in asked.file_kinds:
            yield _("“%(label)s”: “%(file)s” is of a kind that is not taken. Remove it.") % {
                "label": asked.label,
                "file": one.name,
            }


def _lines(_asked: Asked, value: Value) -> list[str]:
    return [f"{one.name} ({one.about})" for one in listed(value)] or [said(value)]


def drawn_files(value: Value, at: str) -> SafeString:
    """With the way to each, for whoever may read them."""
    rows = ((f"{at}{one.id}/", one.name, one.about) for one in listed(value))
    line = '<li><a href="{}">{}</a> <span class="small subtle">{}</span></li>'
    return format_html('<ul class="file-list">{}</ul>', format_html_join("", line, rows))


FILE = Kind(_files, _faults, _lines, "list")
