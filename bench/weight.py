"""What a browser fetches to show a page, compressed as it travels, with every file its style sheets and scripts name."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bench.server import Page, Server

NAMED_IN_CSS = re.compile(r"""(?:url\(|@import\s+)\s*["']?([^"')]+)""")
NAMED_IN_JS = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{0,2}/[^"']+)""")
LOADED = {"stylesheet", "preload", "modulepreload", "icon"}


class _Names(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        loads = tag in {"script", "img"} or (tag == "link" and (has.get("rel") or "") in LOADED)
        address = has.get("href" if tag == "link" else "src")
        # What the page's own script asks for once it has been drawn counts, too.
        self.found += [named for named in (address if loads else None, has.get("data-later")) if named]


def weigh(server: Server, page: Page) -> dict[str, int]:
    """Path → bytes of its body as sent with gzip. Fonts for scripts that the page may not need count as well."""
    weights: dict[str, int] = {}
    waiting = [page.path]
    while waiting:
        path = waiting.pop()
        if path in weights:
            continue
        answer, sent = server.get(Page(path, page.cookie), **{"Accept-Encoding": "gzip"})
        assert answer.status == 200, f"{path} answers {answer.status}"  # noqa: PLR2004 - HTTP
        weights[path] = len(sent)
        waiting += [named for named in names(server, Page(path, page.cookie)) if named not in weights]
    return weights


def names(server: Server, page: Page) -> list[str]:
    answer, body = server.get(page)
    kind = answer.headers.get_content_type()
    if kind == "text/html":
        parser = _Names()
        parser.feed(body.decode())
        found = parser.found
    elif kind == "text/css":
        found = NAMED_IN_CSS.findall(body.decode())
    elif "javascript" in kind:
        found = NAMED_IN_JS.findall(body.decode())
    else:
        found = []
    paths = (urlsplit(urljoin(page.path, name)) for name in found if not name.startswith(("data:", "#")))
    return [parts.path for parts in paths if not parts.netloc]
