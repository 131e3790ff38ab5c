from typing import Any

import pytest

from rihma.base.refused import Refused
from rihma.history.models import Event
from rihma.tailoring import actions
from rihma.tailoring.models import OwnKind
from rihma.tailoring.queries import mark
from rihma.tailoring.tests.conftest import FEELS, ClientOf, fresh, of, typed
from tests.conftest import Cast


def test_texts_are_saved_from_the_page(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["facilitator"])
    page = client.get(own.get_absolute_url())
    sent = typed(page.context["form"]) | {"name_en": "What we take for granted", "minutes": 45}
    assert client.post(own.get_absolute_url(), sent).status_code == 302
    own = fresh(own)
    assert (own.draft["name"]["en"], own.draft["minutes"]) == ("What we take for granted", 45)
    assert len(own.draft["questions"]) == len(page.context["own"].draft["questions"])
    assert Event.objects.get(area="tailoring", verb="edited").data == {"part": "texts"}


def test_questions_are_added_and_removed(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["owner"])
    count = len(own.draft["questions"])
    sent = typed(client.get(own.get_absolute_url()).context["form"])
    sent |= {f"question-0_{lang}": "" for lang in ("fi", "sv", "en")}
    sent |= {f"question-{count}_{lang}": text for lang, text in FEELS.items()}
    client.post(own.get_absolute_url(), sent)
    assert fresh(own).draft["questions"] == [*own.draft["questions"][1:], FEELS]


def test_texts_saved_meanwhile_are_not_overwritten(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    page = client_of(cast["facilitator"]).get(own.get_absolute_url())
    actions.edit_texts(own, seen=mark(own, "texts"), by=cast["owner"], minutes=30)
    sent = typed(page.context["form"]) | {"minutes": 45, "name_en": "Mine"}
    answer = client_of(cast["facilitator"]).post(own.get_absolute_url(), sent)
    assert "Saved by somebody else meanwhile: 30" in answer.text
    assert 'value="Mine"' in answer.text
    assert fresh(own).draft["minutes"] == 30
    assert client_of(cast["facilitator"]).post(own.get_absolute_url(), typed(answer.context["form"])).status_code == 302
    assert (fresh(own).draft["minutes"], fresh(own).draft["name"]["en"]) == (45, "Mine")


@pytest.mark.parametrize(("part", "name"), [("items", "0-name"), ("layout", "x-start")])
def test_words_of_items_and_of_the_drawing_are_saved(
    part: str, name: str, own: OwnKind, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["owner"])
    sent = typed(client.get(of(own, "words", part)).context["form"]) | {f"{name}_en": "Other words"}
    assert client.post(of(own, "words", part), sent).status_code == 302
    kind = fresh(own).kind
    said: Any = kind.items[0].name if part == "items" else kind.plane and kind.plane.x.start
    assert said["en"] == "Other words"


def test_stale_words_are_refused(own: OwnKind, cast: Cast) -> None:
    seen = mark(own, "items")
    actions.edit_words(own, "items", {"0-name": FEELS}, seen=seen, by=cast["owner"])
    with pytest.raises(Refused, match="meanwhile"):
        actions.edit_words(own, "items", {"0-name": {"fi": "Muu"}}, seen=seen, by=cast["facilitator"])
    assert fresh(own).draft["items"][0]["name"] == FEELS


def test_there_is_no_page_for_words_that_a_drawing_lacks(own: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    rings = actions.copy(own.programme, "ecosystem_map", by=cast["owner"])
    client = client_of(cast["owner"])
    assert client.get(of(rings, "words", "layout")).status_code == 404
    assert of(rings, "words", "layout") not in client.get(rings.get_absolute_url()).text
