from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, QueryDict

from rihma.base.refused import Refused
from rihma.base.words import Words


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the sent fields, also when there are none, and None before anything was sent."""
    return request.POST if request.method == "POST" else None


class Form(forms.Form):
    """Checks shape; deeds are refused by rules. What was typed stays on the page either way."""

    result: Any = None

    def attempt(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
        """Call the action and keep what it answers as `result`; a refusal becomes an error of this form."""
        try:
            self.result = action(*args, **kwargs)
        except Refused as refused:
            self.add_error(refused.field if refused.field in self.fields else None, str(refused))
            return False
        return True


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
