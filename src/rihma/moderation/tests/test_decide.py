"""Who runs the programme shows what was flagged again or erases it, once and with a reason."""

import pytest

from rihma.base.refused import Refused
from rihma.canvases.models import Canvas, Item
from rihma.history.models import Event
from rihma.moderation import actions, rules
from rihma.moderation.models import Flag
from rihma.moderation.tests.conftest import STORY, ClientOf, flag_by, guest_of, page_of, text_of, url
from rihma.notices.models import Message
from tests.conftest import Cast


def test_queue_shows_the_words_and_who_flagged_them_to_those_who_decide(
    canvas: Canvas, story: Item, cast: Cast, client_of: ClientOf
) -> None:
    flag_by(canvas, story, cast["member"], words="Her name is there")
    slug = canvas.programme.slug
    page = text_of(client_of(cast["facilitator"]).get(url("queue", slug)))
    assert [word in page for word in (STORY, "Her name is there", str(cast["member"]), "Waits")] == [True] * 4
    for name in ("convener", "member", "mentor", "outsider"):
        assert client_of(cast[name]).get(url("queue", slug)).status_code == 404, name


def test_shown_again_it_reads_as_before_and_the_flagger_is_told_why(
    canvas: Canvas, story: Item, cast: Cast, client_of: ClientOf
) -> None:
    flag = flag_by(canvas, story, cast["member"])
    client = client_of(cast["facilitator"])
    assert client.post(url("show", flag.pk), {"decision": "Maija agreed"}).status_code == 302
    assert STORY in page_of(client_of(cast["member"]), canvas)
    told = Message.objects.get(kind="moderation/notices/decided")
    assert (told.to, "Maija agreed" in told.body) == (cast["member"], True)
    assert Event.objects.filter(area="moderation", verb="shown", by=cast["facilitator"]).count() == 1


def test_decision_needs_a_reason(canvas: Canvas, story: Item, cast: Cast, client_of: ClientOf) -> None:
    flag = flag_by(canvas, story, cast["member"])
    answer = client_of(cast["facilitator"]).post(url("erase", flag.pk), {"decision": ""})
    flag.refresh_from_db()
    assert (answer.status_code, flag.state, canvas.items.get().text) == (422, "open", STORY)


def test_erased_flag_keeps_neither_the_item_s_words_nor_its_own(canvas: Canvas, story: Item, cast: Cast) -> None:
    flag = actions.erase(flag_by(canvas, story, cast["member"], words="Maija is ill"), "Private", by=cast["owner"])
    assert (flag.state, flag.words, canvas.items.get().text) == ("erased", "", "")
    assert Event.objects.get(area="moderation", verb="erased").data == {}


def test_what_was_shown_again_may_be_flagged_again(canvas: Canvas, story: Item, cast: Cast) -> None:
    actions.show(flag_by(canvas, story, cast["member"]), "Fine", by=cast["owner"])
    flag_by(canvas, story, cast["mentor"])
    assert sorted(Flag.objects.values_list("state", flat=True)) == ["open", "shown"]


@pytest.mark.parametrize("state", rules.MOVES)
def test_flag_is_decided_once(canvas: Canvas, story: Item, cast: Cast, state: str) -> None:
    flag = flag_by(canvas, story, cast["member"])
    deeds = {"shown": actions.show, "erased": actions.erase}
    if state != "open":
        deeds[state](flag, "So", by=cast["owner"])
    for to, deed in deeds.items() if state != "open" else ():
        assert to not in rules.MOVES[state]
        with pytest.raises(Refused, match="decided on this already"):
            deed(flag, "Otherwise", by=cast["owner"])


def test_others_decide_nothing(canvas: Canvas, story: Item, cast: Cast, client_of: ClientOf) -> None:
    flag = flag_by(canvas, story, cast["member"])
    for name in ("convener", "member", "mentor", "outsider"):
        for verb in ("show", "erase"):
            assert client_of(cast[name]).post(url(verb, flag.pk), {"decision": "x"}).status_code == 404, name


def test_guest_who_flagged_gets_no_mail(canvas: Canvas, story: Item, cast: Cast) -> None:
    guest, _client = guest_of(canvas, cast["convener"])
    actions.show(flag_by(canvas, story, guest), "Fine", by=cast["owner"])
    assert not Message.objects.filter(kind="moderation/notices/decided").exists()
