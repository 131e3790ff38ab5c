"""What a field of a form is drawn from: which dress it wears, and where its errors lead."""

from dataclasses import dataclass
from typing import Any

from django import forms

# Their words must be a legend and not a label, because several inputs stand under one question.
GROUPS = ("radioselect", "checkboxselectmultiple")


@dataclass(frozen=True)
class Fault:
    """One thing to mend, and the id of the input where it is mended."""

    message: str
    label: str = ""
    target: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.message}" if self.label else self.message


def drawing(field: forms.BoundField) -> dict[str, Any]:
    needed = field.field.required or getattr(field.field, "needed", False)
    return {
        "dress": dress(field),
        "look": field.field.widget.attrs.get("data-look", ""),
        # Asked of the plain fields, since a form makes its list of visible ones anew each time.
        "optional": not needed and any(_must_be_filled(one) for one in field.form.fields.values()),
    }


def _must_be_filled(field: forms.Field) -> bool:
    return field.required and not field.widget.is_hidden


def dress(field: forms.BoundField) -> str:
    if field.widget_type in GROUPS:
        return "choices"
    if field.widget_type == "checkbox":
        return "tick"
    return "group" if field.use_fieldset else "plain"


def faults(form: forms.Form) -> list[Fault]:
    """Every error of the form in the order of its fields, those of the whole form first."""
    whole = [Fault(str(message)) for message in form.non_field_errors()]
    hidden = [Fault(str(message), str(f.label)) for f in form.hidden_fields() for message in f.errors]
    return (
        whole
        + hidden
        + [Fault(str(message), str(f.label), target(f)) for f in form.visible_fields() for message in f.errors]
    )


def target(field: forms.BoundField) -> str:
    """The first input of the field: a link to a group of inputs would not move the focus."""
    if isinstance(field.field.widget, forms.MultiWidget):
        return f"{field.auto_id}_0"
    if field.widget_type in GROUPS and len(field):
        return str(field[0].id_for_label)
    return field.id_for_label
