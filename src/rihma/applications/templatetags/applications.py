from collections.abc import Callable

from django import template
from django.utils.translation import ngettext

register = template.Library()

UNITS: tuple[tuple[int, Callable[[int], str]], ...] = (
    (86_400, lambda n: ngettext("%(n)s day", "%(n)s days", n)),
    (3_600, lambda n: ngettext("%(n)s hour", "%(n)s hours", n)),
    (60, lambda n: ngettext("%(n)s minute", "%(n)s minutes", n)),
    (1, lambda n: ngettext("%(n)s second", "%(n)s seconds", n)),
)


@register.filter
def lasting(seconds: int) -> str:
    """In its two largest units: how many seconds it was after two weeks decides nothing."""
    said = []
    for size, words in UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            said.append(words(count) % {"n": count})
    return " ".join(said[:2])
