from uuid import uuid4

import pytest

from rihma.base.refused import Refused
from rihma.canvases import actions, rules
from rihma.canvases.models import Canvas, Item
from rihma.canvases.tests.conftest import Put
from rihma.canvases.types import Payload, Proposed
from rihma.history.models import Event
from rihma.teams import actions as teams
from rihma.teams.models import Team
from tests.conftest import Cast

SAID: Payload = {"kind": "assumption", "zone": "able", "text": "We get the data", "lang": "en"}


def test_added_item_knows_its_place_its_author_and_its_defaults(canvas: Canvas, cast: Cast) -> None:
    pk = uuid4()
    operation = actions.change(canvas, "add", pk, SAID, by=cast["member"])

    item = Item.objects.get(pk=pk)
    assert (item.text, item.zone, item.by, item.text_seq) == ("We get the data", "able", cast["member"], 1)
    assert item.fields == {"importance": 50, "evidence": 50}
    assert (operation.seq, operation.payload["order"]) == (1, item.order)
    canvas.refresh_from_db()
    assert canvas.head == 1


def test_each_added_item_stands_last_in_its_zone(put: Put) -> None:
    first, second = put("one"), put("two")
    elsewhere = put("three", zone="able")

    assert first.order < second.order
    assert elsewhere.order == first.order


def test_operation_sent_again_takes_effect_once_and_answers_its_old_number(canvas: Canvas, cast: Cast) -> None:
    proposed = Proposed("phone:1", "add", uuid4(), SAID)
    first = actions.apply(canvas, [proposed], by=cast["member"])[0]
    second = actions.apply(canvas, [proposed, proposed], by=cast["member"])

    assert [again.again for again in second] == [True, True]
    assert [again.operation for again in second] == [first.operation] * 2
    assert Item.objects.count() == 1


def test_operation_sent_twice_in_one_batch_takes_effect_once(canvas: Canvas, cast: Cast) -> None:
    proposed = Proposed("phone:1", "add", uuid4(), SAID)
    first, second = actions.apply(canvas, [proposed, proposed], by=cast["member"])

    assert (first.again, second.again) == (False, True)
    assert canvas.operations.count() == 1


def test_id_used_for_something_else_is_refused_so_that_nothing_is_swallowed(canvas: Canvas, cast: Cast) -> None:
    actions.apply(canvas, [Proposed("phone:1", "add", uuid4(), SAID)], by=cast["member"])
    applied = actions.apply(canvas, [Proposed("phone:1", "add", uuid4(), SAID)], by=cast["member"])[0]

    assert applied.refused is not None
    assert applied.refused.code == "invalid"


def test_one_refused_operation_does_not_hold_up_the_others(canvas: Canvas, cast: Cast) -> None:
    bad: Payload = {**SAID, "zone": "nowhere"}
    applied = actions.apply(
        canvas, [Proposed("a:1", "add", uuid4(), bad), Proposed("a:2", "add", uuid4(), SAID)], by=cast["member"]
    )

    assert applied[0].refused is not None
    assert applied[0].refused.field == "zone"
    assert applied[1].operation is not None
    assert applied[1].operation.seq == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": "x" * (rules.LONGEST_TEXT + 1)}, "text"),
        ({"zone": "nowhere"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"kind": "actor"}, None),
        ({"lang": "tlh"}, "lang"),
        ({"order": "ÄÄÄÄ"}, None),
        ({"fields": {"importance": 101}}, "importance"),
        ({"fields": {"colour": 1}}, None),
        ({"settles": 1}, None),
    ],
)
def test_item_that_does_not_fit_the_kind_is_refused(
    canvas: Canvas, cast: Cast, change: dict[str, object], field: str | None
) -> None:
    said: Payload = SAID | change  # type: ignore[assignment]  # wrong on purpose
    with pytest.raises(Refused) as refused:
        actions.change(canvas, "add", uuid4(), said, by=cast["member"])
    assert (refused.value.code, refused.value.field) == ("invalid", field)
    assert canvas.operations.count() == 0


def test_full_canvas_takes_no_more(canvas: Canvas, cast: Cast, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_ITEMS", 1)
    item = put()
    with pytest.raises(Refused, match="full"):
        put()

    actions.change(canvas, "remove", item.pk, by=cast["convener"])
    put()
    with pytest.raises(Refused, match="full"):
        actions.change(canvas, "restore", item.pk, by=cast["convener"])


def test_frozen_canvas_takes_nothing_but_still_knows_what_it_took(canvas: Canvas, cast: Cast) -> None:
    proposed = Proposed("phone:1", "add", uuid4(), SAID)
    actions.apply(canvas, [proposed], by=cast["member"])
    actions.freeze(canvas, by=cast["facilitator"])

    assert actions.apply(canvas, [proposed], by=cast["member"])[0].again
    with pytest.raises(Refused) as refused:
        actions.change(canvas, "add", uuid4(), SAID, by=cast["member"])
    assert refused.value.code == "closed"


@pytest.mark.parametrize("role", ["mentor", "juror", "expert", "outsider", "other_convener"])
def test_who_does_not_work_in_the_team_cannot_write(canvas: Canvas, cast: Cast, role: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.change(canvas, "add", uuid4(), SAID, by=cast[role])
    assert refused.value.code == "forbidden"


def test_who_has_left_the_team_writes_nothing_more(canvas: Canvas, team: Team, cast: Cast) -> None:
    teams.leave(team.members.get(person=cast["member"]), by=cast["member"])
    with pytest.raises(Refused) as refused:
        actions.change(canvas, "add", uuid4(), SAID, by=cast["member"])
    assert refused.value.code == "forbidden"


def test_id_of_an_item_on_another_canvas_cannot_be_taken_over(
    canvas: Canvas, cast: Cast, put: Put, programme: object
) -> None:
    mine = put()
    other_team = teams.form(canvas.programme, by=cast["other_convener"])
    other = actions.open_canvas(other_team, canvas.kind, by=cast["owner"])

    for verb, said in (("add", SAID), ("remove", Payload())):
        with pytest.raises(Refused) as refused:
            actions.change(other, verb, mine.pk, said, by=cast["other_convener"])
        assert refused.value.code == "invalid"
    mine.refresh_from_db()
    assert (mine.canvas, mine.removed) == (canvas, False)


def test_letters_no_database_holds_are_left_out(canvas: Canvas, cast: Cast) -> None:
    pk = uuid4()
    actions.change(canvas, "add", pk, {**SAID, "text": "a\x00b\ud800c\r\nd\u202e 😀"}, by=cast["member"])
    assert Item.objects.get(pk=pk).text == "abc\nd\u202e 😀"


def test_history_says_that_somebody_worked_once_an_hour(canvas: Canvas, put: Put) -> None:
    put()
    put()
    worked = Event.objects.filter(area="canvases", verb="worked")
    assert [event.sentence for event in worked] == ["Cecilia Koskenniemi worked on a canvas: Assumption map"]
