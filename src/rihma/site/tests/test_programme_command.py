"""Programme files at the terminal: the same actions as on the pages."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rihma.accounts.models import Person
from rihma.programmes.models import Programme
from rihma.site.commands import app
from tests.conftest import Cast


def rihma(*args: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["programme", *args])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def written(programme: Programme, tmp_path: Path) -> Path:
    """The programme of the tests as a file that would make another."""
    code, text, _ = rihma("export", "spring")
    assert code == 0
    path = tmp_path / "autumn.toml"
    path.write_text(text.replace('slug = "spring"', 'slug = "autumn"'))
    return path


def test_what_was_exported_makes_a_draft_elsewhere(written: Path, cast: Cast) -> None:
    assert rihma("import", str(written), "--by", cast["owner"].email)[:2] == (
        0,
        "http://testserver/en/programmes/autumn/\n",
    )
    made = Programme.objects.get(slug="autumn")
    assert (made.state, str(made.title)) == ("draft", "Spring programme")


def test_each_mistake_is_said_with_its_line(written: Path, cast: Cast) -> None:
    written.write_text(written.read_text().replace("starts = 2", 'starts = "2'))
    code, _, said = rihma("import", str(written), "--by", cast["owner"].email)
    assert code == 1
    assert said.startswith("Line ")
    assert not Programme.objects.filter(slug="autumn").exists()


def test_copy_begins_about_when_it_is_told_to(programme: Programme, cast: Cast) -> None:
    code, _, _ = rihma("copy", "spring", "next", "--starts", "2030-01-25", "--by", cast["owner"].email)
    made = Programme.objects.get(slug="next")
    assert code == 0
    assert abs((made.starts - made.starts.replace(year=2030, month=1, day=25)).days) <= 3
    assert made.starts.weekday() == programme.starts.weekday()


def test_outsider_may_not_make_a_programme(written: Path, cast: Cast) -> None:
    code, _, _ = rihma("import", str(written), "--by", cast["outsider"].email)
    assert (code, Programme.objects.filter(slug="autumn").exists()) == (1, False)


def test_only_member_of_staff_need_not_be_named(programme: Programme) -> None:
    assert rihma("copy", "spring", "next", "--starts", "2030-01-25")[0] == 0


def test_without_staff_the_command_asks_whose_it_becomes(programme: Programme) -> None:
    Person.objects.update(is_staff=False)
    answer = rihma("copy", "spring", "next", "--starts", "2030-01-25")
    assert answer[:2] == (1, "Say whose programme it becomes: --by EMAIL.\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("export", "nowhere"), "There is no programme with the address nowhere.\n"),
        (
            ("copy", "spring", "next", "--starts", "2030-01-25", "--by", "nobody@x.example"),
            "Nobody is known by nobody@x.example.\n",
        ),
    ],
)
def test_what_is_not_there_is_said(programme: Programme, args: tuple[str, ...], said: str) -> None:
    assert rihma(*args)[:2] == (1, said)
