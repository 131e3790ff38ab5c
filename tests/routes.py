"""Every address of the site."""

from collections.abc import Iterator, Sequence

from django.urls import URLPattern, URLResolver, get_resolver


def routes() -> dict[str, list[str]]:
    """Every named route of the site → the parameters of its address. A view without a name cannot be listed."""
    return dict(sorted(_routes(get_resolver().url_patterns, "", [])))


def _routes(patterns: Sequence[object], space: str, above: list[str]) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            within = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern.url_patterns, within, [*above, *pattern.pattern.converters])
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", [*above, *pattern.pattern.converters]
