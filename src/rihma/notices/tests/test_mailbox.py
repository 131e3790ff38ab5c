"""In a demo the mail is read on a page; elsewhere there is no such page."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from rihma.base import clock
from rihma.notices.delivery import deliver_due
from rihma.notices.models import Message
from rihma.site import mail
from tests.conftest import Cast


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.MAIL_DIR = tmp_path / "mail"
    settings.MAILERS = mail.mailers("", settings.MAIL_DIR)


def deliver(cast: Cast, subject: str, body: str, year: int) -> None:
    moment = datetime(year, 1, 27, 9, tzinfo=UTC)
    Message.objects.create(
        kind="k", key=subject, to=cast["owner"], language="fi", subject=subject, body=body, queued_at=moment
    )
    deliver_due(clock.now())


def test_newest_mail_comes_first(cast: Cast) -> None:
    for subject, year in (("Older", 2023), ("Newer", 2024), ("Oldest", 2022)):
        deliver(cast, subject, "Text", year)
    page = Client().get("/en/mail/").content.decode()
    assert re.findall(r'<span lang="fi">(\w+)</span>', page) == ["Newer", "Older", "Oldest"]


def test_mail_is_shown_as_text_with_links(cast: Cast) -> None:
    deliver(cast, "S", "<script>alert(1)</script> https://rihma.example/x", 2024)
    page = Client().get("/en/mail/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert '<a href="https://rihma.example/x" rel="nofollow">' in page


def test_empty_folder_says_what_to_do(db: None) -> None:
    assert "Sign in or send an application, and come back." in Client().get("/en/mail/").content.decode()


def test_mailbox_is_not_found_where_people_are_real(cast: Cast, settings: Settings) -> None:
    settings.DEMO = False
    for person in (None, cast["owner"]):
        client = Client()
        if person:
            client.force_login(person, backend="rihma.accounts.sessions.Backend")
        assert client.get("/en/mail/").status_code == 404
