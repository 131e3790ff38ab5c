import tomllib
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rihma.programmes import actions, file
from rihma.programmes.file.toml import dump
from rihma.programmes.models import Programme, Role
from rihma.programmes.tests.conftest import ClientOf
from tests.conftest import Cast

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t")
TEXTS = st.text(LETTERS, min_size=1, max_size=40).filter(str.strip)
WORDS = st.dictionaries(st.sampled_from(["fi", "sv", "en"]), TEXTS, min_size=1)
DAYS = st.dates(date(2001, 1, 1), date(2190, 1, 1))
SPANS = st.tuples(DAYS, st.integers(0, 500)).map(lambda span: (span[0], span[0] + timedelta(days=span[1])))
SLUGS = st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}\Z").filter(lambda slug: slug not in ("create", "import"))
NAMES = st.lists(TEXTS, max_size=3)
# The people of the cast: whoever is new to the server gets a name from the file, and then has it.
ROLES = st.lists(
    st.tuples(
        st.sampled_from(["cecilia@saarnila.example", "daniel@skargard.example"]), st.sampled_from(Role.Kind.values)
    ),
    max_size=4,
    unique=True,
)


@st.composite
def tables(draw: st.DrawFn) -> file.Tables:
    """What a file may say of a programme, empty values and defaults left out."""
    starts, ends = draw(SPANS)
    inside = st.integers(0, (ends - starts).days).map(lambda n: starts + timedelta(days=n))
    phases = st.tuples(WORDS, inside, inside).map(
        lambda row: {"title": row[0], "starts": min(row[1:]), "ends": max(row[1:])}
    )
    programme = {
        "slug": draw(SLUGS),
        "title": draw(WORDS),
        "starts": starts,
        "ends": ends,
        **draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "purpose": WORDS,
                    "description": WORDS,
                    "organisers": NAMES.filter(bool),
                    "partners": NAMES.filter(bool),
                    "contact": st.just("a@b.example"),
                    "room_seats": st.integers(1, 2000),
                    "time_zone": st.sampled_from(["Europe/Stockholm", "America/Nuuk"]),
                    "canvas_kinds": st.just(["assumption_map"]),
                },
            )
        ),
    }
    eligibility = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "state_administration_min": st.integers(1, 50),
                "organisations_min": st.integers(2, 50),
                "theme": st.just(value=False),
                "willing_to_open": st.just(value=True),
                "bounded_experiment": st.just(value=True),
            },
        )
    )
    lists = {
        "theme": [
            {"title": words} for words in draw(st.lists(WORDS, max_size=3, unique_by=lambda w: str(sorted(w.items()))))
        ],
        "phase": draw(st.lists(phases, max_size=3)),
        "role": [{"email": "aino@virasto.example", "role": "owner"}]
        + [{"email": email, "role": role} for email, role in draw(ROLES)],
    }
    whole = {"programme": programme, "eligibility": eligibility, **lists}
    return {name: value for name, value in whole.items() if value}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables())
def test_what_is_exported_makes_the_same_programme(cast: Cast, given: file.Tables) -> None:
    """The cast stays, each programme is rolled back."""
    names = {person.email: {"name": person.name, "language": person.language} for person in cast.values()}
    with transaction.atomic():
        text = dump({"rihma": 1, **given})
        made = actions.import_file(text.encode(), by=cast["owner"])
        programme = {"time_zone": "Europe/Helsinki", "room_seats": 30, **given["programme"]}
        expected = {**given, "programme": programme, "role": [{**row, **names[row["email"]]} for row in given["role"]]}
        assert file.tables_of(made) == expected
        written = file.write(made)
        made.delete()
        again = actions.import_file(written.encode(), by=cast["owner"])
        assert file.write(again) == written
        transaction.set_rollback(True)


def test_written_file_reads_well(text: str, cast: Cast) -> None:
    made = actions.import_file(text.encode(), by=cast["owner"])
    start = file.write(made).splitlines()[:9]
    assert start == [
        "# A programme of Rihma. What each key means: docs/programme-file.md",
        "",
        "rihma = 1",
        "",
        "[programme]",
        'slug = "autumn"',
        'title.fi = "Syksyn ohjelma"',
        'title.sv = "Höstens program"',
        'title.en = "Autumn programme"',
    ]


def test_file_names_only_those_who_have_a_role_now(draft: Programme, cast: Cast) -> None:
    actions.end_role(draft.roles.get(role=Role.Kind.MENTOR), by=cast["owner"])
    rows = tomllib.loads(file.write(draft))["role"]
    assert [row["role"] for row in rows] == ["owner", "facilitator"]


def test_facilitator_downloads_the_file(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    answer = client_of(cast["facilitator"]).get(reverse("programmes:export", args=[draft.slug]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="draft.toml"'
    assert answer.content.decode() == file.write(draft)


@pytest.mark.parametrize("role", ["mentor", "outsider"])
def test_those_who_do_not_run_it_find_no_file(role: str, draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast[role]).get(reverse("programmes:export", args=[draft.slug])).status_code == 404
