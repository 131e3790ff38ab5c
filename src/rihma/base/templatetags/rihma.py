"""What every template may say; an example of each stands in `base/gallery.html`."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rihma.base import fieldparts, icons, markdown, parts, places, said, slots
from rihma.base.ruler import Ruler
from rihma.base.templatetags import once
from rihma.base.words import Words

# inside a script element only these could end it
JSON_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}

register = template.Library()
register.tag(once.url)
register.simple_tag(icons.icon, name="icon")
register.simple_tag(said.day_hours)
register.simple_tag(said.days)
register.filter("day_hours", said.span)
for saying in (
    said.day,
    said.date_only,
    said.moment,
    said.clock_time,
    said.ago,
    said.until,
    said.number,
    said.percent,
):
    register.filter(saying.__name__, saying)


@register.simple_tag(name="words")
def words_tag(words: Words) -> SafeString | str:
    """The text in the reader's language; marked with its own language where it had to fall back."""
    if not words or get_language() in words:
        return str(words)
    return format_html('<span lang="{}">{}</span>', words.lang, str(words))


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, thing: object) -> SafeString:
    return slots.fill(name, context["request"], thing)


@register.simple_tag
def absolute(name: str, *args: Any, **kwargs: Any) -> str:
    """A full address, for mails and feeds."""
    return settings.BASE_URL + reverse(name, args=args, kwargs=kwargs)


@register.filter(name="markdown")
def markdown_filter(text: object) -> SafeString:
    return markdown.to_html(str(text))


@register.simple_tag
def json_ld(data: dict[str, object]) -> SafeString:
    """Structured data for search engines. A data block: the browser runs nothing of it."""
    text = json.dumps(data, ensure_ascii=False).translate(JSON_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


@register.simple_tag
def tongues(path: str) -> list[places.Tongue]:
    return places.tongues(path, said.language())


@register.inclusion_tag("base/form_fields.html")
def form_fields(form: forms.Form) -> dict[str, Any]:
    return {"form": form}


@register.simple_tag
def form_field(field: forms.BoundField) -> SafeString:
    return fieldparts.drawn(field)


@register.inclusion_tag("base/error_summary.html")
def error_summary(form: forms.Form) -> dict[str, Any]:
    return {"faults": fieldparts.faults(form)}


@register.inclusion_tag("base/save_state.html")
def save_state(saved_at: datetime | None = None) -> dict[str, Any]:
    return {"saved_at": saved_at}


@register.inclusion_tag("base/confirm.html", takes_context=True)
def confirm(
    context: Context,
    action: str,
    button: str,
    title: str,
    text: str = "",
    *,
    yes: str = "",
    main: bool = False,
    danger: bool = False,
) -> dict[str, Any]:
    return {
        "action": action,
        "button": button,
        "title": title,
        "text": text,
        "yes": yes or button,
        "main": main,
        "danger": danger,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def status(kind: str, word: str = "", colour: str = "") -> SafeString:
    """A badge. Kinds without a word of their own must bring one."""
    return _status(str(kind), str(word), colour, said.language())


@register.simple_tag
def mark(kind: str) -> SafeString:
    """Only the sign of a rule, for tables; its word is read out."""
    return _mark(str(kind), "", said.language())


@register.simple_tag
def marks(checks: Iterable[parts.Check]) -> SafeString:
    """The signs of all rules of one row, each with the rule's title."""
    language = said.language()
    return SafeString("".join(_mark(one.state, str(one.title), language) for one in checks))


@register.inclusion_tag("base/checklist.html")
def checklist(checks: Iterable[object]) -> dict[str, Any]:
    return {"checks": checks}


@register.inclusion_tag("base/thread.html")
def thread(nodes: Iterable[object], label: str, *, small: bool = False, down: bool = False) -> dict[str, Any]:
    return {"nodes": list(nodes), "label": label, "small": small, "down": down}


@register.inclusion_tag("base/thread.html")
def date_thread(nodes: Iterable[object], label: str, *, down: bool = False) -> dict[str, Any]:
    return {"nodes": list(nodes), "label": label, "dated": True, "down": down}


@register.simple_tag
def node_word(node: object) -> str:
    return str(parts.NODE_WORDS[getattr(node, "state", "ahead")])


@register.inclusion_tag("base/progress.html")
def progress(done: int, of: int, label: str = "") -> dict[str, Any]:
    return {"done": done, "of": of, "label": label or _("Step")}


@register.inclusion_tag("base/meter.html")
def meter(count: int, most: int, label: str, least: int = 0) -> dict[str, Any]:
    return {"count": count, "most": most, "least": least, "label": label, "over": count - most, "short": least - count}


@register.inclusion_tag("base/ruler.html")
def ruler(
    value: float,
    threshold: float,
    low: float | None = None,
    high: float | None = None,
    *,
    at_least: bool = True,
    unit: str = "",
) -> dict[str, Any]:
    return {"ruler": Ruler(value, threshold, low, high), "at_least": at_least, "unit": unit}


@register.inclusion_tag("base/crumbs.html")
def crumbs(*words_and_places: object) -> dict[str, Any]:
    """Pairs of a title and an address; the last title, without an address, is here."""
    return {"crumbs": [words_and_places[n : n + 2] for n in range(0, len(words_and_places), 2)]}


@register.inclusion_tag("base/chips.html")
def chips(options: Sequence[object], label: str) -> dict[str, Any]:
    return {"options": options, "label": label}


@register.inclusion_tag("base/tabs.html")
def tabs(options: Sequence[object], label: str) -> dict[str, Any]:
    return {"options": options, "label": label}


@register.inclusion_tag("base/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any]) -> dict[str, Any]:
    around = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "around": list(around), "gap": page.paginator.ELLIPSIS, "request": context["request"]}


@register.simple_tag
@cache
def logo() -> SafeString:
    return render_to_string("base/logo.svg")


@register.simple_tag
@cache
def drawing(name: str) -> SafeString:
    return render_to_string(f"base/drawings/{name}.svg")


@register.inclusion_tag("base/empty.html")
def empty_state(kind: str, title: str, text: str = "", url: str = "", button: str = "") -> dict[str, Any]:
    return {"kind": kind, "title": title, "text": text, "url": url, "button": button}


@register.simple_tag
def shape(form: str, tint: str = "stone") -> SafeString:
    return format_html('<span class="shape" data-tint="{}">{}</span>', tint, _shape(form))


@register.simple_tag
def initials(name: str, shape: str = "", tint: str = "stone") -> SafeString:
    """A person's letters, with the shape and tint of a sector; the name itself stands beside it."""
    words = name.replace("-", " ").split()
    letters = "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper() if words else "?"
    badge = _shape(shape) if shape else ""
    return format_html('<span class="initials" data-tint="{}" aria-hidden="true">{}{}</span>', tint, badge, letters)


def _shape(form: str) -> SafeString:
    drawn = parts.SHAPES[form]
    return format_html('<svg viewBox="0 0 24 24" aria-hidden="true"><g class="shape-form">{}</g></svg>', drawn)


# A long table says the same few statuses and signs hundreds of times.
@lru_cache(maxsize=500)
def _status(kind: str, word: str, colour: str, _language: str) -> SafeString:
    known = parts.STATUSES.get(kind) or parts.Status(word)
    if not (word or known.word):
        raise LookupError(f"status {kind!r} has no word; give one, or name it in base/parts.py")
    drawn = '<span class="status" data-color="{}">{}{}</span>'
    return format_html(drawn, colour or known.colour, _sign(known.sign), word or known.word)


@lru_cache(maxsize=500)
def _mark(kind: str, title: str, _language: str) -> SafeString:
    known = parts.STATUSES[kind]
    drawn = format_html(
        '<span class="mark" data-color="{}" title="{}">{}<span class="sr-only">{}</span></span>',
        known.colour,
        known.word,
        _sign(known.sign),
        known.word,
    )
    return (
        format_html('<span title="{}">{}<span class="sr-only">{}</span></span>', title, drawn, title)
        if title
        else drawn
    )


@cache
def _sign(sign: str) -> SafeString:
    if sign in parts.SIGNS:
        return format_html('<span class="sign {}"></span>', sign)
    return icons.icon(sign)
