import pytest

from rihma.base.markdown import LONGEST, to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("**loud** *soft*", "<p><strong>loud</strong> <em>soft</em></p>\n"),
        ("## Head", "<h2>Head</h2>\n"),
    ],
)
def test_plain_markdown_becomes_plain_html(text: str, html: str) -> None:
    assert to_html(text) == html


def test_link_leads_out_without_telling_where_from() -> None:
    assert to_html("[site](https://example.org/)") == (
        '<p><a href="https://example.org/" rel="noopener noreferrer">site</a></p>\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "![x](https://elsewhere.example/pixel.png)",
        '[x](https://a.example "onmouseover=alert(1)")',
        '[x](https://a.example"onmouseover="alert(1))',
        '<https://a.example/"onclick=alert(1)>',
        "`</code><script>alert(1)</script>`",
        "```\n</pre><script>alert(1)</script>\n```",
        "[a]: javascript:alert(1)\n\n[a]",
        "<iframe src=https://elsewhere.example></iframe>",
        "<style>*{display:none}</style>",
        "<form action=https://elsewhere.example><input></form>",
        "<!--><script>alert(1)</script>-->",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
)  # fmt: skip
def test_nothing_that_runs_or_loads_comes_through(text: str) -> None:
    html = to_html(text).lower()
    tags = [part.split(">")[0] for part in html.split("<")[1:]]
    assert [tag for tag in tags if not tag.strip("/").startswith(("a", "p", "br", "code", "pre"))] == []
    assert [tag for tag in tags if " on" in tag or "script:" in tag or "data:" in tag or "src=" in tag] == []


def test_very_long_text_is_cut_and_not_hung_upon() -> None:
    assert len(to_html("[" * 10 * LONGEST)) < 2 * LONGEST
