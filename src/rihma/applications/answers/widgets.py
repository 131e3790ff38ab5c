"""Inputs of several parts. Part names begin with a dot, which no key of a question has: none is taken for another's."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rihma.applications.answers.kinds import LONGEST_LINE
from rihma.calls.rules import Value

PERSON_PARTS = {"name": _("Name"), "organisation": _("Organisation"), "email": _("E-mail address")}
AUTOCOMPLETE = {"name": "off", "organisation": "off", "email": "off"}
ROW_PARTS = {"name": _("Name"), "organisation": _("Organisation"), "task": _("Task in the team")}


class FewRadios(forms.RadioSelect):
    """Those of which no place is left can be seen and not chosen."""

    def __init__(self, full: Collection[str]) -> None:
        super().__init__()
        self.full = full

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        if str(option["value"]) in self.full:
            option["attrs"]["disabled"] = True
        return option


class Parts(forms.MultiWidget):
    template_name = "applications/widgets/parts.html"

    def __init__(self, parts: Mapping[str, forms.Widget], labels: Mapping[str, Any]) -> None:
        super().__init__(dict(parts))
        self.widgets_names = [f".{name}" for name in parts]
        self.labels = list(labels.values())

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], self.labels, strict=True):
            part["part_label"] = label
        return context


class PersonWidget(Parts):
    def __init__(self) -> None:
        kinds = {"name": forms.TextInput, "organisation": forms.TextInput, "email": forms.EmailInput}
        super().__init__({name: kind({"autocomplete": "off"}) for name, kind in kinds.items()}, PERSON_PARTS)

    def decompress(self, value: Value) -> list[str]:
        known = value if isinstance(value, Mapping) else {"name": value or ""}
        return [known.get(name, "") for name in PERSON_PARTS]


class PersonField(forms.MultiValueField):
    def __init__(self) -> None:
        fields = [forms.CharField(max_length=LONGEST_LINE, required=False) for _name in PERSON_PARTS]
        super().__init__(fields, widget=PersonWidget(), require_all_fields=False)

    def compress(self, data_list: list[str]) -> Value:
        said = {name: text for name, text in zip(PERSON_PARTS, data_list, strict=False) if text}
        return said or ""


class Ranks(Parts):
    """A list to choose from for each place: works by keyboard, without dragging."""

    template_name = "applications/widgets/ranks.html"

    def __init__(self, choices: Sequence[tuple[str, str]], count: int) -> None:
        places = [str(place) for place in range(1, count + 1)]
        super().__init__({place: forms.Select(choices=choices) for place in places}, {place: place for place in places})

    def decompress(self, value: Value) -> list[str]:
        known = [str(one) for one in value] if isinstance(value, list) else []
        return [*known, *[""] * len(self.widgets)][: len(self.widgets)]

    @classmethod
    def field(cls, choices: Sequence[tuple[str, str]], count: int) -> "RanksField":
        return RanksField(cls(choices, count), count)


class RanksField(forms.MultiValueField):
    def __init__(self, widget: Ranks, count: int) -> None:
        fields = [forms.CharField(max_length=LONGEST_LINE, required=False) for _place in range(count)]
        super().__init__(fields, widget=widget, require_all_fields=False)

    def compress(self, data_list: list[str]) -> Value:
        return [key for key in data_list if key]


class RowsWidget(forms.Widget):
    """Rows of a few inputs each; with script more can be added, without it saving brings an empty one."""

    template_name = "applications/widgets/rows.html"
    use_fieldset = True

    def __init__(self, rows: int, most: int) -> None:
        super().__init__()
        self.rows, self.most = rows, most

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        known = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
        count = min(max(self.rows, len(known) + 1), self.most)
        filled = [*known, *[{}] * count][: max(count, len(known))]
        context["widget"] |= {
            "rows": [self._row(name, number, row, context) for number, row in enumerate(filled)],
            "blank": self._row(name, "ROW", {}, context),
            "most": self.most,
        }
        return context

    def _row(self, name: str, number: object, row: Mapping[str, str], context: dict[str, Any]) -> dict[str, Any]:
        stem = context["widget"]["attrs"].get("id", f"id_{name}")
        parts = [
            {
                "name": f"{name}.{number}.{part}",
                "id": f"{stem}_{number}_{part}",
                "label": label,
                "value": row.get(part, ""),
            }
            for part, label in ROW_PARTS.items()
        ]
        return {"number": number, "shown": number + 1 if isinstance(number, int) else "", "parts": parts}

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> Any:
        rows = []
        for number in range(self.most):
            row = {part: str(data.get(f"{name}.{number}.{part}", "")).strip() for part in ROW_PARTS}
            rows.append({part: text for part, text in row.items() if text})
        return [row for row in rows if row]

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        return not any(one.startswith(f"{name}.") for one in data)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0_name"


class RowsField(forms.Field):
    def __init__(self, rows: int, most: int) -> None:
        super().__init__(widget=RowsWidget(rows, most))

    def clean(self, value: Any) -> Value:
        """Too long is refused as everywhere, whatever it is."""
        for row in value or []:
            for text in row.values():
                forms.CharField(max_length=LONGEST_LINE).run_validators(text)
        return value or []
