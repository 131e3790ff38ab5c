import pytest

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions
from rihma.calls.models import Call
from rihma.calls.tests.conftest import ClientOf, address
from rihma.history.models import Event
from tests.conftest import Cast


def test_history_keeps_which_texts_changed(call: Call, cast: Cast) -> None:
    actions.edit(call, seen=call.texts_mark, by=cast["owner"], why=call.why, who=Words(fi="Kaikki"))
    assert Event.objects.get(verb="edited", scope=call.programme_id).data == {"fields": ["who"]}


def test_texts_saved_meanwhile_are_not_overwritten(call: Call, cast: Cast) -> None:
    seen = call.texts_mark
    actions.edit(call, seen=seen, by=cast["owner"], how=Words(fi="Yhdessä"))
    with pytest.raises(Refused, match="meanwhile"):
        actions.edit(call, seen=seen, by=cast["facilitator"], how=Words(fi="Yksin"))
    assert Call.objects.get(pk=call.pk).how == Words(fi="Yhdessä")


def test_stale_page_shows_both_texts(call: Call, cast: Cast, client_of: ClientOf) -> None:
    filled = {"why_fi": "Koska.", "how_fi": "Yhdessä", "seen": call.texts_mark}
    client_of(cast["owner"]).post(address("edit", call), filled)
    answer = client_of(cast["facilitator"]).post(address("edit", call), {**filled, "how_fi": "Yksin"})
    assert "Saved by somebody else meanwhile: Suomi: Yhdessä" in answer.text
    assert "Yksin</textarea>" in answer.text


def test_tabs_lead_to_every_part_of_the_call(call: Call, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    page = client.get(address("edit", call))
    addresses = [tab.url for tab in page.context["tabs"]]
    assert [client.get(one).status_code for one in addresses] == [200] * 6
    programme = client.get(f"/en/programmes/{call.programme.slug}/edit/").text
    assert all(f'href="{one}"' in programme for one in addresses)


def test_preview_of_a_draft_links_to_the_pages(ahead: Call, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["owner"]).get(f"/en/programmes/{ahead.programme.slug}/preview/").text
    assert f'href="{address("questions", ahead)}"' in page
