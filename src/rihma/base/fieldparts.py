"""What a field of a form is drawn from: which dress it wears, and where its errors lead."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# Written here because most fields wear this one and a plan has forty: three templates within each other take long.
PLAIN = '\n    \n<div class="field{}">\n    <label for="{}">\n        {}\n        {}\n    </label>\n    {}\n    {}\n</div>\n\n\n'


@dataclass(frozen=True)
class Fault:
    """One thing to mend, and the id of the input where it is mended."""

    message: str
    label: str = ""
    target: str = ""

    def __str__(self) -> str:
        return f"{self.label}: {self.message}" if self.label else self.message


def drawn(field: forms.BoundField) -> SafeString:
    worn = drawing(field)
    if worn["dress"] != "plain":
        return render_to_string("base/form_field.html", {"field": field, **worn})
    optional = format_html('<span class="optional">({})</span>', _("optional")) if worn["optional"] else ""
    says = field.help_text or field.errors
    words = render_to_string("base/field_words.html", {"field": field}) if says else ""
    failed = " failed" if field.errors else ""
    return format_html(PLAIN, failed, field.id_for_label, field.label, optional, words, field)


def drawing(field: forms.BoundField) -> dict[str, Any]:
    needed = field.field.required or getattr(field.field, "needed", False)
    return {
        "dress": dress(field),
        "look": field.field.widget.attrs.get("data-look", ""),
        # Asked of the plain fields, since a form makes its list of visible ones anew each time.
        "optional": not needed and _asks(field.form),
    }


def _asks(form: forms.BaseForm) -> bool:
    """Whether it must be told anything at all: the same for all of its fields."""
    known: dict[str, bool] = vars(form)
    if "_asks" not in known:
        known["_asks"] = any(_must_be_filled(one) for one in form.fields.values())
    return known["_asks"]


def _must_be_filled(field: forms.Field) -> bool:
    return field.required and not field.widget.is_hidden


def dress(field: forms.BoundField) -> str:
    # Their words must be a legend and not a label, because several inputs stand under one question.
    if isinstance(field.field.widget, forms.RadioSelect):
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
    if isinstance(field.field.widget, forms.RadioSelect) and len(field):
        return str(field[0].id_for_label)
    return field.id_for_label
