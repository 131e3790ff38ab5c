from typing import Any

from django import forms, template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rihma.base import slots
from rihma.base.words import Words

register = template.Library()


@register.simple_tag(name="words")
def words_tag(words: Words) -> SafeString | str:
    """The text in the reader's language; marked with its own language where it had to fall back."""
    if not words or words.lang == get_language():
        return str(words)
    return format_html('<span lang="{}">{}</span>', words.lang, str(words))


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, thing: object) -> SafeString:
    return slots.fill(name, context["request"], thing)


@register.simple_tag
def absolute(name: str, *args: Any, **kwargs: Any) -> str:
    """A full address, for mails and feeds."""
    return settings.BASE_URL + reverse(name, args=args, kwargs=kwargs)


@register.inclusion_tag("base/form_fields.html")
def form_fields(form: forms.Form) -> dict[str, Any]:
    return {"form": form}


@register.inclusion_tag("base/form_field.html")
def form_field(field: forms.BoundField) -> dict[str, Any]:
    return {"field": field}
