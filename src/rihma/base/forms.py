from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any, Self, cast

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rihma.base import dates
from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.base.unsent import Resumed, resumed
from rihma.base.words import Words

type Pairs = Iterable[tuple[object, object]]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the sent fields, also when there are none, and None before anything was sent.

    After somebody had to sign in again: what they had typed, which the form shows and does not carry out.
    """
    return request.POST if request.method == "POST" else resumed(request)


class Form(forms.Form):
    """Checks shape; deeds are refused by rules. What was typed stays on the page either way."""

    result: Any = None

    def is_valid(self) -> bool:
        """What was only brought back to its page is not sent yet, however good it is."""
        return super().is_valid() and not isinstance(self.data, Resumed)

    def attempt(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call the action and keep what it answers as `result`; a refusal becomes an error of this form."""
        try:
            self.result = action(*args, **kwargs)
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, str(refused))
            return False
        return True

    def tell_saved(self, name: str, saved: object) -> None:
        """Beside the field: what somebody else saved in it meanwhile."""
        # The words go to the bound field, because checking the form has made it already.
        self[name].help_text = _("Saved by somebody else meanwhile: %(text)s") % {"text": self.told(name, saved)}

    def told(self, name: str, saved: object) -> str:
        """In words, as its field would show it."""
        if isinstance(saved, Words):
            typed = self.cleaned_data.get(name) or Words()
            differing = [lang for lang, _name in settings.LANGUAGES if saved.get(lang) != typed.get(lang)]
            names = dict(settings.LANGUAGES)
            return " · ".join(f"{names[lang]}: {saved.get(lang) or '–'}" for lang in differing)
        if isinstance(saved, bool):
            return _("Yes") if saved else _("No")
        field = self.fields[name]
        pairs = cast("Pairs", field.choices) if isinstance(field, forms.ChoiceField) else ()
        choices = {str(value): label for value, label in pairs}
        several = saved if isinstance(saved, list) else [saved]
        return ", ".join(self._one_told(choices.get(str(one), one)) for one in several) or "–"

    def _one_told(self, value: object) -> str:
        language = get_language() or settings.LANGUAGE_CODE
        if isinstance(value, date):
            return dates.date_only(value, language)
        if isinstance(value, time):
            return dates.clock_time(value, language)
        if isinstance(value, Decimal):
            return dates.number(value, language)
        return "–" if value is None or value == "" else str(value)


class SeenForm(Form):
    """Knows what it was filled from, so that saving does not overwrite what somebody else saved meanwhile."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def filled(cls, facts: Mapping[str, object], data: Mapping[str, str] | None) -> Self:
        """With what it is about, and the mark of that."""
        return cls(data, initial={**facts, "seen": mark_of(facts)})

    def attempt_seen(
        self, action: Callable[..., Any], *args: Any, newest: Callable[[], Mapping[str, object]], **kwargs: Any
    ) -> bool:
        """`attempt`, and after a refusal what was saved meanwhile: `newest` looks it up."""
        if self.attempt(action, *args, **kwargs):
            return True
        facts = newest()
        self.show_newer(facts, mark_of(facts))
        return False

    def show_newer(self, newest: Mapping[str, object], mark: str) -> None:
        """After a refusal: what was typed stays, and beside each field that differs stands what was saved meanwhile."""
        if self.data.get("seen") == mark:
            return
        data = QueryDict(mutable=True)
        data.update(cast("Mapping[str, str]", self.data))
        for name, saved in newest.items():
            if name not in self.fields:
                continue
            if self._is_not_sent(name):
                # Somebody added it meanwhile. Left empty, it would be taken for removed when this form is saved.
                data.update(self._as_sent(name, saved))
            elif saved != self.cleaned_data.get(name):
                self.tell_saved(name, saved)
        data["seen"] = mark
        self.data = data

    def _is_not_sent(self, name: str) -> bool:
        field = self.fields[name]
        if isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
            return False  # a browser says nothing of a box that is not ticked
        sent = [name, *(f"{name}_{lang}" for lang, _name in settings.LANGUAGES)]
        return not field.disabled and not any(one in self.data for one in sent)

    def _as_sent(self, name: str, saved: object) -> dict[str, str]:
        if isinstance(saved, Words):
            return {f"{name}_{lang}": text for lang, text in saved.items()}
        return {name: "" if saved is None else str(saved)}


class WordsWidget(forms.MultiWidget):
    template_name = "base/widgets/words.html"

    def __init__(self, languages: Sequence[str], *, rows: int) -> None:
        self.languages = languages
        widget = forms.TextInput if rows == 1 else forms.Textarea
        extra = {} if rows == 1 else {"rows": rows}
        super().__init__({lang: widget({**extra, "lang": lang}) for lang in languages})

    def decompress(self, value: Words | None) -> list[str]:
        return [value.get(lang, "") if value else "" for lang in self.languages]


class WordsFormField(forms.MultiValueField):
    """An input a language. `required` asks for the first language only: drafts may grow.

    `needed`: a rule will ask for it, in any language, so it is not called optional.
    """

    def __init__(
        self, *, rows: int = 1, max_length: int = 500, required: bool = True, needed: bool = False, **kwargs: Any
    ) -> None:
        self.needed = needed
        self.languages = [lang for lang, _ in settings.LANGUAGES]
        fields = [
            forms.CharField(max_length=max_length, required=required and lang == self.languages[0])
            for lang in self.languages
        ]
        super().__init__(
            fields,
            widget=WordsWidget(self.languages, rows=rows),
            required=required,
            require_all_fields=False,
            **kwargs,
        )

    def compress(self, data_list: list[str]) -> Words:
        return Words(dict(zip(self.languages, data_list, strict=False)))
