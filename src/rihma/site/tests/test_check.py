"""What `rihma check` says, and that `check --deploy` of Django has nothing to add."""

import sqlite3
from pathlib import Path

import pytest
from django.core import signing
from django.core.checks import CheckMessage
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from pytest_django import Settings

from rihma.base.access import public
from rihma.site import checks
from rihma.site.tests.conftest import House, run_sql

LONG = "x" * 60


def fit(settings: Settings) -> None:
    """The settings of a server that real people use."""
    settings.BASE_URL = "https://rihma.example"
    settings.ON_LOOPBACK = False
    settings.HTTPS = True
    settings.DEBUG = False
    settings.DEMO = False
    settings.SECRET_KEY = LONG
    settings.SMTP_URL = "starttls://rihma:word@mail.example"
    settings.DEFAULT_FROM_EMAIL = "rihma@rihma.example"


def ids(messages: object) -> list[str]:
    assert isinstance(messages, list)
    return sorted(str(message.id) for message in messages)


def about_settings() -> list[CheckMessage]:
    return list(checks.settings_are_fit_for_people(None))


def test_fit_settings_are_passed_in_silence(settings: Settings) -> None:
    fit(settings)
    assert about_settings() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("HTTPS", False, ["rihma.E002"]),
        ("DEBUG", True, ["rihma.E003"]),
        ("DEMO", True, ["rihma.E004"]),
        ("SECRET_KEY", "changeme", ["rihma.E005"]),
        ("SMTP_URL", "", ["rihma.E009"]),
        ("DEFAULT_FROM_EMAIL", "rihma@localhost", ["rihma.E010"]),
        ("SMTP_URL", "smtp://rihma:word@mail.example", ["rihma.W011"]),
        ("SMTP_URL", "smtp://mail.example", []),
    ],
)
@pytest.mark.req("S23")
def test_each_unsafe_setting_is_named(settings: Settings, name: str, value: object, expected: list[str]) -> None:
    fit(settings)
    setattr(settings, name, value)
    assert ids(about_settings()) == expected


def test_demo_on_this_machine_is_fine(settings: Settings) -> None:
    fit(settings)
    settings.ON_LOOPBACK, settings.HTTPS, settings.DEMO, settings.SMTP_URL = True, False, True, ""
    assert about_settings() == []


def test_demo_that_others_can_reach_is_warned_of(settings: Settings) -> None:
    fit(settings)
    settings.ON_LOOPBACK, settings.HTTPS, settings.DEMO, settings.SMTP_URL = True, False, True, ""
    settings.BIND = "0.0.0.0"  # noqa: S104 - the very thing that is warned of
    assert ids(about_settings()) == ["rihma.W014"]


@pytest.mark.req("S23")
def test_what_an_old_key_signed_counts_until_the_key_is_dropped(settings: Settings) -> None:
    signed = signing.dumps("Aino", key="old" * 20)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["old" * 20]
    assert signing.loads(signed) == "Aino"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(signing.BadSignature):
        signing.loads(signed)


def test_each_message_has_a_reason_and_a_remedy(settings: Settings) -> None:
    fit(settings)
    settings.HTTPS, settings.DEBUG, settings.DEMO, settings.SECRET_KEY = False, True, True, "short"
    assert all(message.hint and message.msg.endswith((".", ")")) for message in about_settings())


@pytest.mark.parametrize(
    ("mode", "expected"), [(0o700, []), (0o750, []), (0o755, ["rihma.E006"]), (0o701, ["rihma.E006"])]
)
def test_data_folder_open_to_all_is_named(settings: Settings, tmp_path: Path, mode: int, expected: list[str]) -> None:
    settings.DATA = tmp_path
    tmp_path.chmod(mode)
    assert ids(list(checks.data_folder_is_private(None))) == expected
    tmp_path.chmod(0o700)


@pytest.mark.django_db
def test_database_that_keeps_what_it_took_is_passed() -> None:
    found = ids(list(checks.database_keeps_what_it_took(None, databases=["default"])))
    # The throwaway PostgreSQL of the tests keeps nothing when it crashes, and this machine's SQLite may be old.
    throwaway = ["rihma.E013", "rihma.E013"] if connection.vendor == "postgresql" else []
    assert [each for each in found if each != "rihma.W008"] == throwaway


@pytest.mark.django_db(transaction=True)
@pytest.mark.req("R2")
def test_database_that_may_lose_what_it_took_is_named() -> None:
    if connection.vendor == "sqlite":
        run_sql("PRAGMA synchronous=NORMAL", "PRAGMA foreign_keys=OFF")
        expected = ["rihma.E007", "rihma.E007"]
    else:
        expected = ["rihma.E013", "rihma.E013"]
    found = ids(list(checks.database_keeps_what_it_took(None, databases=["default"])))
    connection.close()
    assert [each for each in found if each != "rihma.W008"] == expected


@pytest.mark.django_db
def test_old_sqlite_is_warned_of() -> None:
    found = ids(list(checks.database_keeps_what_it_took(None, databases=["default"])))
    old = connection.vendor == "sqlite" and sqlite3.sqlite_version_info < (3, 51, 3)
    assert ("rihma.W008" in found) == old


def test_file_system_is_that_of_the_deepest_mount() -> None:
    mounts = [("/", "ext4"), ("/srv", "nfs4"), ("/srv/fast", "xfs")]
    assert checks.file_system_of(Path("/srv/rihma/rihma.sqlite3"), mounts) == "nfs4"
    assert checks.file_system_of(Path("/srv/fast/rihma.sqlite3"), mounts) == "xfs"
    assert checks.file_system_of(Path("/srvx/rihma.sqlite3"), mounts) == "ext4"


def unguarded(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("open/", public(lambda request: HttpResponse())), path("forgotten/", unguarded)]


@pytest.mark.req("S1")
@override_settings(ROOT_URLCONF=__name__)
def test_view_without_a_policy_is_named() -> None:
    (found,) = checks.every_view_says_who_may_knock(None)
    assert (found.id, found.msg) == ("rihma.E001", "Nobody has said who may open /forgotten/.")


@pytest.mark.req("S1")
def test_every_view_of_ours_has_a_policy() -> None:
    assert [f"{each.obj}" for each in checks.every_view_says_who_may_knock(None)] == []


@pytest.mark.django_db
@pytest.mark.req("S15")
def test_django_has_nothing_to_add_on_a_real_server(house: House) -> None:
    done = house.rihma(
        "manage",
        "check",
        "--deploy",
        "--fail-level=WARNING",
        RIHMA_BASE_URL="https://rihma.example",
        RIHMA_SMTP_URL="smtps://rihma:word@mail.example",
        RIHMA_MAIL_FROM="rihma@rihma.example",
    )
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (3 silenced).\n")
    assert "WARNING" not in done.stderr


@pytest.mark.django_db
def test_check_says_all_is_well_and_nothing_of_what_is_meant(house: House) -> None:
    done = house.rihma("check")
    assert done.returncode == 0
    lines = [line for line in done.stderr.splitlines() if line.startswith(("Mind: ", "Unsafe: "))]
    assert [line for line in lines if not line.endswith("[rihma.W008]")] == []


@pytest.mark.django_db
def test_check_names_each_fault_and_answers_one(house: House) -> None:
    done = house.rihma("check", RIHMA_BASE_URL="http://rihma.example", RIHMA_SECRET_KEY="short")
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if line.startswith("Unsafe: ") and "rihma.E" in line]
    assert [line.rpartition("[")[2] for line in lines] == ["rihma.E002]", "rihma.E009]", "rihma.E005]"]


@pytest.mark.django_db
def test_setting_that_cannot_be_read_is_said_in_one_line(house: House) -> None:
    done = house.rihma("check", RIHMA_SMTP_URL="mail.example")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("The settings cannot be read: RIHMA_SMTP_URL begins with smtp://")
