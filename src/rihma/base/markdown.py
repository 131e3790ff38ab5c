from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Longer texts than this are shown as they were typed: no parser deserves an essay without end.
LONGEST = 100_000
TAGS = {"a", "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "code", "pre", "hr"}

_parser = MarkdownIt("commonmark", {"html": False})


# The same few texts are shown to every reader.
@lru_cache(maxsize=500)
def to_html(text: str) -> SafeString:
    """Markdown to HTML that holds no script, no image and no address but http(s) and mail."""
    rendered = _parser.render(text[:LONGEST])
    clean = nh3.clean(rendered, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"})
    return mark_safe(clean)  # noqa: S308 - nh3 has just cleaned it
