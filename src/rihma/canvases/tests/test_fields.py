"""Fields of an item: what each type takes, says, and looks like in a form."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from rihma.base.ids import new_id
from rihma.base.words import Words
from rihma.canvases import actions
from rihma.canvases.kinds import ActorField, Choice, Day, Field, Number, Text, YesNo
from rihma.canvases.kinds.fields import Option
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import text_of, url
from rihma.teams.models import Team
from tests.conftest import Cast

ABOUT = ("key", Words(en="Name"), Words(en="Question?"), False)
CHOICE = Choice(*ABOUT, (Option("low", Words(en="small")), Option("high", Words(en="large"))))
NUMBER = Number(*ABOUT, Words(fi="henkeä", en="people"))
YES_NO = YesNo(*ABOUT, Words(en="yes"), Words(en="no"))


@pytest.mark.parametrize(
    ("field", "taken", "refused"),
    [
        (CHOICE, ["low", "high", None], ["mid", "", 1, True, ["low"]]),
        (NUMBER, [0, -7, 10**11, "12.5", "-0.25", None], [True, 1.5, "12,5", "12", "1e9", "", 10**13, "9" * 30]),
        (Text(*ABOUT), ["", "Terveys", "å" * 200, None], ["å" * 201, "a\nb", "a\x00b", 5]),
        (Day(*ABOUT), ["2023-01-27", None], ["27.1.2023", "2023-02-30", "20230127", "", 20230127]),
        (YES_NO, [True, False, None], ["yes", 1, 0, ""]),
        (ActorField(*ABOUT, ""), [str(new_id()), None], ["", "Kunta", str(new_id()).upper() + "x", 3]),
    ],
)
def test_field_takes_its_own_values_and_no_others(field: Field, taken: list[object], refused: list[object]) -> None:
    assert [value for value in taken if not field.takes(value)] == []
    assert [value for value in refused if field.takes(value)] == []


def test_values_are_said_in_words_of_the_reader() -> None:
    with translation.override("fi"):
        assert NUMBER.word("12.5") == "12,5 henkeä"
        assert Day(*ABOUT).word("2023-01-27") == "27.1.2023"
    with translation.override("en"):
        assert NUMBER.word(1200) == "1,200 people"
        assert str(CHOICE.word("high")) == "large"
        assert str(YES_NO.word(False)) == "no"


@pytest.fixture
def card(team: Team, cast: Cast) -> Canvas:
    return actions.open_canvas(team, "experiment_card", by=cast["owner"])


type Sent = Callable[..., Item]


@pytest.fixture
def sent(card: Canvas, works: Client) -> Sent:
    """What a form makes of what somebody typed."""

    def sent(zone: str, **typed: str) -> Item:
        form = {"client_id": "x", "fixed_zone": zone, "zone": zone, "text": "Something", "lang": "en"}
        works.post(url("add", card), form | typed)
        return Item.objects.get()

    return sent


def test_form_keeps_numbers_as_typed_and_choices_by_key(sent: Sent) -> None:
    item = sent("measure", unit="%", baseline="12,50", threshold="1 200", direction="at_least")
    assert item.fields == {"unit": "%", "baseline": "12.5", "threshold": 1200, "direction": "at_least"}


def test_form_keeps_days_and_answers(sent: Sent) -> None:
    item = sent("care", rights="no", minors="yes")
    assert item.fields == {"rights": False, "minors": True, "unequal": None, "personal": None, "research": None}


def test_number_that_is_none_comes_back_with_what_was_typed(card: Canvas, works: Client) -> None:
    form = {"client_id": "x", "fixed_zone": "measure", "zone": "measure", "text": "Calls", "lang": "en"}
    page = works.post(url("add", card), form | {"baseline": "many"})
    assert page.status_code == 200
    assert 'value="many"' in page.content.decode()
    assert not Item.objects.exists()


def test_only_what_was_changed_on_the_page_is_changed(card: Canvas, sent: Sent, cast: Cast, works: Client) -> None:
    item = sent("measure", unit="%", baseline="12.5", threshold="30")
    actions.change(card, "set", item.pk, {"fields": {"baseline": 14}}, by=cast["convener"])
    form = {"client_id": "y", "base": item.text_seq, "text": item.text, "lang": "en", "initial-lang": "en"}
    form |= {"unit": "", "initial-unit": "%", "baseline": "12.50", "initial-baseline": "12.5"}
    form |= {"threshold": "40", "initial-threshold": "30", "direction": "", "initial-direction": ""}
    works.post(url("set", card, item.pk), form)
    item.refresh_from_db()
    assert item.fields == {"unit": None, "baseline": 14, "threshold": 40, "direction": None}


def test_fields_are_read_beside_the_text(card: Canvas, sent: Sent, works: Client) -> None:
    sent("measure", unit="%", baseline="12.5", threshold="30", direction="at_least")
    text = text_of(works.get(url("canvas", card)))
    assert "Unit: %" in text
    assert "Baseline: 12.5" in text
    assert "It holds if: the number is at least" in text
