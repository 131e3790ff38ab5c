"""Words among which people choose are added, renamed and removed, and what was chosen keeps its sense."""

from typing import Any

import pytest

from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.canvases import actions as canvases
from rihma.canvases import kinds
from rihma.canvases.shown import board_of
from rihma.canvases.types import Payload
from rihma.programmes.models import Programme
from rihma.tailoring import actions, choices
from rihma.tailoring.models import OwnKind
from rihma.tailoring.tests.conftest import ClientOf, fresh, of, text_of, typed
from rihma.teams.models import Team
from tests.conftest import Cast

SHARED = {"fi": "Yhdessä", "sv": "Tillsammans", "en": "Together"}
AT = ("role", "part")


@pytest.fixture
def rules_of_game(programme: Programme, cast: Cast) -> OwnKind:
    """A copy of the kind in which a role is chosen."""
    return actions.copy(programme, "ground_rules", by=cast["owner"])


def options(own: OwnKind) -> dict[str, str]:
    return {key: names["en"] for key, names in choices.facts_of(own.draft, *AT).items()}


def change(own: OwnKind, cast: Cast, *, without: str = "", **more: Any) -> OwnKind:
    facts = choices.facts_of(own.draft, *AT)
    names = {key: name for key, name in facts.items() if key != without}
    said = {"names": names, "added": [], "seen": mark_of(facts), **more}
    return actions.edit_options(own, *AT, **said, by=cast["owner"])


def test_word_is_renamed_and_added_on_the_page(rules_of_game: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client, before = client_of(cast["owner"]), options(rules_of_game)
    first, *_rest = before
    assert of(rules_of_game, "options", *AT) in client.get(of(rules_of_game, "words", "items")).content.decode()
    form = client.get(of(rules_of_game, "options", *AT)).context["form"]
    sent = typed(form) | {f"{first}_en": "Leader"} | {f"more-0_{lang}": text for lang, text in SHARED.items()}
    assert client.post(of(rules_of_game, "options", *AT), sent).status_code == 302
    assert options(fresh(rules_of_game)) == {**before, first: "Leader", "option_1": "Together"}


def test_word_goes_for_good_before_it_is_published(rules_of_game: OwnKind, cast: Cast) -> None:
    own = change(rules_of_game, cast, added=[SHARED])
    own = change(own, cast, without="option_1")
    assert "option_1" not in options(own)
    assert "upgrades" not in own.draft


def test_what_was_chosen_reads_as_the_word_that_takes_its_place(rules_of_game: OwnKind, cast: Cast, team: Team) -> None:
    own = change(rules_of_game, cast, added=[SHARED])
    own = actions.publish(own, by=cast["owner"])
    canvas = canvases.open_canvas(team, own.key, by=cast["convener"])
    zone = next(zone.key for zone in own.kind.zones if AT[0] in zone.admits)
    said: Payload = {"kind": "role", "zone": zone, "text": "Both", "lang": "en", "fields": {"part": "option_1"}}
    canvases.change(canvas, "add", canvas.pk, said, by=cast["convener"])
    with pytest.raises(Refused, match="takes the place"):
        change(own, cast, without="option_1")
    own = actions.publish(change(own, cast, without="option_1", into="lead"), by=cast["owner"])
    canvas.refresh_from_db()
    [shown] = board_of(canvas).shown
    assert shown.values["part"] == "lead"
    assert own.draft["upgrades"][-2]["values"] == {"part": {"option_1": "lead"}}
    again = change(own, cast, added=[SHARED])
    assert "option_1" not in options(again)


def test_two_words_stay(rules_of_game: OwnKind, cast: Cast) -> None:
    facts = choices.facts_of(rules_of_game.draft, *AT)
    first, *_rest = facts
    with pytest.raises(Refused, match="fewer than two words"):
        actions.edit_options(
            rules_of_game, *AT, names={first: facts[first]}, added=[], seen=mark_of(facts), by=cast["owner"]
        )


def test_stale_words_are_refused_and_shown(rules_of_game: OwnKind, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["facilitator"])
    form = client.get(of(rules_of_game, "options", *AT)).context["form"]
    change(rules_of_game, cast, added=[SHARED])
    answer = client.post(of(rules_of_game, "options", *AT), typed(form))
    assert (answer.status_code, "meanwhile" in text_of(answer)) == (200, True)


def test_arrows_of_a_chain_are_no_words_to_choose(programme: Programme, cast: Cast, client_of: ClientOf) -> None:
    own = actions.copy(programme, "impact_chain", by=cast["owner"])
    assert client_of(cast["owner"]).get(of(own, "options", "assumption", "arrow")).status_code == 404


def test_every_kind_holds_with_a_word_more_in_each_choice(programme: Programme, cast: Cast) -> None:
    for kind in kinds.every():
        own = actions.copy(programme, kind.key, by=cast["owner"])
        for place in choices.places(own.draft):
            at = place.item["key"], place.field["key"]
            facts = choices.facts_of(own.draft, *at)
            own = actions.edit_options(own, *at, names=facts, added=[SHARED], seen=mark_of(facts), by=cast["owner"])
            assert "Together" in [name["en"] for name in choices.facts_of(own.draft, *at).values()], at


def test_zone_takes_other_kinds_of_items_and_keeps_what_it_has(
    rules_of_game: OwnKind, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast["owner"])
    key = rules_of_game.draft["zones"][1]["key"]
    every = [item["key"] for item in rules_of_game.draft["items"]]
    form = client.get(of(rules_of_game, "edit_zone", key)).context["form"]
    assert client.post(of(rules_of_game, "edit_zone", key), typed(form) | {"admits": every}).status_code == 302
    assert fresh(rules_of_game).draft["zones"][1]["admits"] == every


def test_links_of_a_chain_change_places_with_their_arrows(programme: Programme, cast: Cast) -> None:
    own = actions.copy(programme, "impact_chain", by=cast["owner"])
    first, second, third, *_rest = own.draft["chain"]["links"]
    admits = {zone["key"]: zone["admits"] for zone in own.draft["zones"]}
    own = actions.move_zone(own, third, up=True, by=cast["owner"])
    assert own.draft["chain"]["links"][:3] == [first, third, second]
    assert {zone["key"]: zone["admits"] for zone in own.draft["zones"]} == admits
    assert [zone.key for zone in own.kind.zones[:3]] == [first, third, second]
    for still in (first, third):
        assert actions.move_zone(own, still, up=True, by=cast["owner"]).draft == own.draft
