"""The language switch keeps the place, and addresses are what Django says they are."""

from uuid import uuid4

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from rihma.base.places import address, in_language, tongues


def test_page_is_kept_when_the_language_changes() -> None:
    assert in_language("/fi/?page=2", "sv") == "/sv/?page=2"


def test_address_that_leads_nowhere_changes_its_language_all_the_same() -> None:
    assert in_language("/fi/no/such/page/", "en") == "/en/no/such/page/"


def test_address_without_language_leads_to_the_front_page() -> None:
    assert in_language("/healthz", "sv") == "/sv/"
    assert in_language("//elsewhere.example/fi/", "sv") == "/sv/"


@override_settings(BASE_URL="https://rihma.example")
def test_each_tongue_has_its_own_full_address() -> None:
    here = tongues("/fi/", "fi")
    assert [(tongue.code, tongue.address, tongue.current) for tongue in here] == [
        ("fi", "https://rihma.example/fi/", True),
        ("sv", "https://rihma.example/sv/", False),
        ("en", "https://rihma.example/en/", False),
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_address_is_what_django_says_it_is(language: str) -> None:
    with translation.override(language):
        for _twice in range(2):
            for name, args in {
                "home": (),
                "programmes:programme": ("spring",),
                "teams:team": (uuid4(),),
                "canvases:set": (uuid4(), uuid4()),
                "canvases:open": (uuid4(), "assumption_map"),
            }.items():
                assert address(name, *args) == reverse(name, args=args)


def test_address_of_no_page_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        address("teams:team", "")


def test_page_may_ask_whether_there_is_an_address() -> None:
    page = Template('{% load i18n %}{% url "teams:team" "" as team %}{% url "home" as home %}[{{ team }}{{ home }}]')
    assert page.render(Context()) == f"[{reverse('home')}]"
