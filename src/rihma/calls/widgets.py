"""Inputs of the form builder that have several parts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rihma.base.numerals import whole
from rihma.base.words import Words

MOST_OPTIONS = 100
LONGEST_LABEL = 300
MOST_PLACES = 10_000
# Empty rows that stand ready, so that it works without script too.
READY = 3


class OptionsWidget(forms.Widget):
    """A row an option, an input a language; keys stay hidden, because answers hold them."""

    template_name = "calls/widgets/options.html"
    use_fieldset = True

    def __init__(self, *, with_places: bool) -> None:
        super().__init__()
        self.with_places = with_places

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        known = [one for one in value or [] if not one.get("retired")]
        blank: list[dict[str, Any]] = [{} for _n in range(READY if known else READY + 1)]
        context["widget"] |= {
            "rows": [self._row(name, number, option) for number, option in enumerate([*known, *blank])],
            "blank": self._row(name, "ROW", {}),
            "languages": settings.LANGUAGES,
            "with_places": self.with_places,
            "paste_name": f"{name}.paste",
        }
        return context

    def _row(self, name: str, number: object, option: Mapping[str, Any]) -> dict[str, Any]:
        label = option.get("label") or {}
        texts = [
            {"name": f"{name}.{number}.{code}", "lang": code, "language": spoken, "value": label.get(code, "")}
            for code, spoken in settings.LANGUAGES
        ]
        return {
            "stem": f"{name}.{number}",
            "number": number + 1 if isinstance(number, int) else "",
            "key": option.get("key", ""),
            "texts": texts,
            "places": option.get("places") or "",
        }

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> Any:
        numbers = sorted(range(MOST_OPTIONS), key=lambda number: _place(data.get(f"{name}.{number}.place"), number))
        rows = [self._sent(data, f"{name}.{number}") for number in numbers]
        pasted = [_pasted(line) for line in str(data.get(f"{name}.paste", "")).splitlines()]
        return [row for row in (*rows, *pasted) if row["label"]]

    def _sent(self, data: Mapping[str, Any], stem: str) -> dict[str, Any]:
        label = Words({code: str(data.get(f"{stem}.{code}", "")).strip() for code, _spoken in settings.LANGUAGES})
        places = str(data.get(f"{stem}.places", "")).strip()
        given = {"key": str(data.get(f"{stem}.key", "")), "label": label.to_dict()}
        return {**given, "places": whole(places) if places.isdecimal() else None} if self.with_places else given

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        return not any(one.startswith(f"{name}.") for one in data)

    def id_for_label(self, _id: str) -> str:
        return "options.0.fi"


def _place(sent: Any, number: int) -> tuple[int, int, int]:
    """By the place that was written. Of two that want the same one, the one that moved towards it gets it."""
    text, here = str(sent or "").strip(), number + 1
    wanted = int(text) if text.isdecimal() else here
    return wanted, (wanted > here) - (wanted < here), number


def _pasted(line: str) -> dict[str, Any]:
    """One option a line, its languages apart by a tab or a semicolon, as a sheet gives them."""
    texts = [part.strip() for part in line.replace("\t", ";").split(";")]
    codes = [code for code, _spoken in settings.LANGUAGES]
    return {"key": "", "label": Words(dict(zip(codes, texts, strict=False))).to_dict()}


class OptionsField(forms.Field):
    def __init__(self, *, with_places: bool, **kwargs: Any) -> None:
        super().__init__(widget=OptionsWidget(with_places=with_places), required=False, **kwargs)
        self.needed = True

    def clean(self, value: Any) -> list[dict[str, Any]]:
        options = list(value or [])
        if len(options) > MOST_OPTIONS:
            raise ValidationError(_("At most %(n)s options.") % {"n": MOST_OPTIONS})
        for option in options:
            if any(len(text) > LONGEST_LABEL for text in option["label"].values()):
                raise ValidationError(_("At most %(n)s characters an option.") % {"n": LONGEST_LABEL})
            if (option.get("places") or 0) > MOST_PLACES:
                raise ValidationError(_("At most %(n)s places an option.") % {"n": MOST_PLACES})
        return options
