"""Options of a question take another place: by numbers in the form, which works without script."""

from datetime import date
from typing import Any

import pytest

from rihma.base.words import Words
from rihma.calls import actions
from rihma.calls.models import Call, Question
from rihma.calls.tests.conftest import WHY, ClientOf, address
from rihma.calls.widgets import OptionsWidget
from tests.conftest import Cast

NAMES = ("Apple", "Birch", "Clover", "Dill")


def sent(places: tuple[str, ...]) -> dict[str, str]:
    return {
        name: value
        for number, (option, place) in enumerate(zip(NAMES, places, strict=True))
        for name, value in (
            (f"options.{number}.key", option.lower()),
            (f"options.{number}.en", option),
            (f"options.{number}.place", place),
        )
    }


@pytest.mark.parametrize(
    ("places", "order"),
    [
        (("1", "2", "3", "4"), "ABCD"),
        (("1", "2", "3", "1"), "DABC"),
        (("3", "2", "3", "4"), "BCAD"),
        (("4", "3", "2", "1"), "DCBA"),
        (("", "x", "1", ""), "CABD"),
        (("9", "2", "3", "4"), "BCDA"),
    ],
)
def test_option_takes_the_place_whose_number_is_written(places: tuple[str, ...], order: str) -> None:
    rows = OptionsWidget(with_places=False).value_from_datadict(sent(places), {}, "options")
    assert "".join(row["label"]["en"][0] for row in rows) == order


@pytest.fixture
def question(call: Call, cast: Cast) -> Question:
    given: Any = {
        "label": Words(en="Which"),
        "required": False,
        "kind": "choice",
        "options": [{"key": name.lower(), "label": {"en": name}} for name in NAMES],
    }
    return actions.add_question(call, because=WHY, by=cast["owner"], **given)


def test_page_saves_another_order_and_keeps_the_keys(question: Question, cast: Cast, client_of: ClientOf) -> None:
    page = address("edit_question", question.call, question.pk)
    typed = {"label_en": "Which", "kind": "choice", "seen": question.mark, "because_fi": "Siksi"}
    client_of(cast["owner"]).post(page, {**typed, "label_fi": "Mikä", **sent(("1", "2", "3", "1"))})
    question.refresh_from_db()
    assert [one["key"] for one in question.options] == ["dill", "apple", "birch", "clover"]


def test_api_tells_every_fact_of_a_question(question: Question, cast: Cast, client_of: ClientOf) -> None:
    more: Any = {
        "shown_if": {"question": "which", "values": ["dill"]},
        "kind": "number",
        "required": True,
        "required_by": date(2027, 1, 31),
        "frozen_after": date(2027, 2, 28),
        "unit": Words(fi="euroa"),
        "least": 1,
        "most": 9,
        "readers": [],
        "secret_because": Words(fi="Liikesalaisuus"),
        "kept_months": 6,
        "plain": Words(fi="Kuinka paljon?"),
        "label": Words(fi="Hinta"),
    }
    actions.add_question(question.call, because=WHY, by=cast["owner"], **more)
    told = client_of(None).get(f"/api/v1/calls/{question.call_id}").json()["questions"]
    assert told[1]["options"][3] == {"key": "dill", "label": {"en": "Dill"}, "places": None, "retired": False}
    assert told[2] == {
        "key": "hinta",
        "section": None,
        "kind": "number",
        "required": True,
        "most_words": 300,
        "label": {"fi": "Hinta"},
        "help": {},
        "plain": {"fi": "Kuinka paljon?"},
        "unit": {"fi": "euroa"},
        "required_by": "2027-01-31",
        "frozen_after": "2027-02-28",
        "least": 1,
        "most": 9,
        "options": [],
        "shown_if": {"question": "which", "values": ["dill"]},
        "readers": [],
        "kept_months": 6,
        "asked_in": "both",
        "secret": True,
        "secret_because": {"fi": "Liikesalaisuus"},
    }
