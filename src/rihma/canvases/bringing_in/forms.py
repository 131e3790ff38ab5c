from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.actors.models import Organisation
from rihma.base.decoding import decode
from rihma.base.forms import Form
from rihma.base.ids import new_id
from rihma.base.numerals import whole
from rihma.canvases.bringing_in import heads, reading
from rihma.canvases.bringing_in.plan import LONGEST_FILE
from rihma.canvases.bringing_in.rows import Choices
from rihma.canvases.kinds import Kind

FORMS = [
    (reading.LINES, gettext_lazy("each line is one item")),
    (reading.TAB, gettext_lazy("columns, as copied from a spreadsheet")),
    (reading.SEMICOLON, gettext_lazy("columns with ; between them")),
    (reading.COMMA, gettext_lazy("columns with , between them")),
    (reading.DATA, gettext_lazy("data of a canvas (JSON)")),
]
COLUMN = "column_"
MOST_COLUMNS = 60


class BringForm(Form):
    """The text itself, and what is to be known of it as a whole."""

    token = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    text = forms.CharField(
        label=gettext_lazy("Paste here"),
        help_text=gettext_lazy("Rows copied from Excel, a list from Word or Teams, or plain lines."),
        required=False,
        # A tab at the beginning is an empty cell, so it must stay.
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        help_text=gettext_lazy("CSV, or data (JSON) that was taken out of a canvas; at most 1 MB."),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.json,text/csv,text/plain,application/json"}),
    )
    # made anew below, because their choices are those of the kind
    zone = forms.ChoiceField()
    item_kind = forms.ChoiceField()
    actor_kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        help_text=gettext_lazy("Asked only when nobody has named it before."),
        choices=[("", "–"), *Organisation.Kind.choices],
        required=False,
    )
    lang = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=settings.LANGUAGES)

    def __init__(self, kind: Kind, request: HttpRequest, sent: QueryDict | None = None) -> None:
        initial = {"token": str(new_id()), "lang": request.LANGUAGE_CODE}
        super().__init__(sent, request.FILES if sent is not None else None, initial=initial)
        self.kind = kind
        zones = [(zone.key, str(zone.name)) for zone in kind.zones]
        self.fields["zone"] = forms.ChoiceField(label=_("Where it belongs"), choices=zones)
        named = [(item.key, str(item.name)) for item in kind.items]
        usual = [("", _("the usual of its place")), *named]
        self.fields["item_kind"] = forms.ChoiceField(label=_("What they are"), choices=usual, required=False)
        if len(named) == 1:
            del self.fields["item_kind"]
        if not any(item.identity for item in kind.items):
            del self.fields["actor_kind"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        upload = said.get("file")
        self.came_as_file = isinstance(upload, UploadedFile)
        if isinstance(upload, UploadedFile):
            said["text"] = decode(upload.read(LONGEST_FILE + 1))
            too_large = (upload.size or 0) > LONGEST_FILE
        else:
            too_large = len(said.get("text", "").encode("utf-8", "replace")) > LONGEST_FILE
        if too_large:
            where = "file" if self.came_as_file else "text"
            self.add_error(where, _("That is more than 1 MB. Bring it in in parts; nothing has been added yet."))
        said["text"] = said.get("text", "").replace("\x00", "")
        return said

    def choices(self) -> Choices:
        said, form = self.cleaned_data, self.data.get("form", "")
        is_new = self.came_as_file or form not in dict(FORMS)
        if is_new:
            form = reading.form_of(said["text"], from_file=self.came_as_file)
        return Choices(
            form=form,
            zone=said["zone"],
            item_kind=said.get("item_kind", ""),
            actor_kind=said.get("actor_kind", ""),
            lang=said["lang"],
            columns=None if is_new else self._columns(form),
            headed=None if is_new or "columns" not in self.data else "headed" in self.data,
        )

    def _columns(self, form: str) -> tuple[str, ...] | None:
        """As chosen, unless the text is cut in another way than when they were."""
        count = whole(self.data.get("columns", ""))
        if form != self.data.get("was_form") or not count:
            return None
        known = heads.targets(self.kind)
        chosen = [self.data.get(f"{COLUMN}{n}", "") for n in range(min(count, MOST_COLUMNS))]
        return tuple(target if target in known else heads.NOTHING for target in chosen)


class LookForm(Form):
    """How the text is cut, and what each column of it holds."""

    form = forms.ChoiceField(label=gettext_lazy("The text is"), choices=FORMS)
    headed = forms.BooleanField(label=gettext_lazy("The first row says what the columns are"), required=False)

    def __init__(self, kind: Kind, *, form: str, head: list[str] | None, columns: list[str]) -> None:
        columns = columns[:MOST_COLUMNS] if len(columns) > 1 else []
        initial: Mapping[str, Any] = {"form": form, "headed": head is not None}
        super().__init__(initial={**initial, **{f"{COLUMN}{n}": target for n, target in enumerate(columns)}})
        self.count = len(columns)
        if not columns:
            del self.fields["headed"]
        for n in range(len(columns)):
            name = head[n].strip()[:60] if head and n < len(head) else ""
            label = name or _("Column %(n)s") % {"n": n + 1}
            self.fields[f"{COLUMN}{n}"] = forms.ChoiceField(label=label, choices=list(heads.targets(kind).items()))
