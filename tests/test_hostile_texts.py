"""S14: whatever people write stays text, on every page, in every file and in every feed."""

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import transaction
from pypdf import PdfReader
from pytest_django.plugin import DjangoDbBlocker

from rihma.notices.models import Message
from tests import demos
from tests.hostile import write_all_over
from tests.routes import routes
from tests.world import ANONYMOUS, World, of_demo

pytestmark = [pytest.mark.django_db, pytest.mark.req("S14"), pytest.mark.long("postgresql")]

LOOK = (ANONYMOUS, "owner", "convener", "member")
LEADS = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset"}
IMPURE = re.compile(r"[\s\x00-\x20]+")
# Any, because the answers of the test client have a type of its own.
type Answers = dict[tuple[str, str], Any]


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Answers]:
    """Every address that answers a GET with content, to each who looks."""
    with django_db_blocker.unblock(), demos.entered():
        world = of_demo()
        write_all_over(world)
        yield dict(looked_at(world))


def looked_at(world: World) -> Iterator[tuple[tuple[str, str], Any]]:
    known = {*world.values, "token"}
    for role in LOOK:
        client = world.client(role)
        for route, parameters in routes().items():
            # What stands for nothing in the world yet is missed by test_permissions.py.
            if not known.issuperset(parameters):
                continue
            with transaction.atomic():
                answer = client.get(world.address(route, parameters))
                transaction.set_rollback(True)
            if answer.status_code == 200 and not answer.streaming:
                yield (route, role), answer


def of_kind(answers: Answers, *kinds: str) -> dict[tuple[str, str], str]:
    found = {key: answer for key, answer in answers.items() if answer.headers["Content-Type"].startswith(kinds)}
    return {key: text_of(answer.content) for key, answer in found.items()}


def text_of(content: bytes) -> str:
    """A workbook is a packed folder of texts; a PDF has to be read."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode()


class Births(HTMLParser):
    """What of a page was born of a text, as a browser would understand it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.met: list[str] = []
        self.script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        if tag == "born" or any(name == "born" or name.startswith("on") for name in names):
            self.met.append(self.get_starttag_text() or tag)
        for name, value in attrs:
            leads = IMPURE.sub("", value or "").lower()
            if name in LEADS and leads.startswith(("javascript:", "vbscript:", "data:text", "//born")):
                self.met.append(f"{name}={value}")
        self.script = dict(attrs).get("type") or "text/javascript" if tag == "script" else None

    handle_startendtag = handle_starttag

    def handle_data(self, data: str) -> None:
        if self.script is None:
            return
        if self.script.endswith("json"):
            json.loads(data)
        elif "born" in data:
            self.met.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.script = None


def born_in(page: str) -> list[str]:
    births = Births()
    births.feed(page)
    births.close()
    return births.met


def test_page_that_believed_a_text_would_be_caught() -> None:
    assert born_in('<p title="" onclick=born()>') == ['<p title="" onclick=born()>']
    assert born_in("<a href='java\tscript:born()'>") == ["href=java\tscript:born()"]
    assert born_in("<born>&lt;born&gt;") == ["<born>"]


def test_no_page_has_an_element_or_attribute_that_a_text_gave_birth_to(answers: Answers) -> None:
    pages = of_kind(answers, "text/html", "image/svg")
    assert len({route for route, _role in pages}) > 50
    assert sum("born" in page for page in pages.values()) > 60
    assert {key: met for key, page in pages.items() if (met := born_in(page))} == {}


def test_no_text_is_read_as_a_template(answers: Answers) -> None:
    assert [key for key, page in of_kind(answers, "text/", "application/").items() if "42born" in page] == []


def test_no_text_becomes_a_header(answers: Answers) -> None:
    lines = [(key, line) for key, answer in answers.items() for line in answer.headers.items()]
    assert [(key, name) for key, (name, value) in lines if re.search(r"[\r\n]", value) or "born" in name.lower()] == []
    assert [key for key, answer in answers.items() if "born" in answer.cookies] == []


def test_feeds_and_structured_files_keep_their_form(answers: Answers) -> None:
    feeds = of_kind(answers, "application/atom+xml", "application/xml")
    assert feeds
    assert {key: met for key, feed in feeds.items() if (met := born_in(feed))} == {}
    files = of_kind(answers, "application/json")
    assert files
    assert all(json.loads(file) is not None for file in files.values())


def test_no_line_of_a_calendar_begins_with_a_text(answers: Answers) -> None:
    calendars = of_kind(answers, "text/calendar")
    assert calendars
    for calendar in calendars.values():
        lines = re.sub(r"\r?\n[ \t]", "", calendar).splitlines()
        assert [line for line in lines if re.match(r"(?i)(born|set-cookie|attendee|begin:born|end:born)", line)] == []


def test_no_cell_of_a_table_is_a_formula(answers: Answers) -> None:
    tables = of_kind(answers, "text/csv")
    assert tables
    cells = [cell for table in tables.values() for row in csv.reader(StringIO(table)) for cell in row]
    assert any("born" in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in set("=+-@\t\r") and "born" in cell] == []


@pytest.mark.usefixtures("answers")
def test_no_mail_has_more_lines_in_its_subject_than_one() -> None:
    assert [mail.subject for mail in Message.objects.all() if re.search(r"[\r\n]", mail.subject)] == []
