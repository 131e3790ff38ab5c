"""Inputs are drawn as Django's own templates draw them, only sooner."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.test.html import parse_html

from rihma.base.widgets import Renderer

CHOICES = [("a", "A & B"), ("", "–"), ("Group", [("c", "C")])]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput({"class": "wide", "required": True, "disabled": False}), '"<quoted>"'),
    (forms.TextInput(), None),
    (forms.NumberInput({"step": "any"}), 1.5),
    (forms.EmailInput(), "aino@virasto.example"),
    (forms.HiddenInput(), 0),
    (forms.DateInput(), "2026-11-24"),
    (forms.CheckboxInput(), True),
    (forms.Textarea({"rows": 3}), "\n<b>first</b> line"),
    (forms.Textarea(), None),
    (forms.Select(choices=CHOICES), "c"),
    (forms.Select(choices=CHOICES), ""),
    (forms.RadioSelect(choices=CHOICES[:2]), "a"),
    (forms.CheckboxSelectMultiple(choices=CHOICES[:2]), ["a"]),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_input_is_drawn_as_django_draws_it(widget: forms.Widget, value: Any) -> None:
    attrs = {"id": "id_x", "data-n": 3}
    ours = widget.render("x", value, attrs, renderer=Renderer())
    theirs = widget.render("x", value, attrs, renderer=TemplatesSetting())
    assert parse_html(ours) == parse_html(theirs)


def test_single_choice_is_drawn_without_a_label_around_it() -> None:
    form = forms.Form()
    form.fields["x"] = forms.ChoiceField(choices=CHOICES[:2], widget=forms.RadioSelect, initial="a")
    first = next(iter(form["x"]))
    assert parse_html(first.tag()) == parse_html('<input type="radio" name="x" value="a" id="id_x_0" required checked>')


def test_line_break_at_the_start_of_a_text_is_kept() -> None:
    assert (
        Renderer().render(
            "django/forms/widgets/textarea.html", {"widget": {"name": "x", "attrs": {}, "value": "\nfirst"}}
        )
        == '<textarea name="x">\n\nfirst</textarea>'
    )
