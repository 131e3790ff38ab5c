"""Files that are chosen while somebody writes: sent at once, seen by the others, and taken out again."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, expect

from rihma.applications.models import Application
from rihma.applications.tests.test_two_browsers import Open, chromium, opened
from rihma.attachments.tests.conftest import pdf
from rihma.base.words import Words
from rihma.calls.models import Question
from tests.conftest import Cast

__all__ = ["chromium", "opened"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_file_is_sent_as_it_is_chosen_and_what_is_too_large_is_told_before(
    opened: Open, application: Application, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.FILES = tmp_path / "files"
    label = Words(en="The plan")
    Question.objects.create(
        call=application.call, key="plan", number=2, label=label, kind="file", required=False, most_megabytes=1
    )
    page, other = opened("convener"), opened("member")
    large: FilePayload = {"name": "large.pdf", "mimeType": "application/pdf", "buffer": pdf() + b"\x00" * 1024 * 1024}
    small: FilePayload = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    with page.expect_response(re.compile("/files/plan/$")) as sent:
        page.locator("[data-files] input[type=file]").set_input_files([large, small])
    assert sent.value.status == 200
    expect(page.get_by_role("link", name="plan.pdf")).to_be_visible()
    expect(page.locator("[data-files-state]")).to_have_text("This file is too large, and has not been sent: large.pdf")
    other.get_by_label("What is the problem?").focus()
    expect(other.get_by_role("link", name="plan.pdf")).to_be_visible()
    page.get_by_role("button", name="Remove plan.pdf").click()
    expect(page.get_by_text("No files yet")).to_be_visible()
    application.refresh_from_db()
    assert application.answers["plan"] == []
