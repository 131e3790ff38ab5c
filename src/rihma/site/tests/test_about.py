import tomllib
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from rihma import __version__

PLACE = "https://code.example/rihma"


@pytest.mark.parametrize(("language", "title"), [("fi", "Tietoa palvelusta"), ("sv", "Om tjänsten"), ("en", "About")])
def test_page_about_the_service_is_in_every_language(language: str, title: str) -> None:
    page = Client().get(f"/{language}/about/").content.decode()
    assert f"<h1>{title}" in page
    assert "EUPL-1.2" in page


def test_source_code_is_linked_from_every_page_where_the_server_says_where_it_is(settings: Settings) -> None:
    settings.SOURCE_URL = PLACE
    linked = [Client().get(path).content.decode().count(f'href="{PLACE}"') for path in ("/en/privacy/", "/en/about/")]
    assert linked == [1, 2]
    settings.SOURCE_URL = ""
    assert "Source code" not in Client().get("/en/privacy/").content.decode()


def test_version_on_the_page_is_the_one_that_is_built() -> None:
    project = tomllib.loads((Path(__file__).parents[4] / "pyproject.toml").read_text())
    assert __version__ == project["project"]["version"]
