"""What can be said of an item beside its words: one small form each, so that each is saved by itself."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rihma.canvases import marks, rules
from rihma.canvases.forms import OperationForm
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Payload

LONGEST_HEAD = 60


class MarkForm(OperationForm):
    """Tags, group, and how many said it. What was not touched is not sent: somebody else may be changing it."""

    tags = forms.CharField(
        label=_("Tags"),
        help_text=_("Put a comma between two."),
        required=False,
        max_length=marks.MOST_TAGS * (marks.LONGEST_TAG + 10),
    )
    group = forms.CharField(
        label=_("Group"),
        help_text=_("Items with the same group stand together under its title."),
        required=False,
        max_length=10 * marks.LONGEST_TITLE,
    )
    people = forms.IntegerField(
        label=_("Said in the room by so many people"), required=False, min_value=0, max_value=marks.MOST_PEOPLE
    )

    def __init__(self, item: Item, groups: Iterable[str], data: QueryDict | None = None) -> None:
        said = item.marks
        self.before = list(said.get("tags", ()))
        initial = {"tags": ", ".join(self.before), "group": said.get("group", ""), "people": said.get("people")}
        super().__init__(data, initial=initial, auto_id=f"mark-{item.pk}-%s")
        self.groups = sorted(set(groups))
        self.fields["group"].widget.attrs["list"] = f"groups-{item.pk}"
        for name in self.fields:
            self.fields[name].show_hidden_initial = name in ("tags", "group", "people")

    def payloads(self) -> list[Payload]:
        """An operation for each mark that is another now."""
        said: list[Payload] = []
        if "tags" in self.changed_data:
            before = _tags(self.data.get(self.add_initial_prefix("tags"), ""))
            now = _tags(self.cleaned_data["tags"])
            said += [Payload(untag=tag) for tag in before if tag not in now]
            said += [Payload(tag=tag) for tag in now if tag not in before]
        if "group" in self.changed_data:
            said.append(Payload(group=" ".join(self.cleaned_data["group"].split())))
        if "people" in self.changed_data:
            said.append(Payload(people=self.cleaned_data["people"] or 0))
        return said


def _tags(text: str) -> list[str]:
    return list(dict.fromkeys(tag for part in text.split(",") if (tag := " ".join(part.split()))))


class EndForm(OperationForm):
    """One that names another item of the canvas."""

    def __init__(self, name: str, item: Item, others: Iterable[Item], data: QueryDict | None = None) -> None:
        super().__init__(data, initial={}, auto_id=f"{name}-{item.pk}-%s")
        choices = [(str(other.pk), _head(other)) for other in others if other.pk != item.pk]
        self.fields["to"] = forms.ChoiceField(label=_("Item"), choices=[("", "–"), *choices])


class LinkForm(EndForm):
    word = forms.CharField(
        label=_("How they belong together"),
        help_text=_("A word or two, such as “leads to”. May be left empty."),
        required=False,
        max_length=10 * marks.LONGEST_TITLE,
    )

    def payload(self) -> Payload:
        return {"link": {"to": self.cleaned_data["to"], "word": " ".join(self.cleaned_data["word"].split())}}


class SameForm(EndForm):
    """This item says what another one says, so it goes, and the other one knows of it."""

    def payload(self) -> Payload:
        return {"same_as": self.cleaned_data["to"]}


class TranslationForm(OperationForm):
    base = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text = forms.CharField(
        label=_("Translation"),
        widget=forms.Textarea({"rows": 3}),
        required=False,
        max_length=10 * rules.LONGEST_TEXT,
        help_text=_("Leave it empty to take the translation away."),
    )
    made = forms.ChoiceField(
        label=_("Translated by"), choices=[("human", _("A person")), ("machine", _("A machine"))], initial="human"
    )

    def __init__(self, item: Item, lang: str, data: QueryDict | None = None) -> None:
        was = item.marks.get("translations", {}).get(lang, {})
        initial: dict[str, Any] = {"text": was.get("text", ""), "made": was.get("made", "human"), "base": item.text_seq}
        super().__init__(data, initial=initial, auto_id=f"translation-{item.pk}-{lang}-%s")
        self.lang = lang
        self.name = dict(settings.LANGUAGES)[lang]
        self.fields["text"].widget.attrs["lang"] = lang

    def payload(self) -> Payload:
        said = self.cleaned_data
        return {"translation": {"lang": self.lang, "text": said["text"].strip(), "made": said["made"]}}


class SendForm(OperationForm):
    """To another canvas of the team: a copy that knows where it came from."""

    def __init__(self, item: Item, canvases: Iterable[Canvas], data: QueryDict | None = None) -> None:
        super().__init__(data, initial={}, auto_id=f"send-{item.pk}-%s")
        self.by_id = {str(canvas.pk): canvas for canvas in canvases}
        choices = [("", "–"), *((pk, str(canvas)) for pk, canvas in self.by_id.items())]
        self.fields["canvas"] = forms.ChoiceField(label=_("Canvas"), choices=choices)

    def clean_canvas(self) -> Canvas:
        return self.by_id[self.cleaned_data["canvas"]]


def other_languages(item: Item) -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != item.lang]


def _head(item: Item) -> str:
    """Enough of its text to know it by."""
    text = " ".join(item.text.split())
    return f"{text[:LONGEST_HEAD]}…" if len(text) > LONGEST_HEAD else text
