"""Draws the plain inputs of forms. Django's templates for them take ten times as long, and a plan has forty."""

from collections.abc import Callable
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

type Widget = dict[str, Any]


class Renderer(TemplatesSetting):
    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAWN.get(template_name)
        if draw is None or context["widget"].get("wrap_label"):
            return super().render(template_name, context, request)
        return draw(context["widget"])


def _input(widget: Widget) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', widget["value"])
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, flatatt(widget["attrs"])
    )


def _textarea(widget: Widget) -> SafeString:
    # Browsers drop one line break after the tag, so one of the text itself would be lost without it.
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], flatatt(widget["attrs"]), widget["value"] or ""
    )


def _select(widget: Widget) -> SafeString:
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _index in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(name: str | None, options: list[Widget]) -> SafeString:
    lines = ((option["value"], flatatt(option["attrs"]), option["label"]) for option in options)
    drawn = format_html_join("", '<option value="{}"{}>{}</option>', lines)
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn


def _names(drawn: Callable[[Widget], SafeString], *kinds: str) -> dict[str, Callable[[Widget], SafeString]]:
    return {f"django/forms/widgets/{kind}.html": drawn for kind in kinds}


DRAWN = {
    **_names(_input, "input", "text", "number", "email", "url", "hidden", "date", "time", "datetime", "checkbox"),
    **_names(_input, "radio_option", "checkbox_option"),
    **_names(_textarea, "textarea"),
    **_names(_select, "select"),
}
