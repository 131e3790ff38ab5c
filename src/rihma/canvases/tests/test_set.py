import pytest

from rihma.base.refused import Refused
from rihma.canvases import actions
from rihma.canvases.models import Canvas
from rihma.canvases.tests.conftest import Put
from rihma.canvases.types import Payload, Proposed
from tests.conftest import Cast


def test_new_text_takes_the_place_of_the_one_it_was_based_on(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put("People open the letter")
    actions.change(canvas, "set", item.pk, {"text": "People read the letter", "lang": "en"}, base=1, by=cast["member"])

    item.refresh_from_db()
    assert (item.text, item.text_seq, item.by) == ("People read the letter", 2, cast["convener"])


def test_new_text_must_say_what_it_was_based_on(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    with pytest.raises(Refused) as refused:
        actions.change(canvas, "set", item.pk, {"text": "Something"}, by=cast["member"])
    assert refused.value.code == "invalid"


def test_language_is_changed_alone(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    actions.change(canvas, "set", item.pk, {"lang": "sv"}, by=cast["member"])

    item.refresh_from_db()
    assert (item.lang, item.text, item.text_seq) == ("sv", "People open the letter", 1)


def test_place_on_the_plane_is_not_set_but_moved(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    with pytest.raises(Refused):
        actions.change(canvas, "set", item.pk, {"fields": {"importance": 10}}, by=cast["member"])


def test_changes_in_different_places_are_both_kept(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put("Elderly people open the letter")
    actions.change(canvas, "set", item.pk, {"text": "Elderly people read the letter"}, base=1, by=cast["member"])
    actions.change(canvas, "set", item.pk, {"text": "Old people open the letter at once"}, base=1, by=cast["convener"])

    item.refresh_from_db()
    assert item.text == "Old people read the letter at once"
    assert item.alternatives == []
    assert canvas.operations.get(seq=3).payload["typed"] == "Old people open the letter at once"


def test_texts_that_clash_are_both_shown_until_people_settle_it(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put("People open the letter")
    actions.change(canvas, "set", item.pk, {"text": "People burn the letter"}, base=1, by=cast["member"])
    actions.change(
        canvas, "set", item.pk, {"text": "People frame the letter", "lang": "en"}, base=1, by=cast["convener"]
    )

    item.refresh_from_db()
    other = item.alternatives[0]
    assert item.text == "People frame the letter"
    assert (other["text"], other["seq"], other["by"]) == ("People burn the letter", 2, str(cast["member"].pk))

    said: Payload = {"text": other["text"], "lang": other["lang"], "settles": other["seq"]}
    actions.change(canvas, "set", item.pk, said, base=item.text_seq, by=cast["member"])

    item.refresh_from_db()
    assert (item.text, item.alternatives) == ("People burn the letter", [])


def test_alternative_is_settled_only_once(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put("People open the letter")
    for text, person in (("People burn the letter", "member"), ("People frame the letter", "convener")):
        actions.change(canvas, "set", item.pk, {"text": text}, base=1, by=cast[person])
    actions.change(canvas, "set", item.pk, {"settles": 2}, by=cast["member"])

    item.refresh_from_db()
    assert (item.text, item.alternatives) == ("People frame the letter", [])
    with pytest.raises(Refused) as refused:
        actions.change(canvas, "set", item.pk, {"settles": 2}, by=cast["convener"])
    assert refused.value.code == "stale"


def test_what_one_device_types_follows_on_itself(canvas: Canvas, cast: Cast, put: Put) -> None:
    """A browser offline sends what was typed in several steps, each based on the one number it had seen."""
    item = put("People")
    typed = ["People open", "People open the", "People open the post"]
    steps = [Proposed(f"phone:{n}", "set", item.pk, {"text": text}, 1) for n, text in enumerate(typed)]
    actions.apply(canvas, steps[:1], by=cast["member"])
    actions.apply(canvas, steps[1:], by=cast["member"])

    item.refresh_from_db()
    assert (item.text, item.alternatives) == ("People open the post", [])


def test_what_another_device_wrote_between_is_merged(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put("People open letters")
    actions.apply(
        canvas, [Proposed("phone:1", "set", item.pk, {"text": "People open red letters"}, 1)], by=cast["member"]
    )
    actions.apply(
        canvas, [Proposed("desk:1", "set", item.pk, {"text": "Young people open red letters"}, 2)], by=cast["owner"]
    )
    actions.apply(
        canvas, [Proposed("phone:2", "set", item.pk, {"text": "People open red letters soon"}, 1)], by=cast["member"]
    )

    item.refresh_from_db()
    assert (item.text, item.alternatives) == ("Young people open red letters soon", [])


def test_text_written_while_somebody_removed_the_item_is_kept_on_it(canvas: Canvas, cast: Cast, put: Put) -> None:
    item = put()
    actions.change(canvas, "remove", item.pk, by=cast["member"])
    actions.change(canvas, "set", item.pk, {"text": "Still typed"}, base=1, by=cast["convener"])

    item.refresh_from_db()
    assert (item.text, item.removed) == ("Still typed", True)


def test_what_is_typed_on_leaves_alone_what_was_merged_in_before(canvas: Canvas, cast: Cast, put: Put) -> None:
    """The second piece was typed before the answer to the first could show what somebody else had put in."""
    item = put("People open the letter")
    actions.change(canvas, "set", item.pk, {"text": "Elderly people open the letter"}, base=1, by=cast["convener"])
    pieces = ["People open the letter at", "People open the letter at once"]
    steps = [Proposed(f"phone:{n}", "set", item.pk, {"text": text}, 1) for n, text in enumerate(pieces)]
    actions.apply(canvas, steps, by=cast["member"])

    item.refresh_from_db()
    assert (item.text, item.alternatives) == ("Elderly people open the letter at once", [])
