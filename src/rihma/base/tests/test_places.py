"""The language switch keeps the place."""

from django.test import override_settings

from rihma.base.places import in_language, tongues


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
