"""The log amounts to the items: whatever people do, in whatever order it arrives, however often it is sent."""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rihma.accounts.models import Person
from rihma.canvases import actions, log, store
from rihma.canvases.desk import Applied
from rihma.canvases.models import Canvas
from rihma.canvases.types import Proposed
from tests.conftest import Cast

ITEMS = [UUID(int=n) for n in range(1, 5)]
WORDS = ["people", "open", "the", "letter", "at", "once", "ja", "även"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
PLACES = st.fixed_dictionaries({}, optional={"importance": st.integers(0, 100), "evidence": st.integers(0, 100)})
ZONES = st.sampled_from(["wanted", "able", "nowhere"])
SAID: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    st.tuples(
        st.just("add"),
        st.fixed_dictionaries({"kind": st.just("assumption"), "zone": ZONES, "text": TEXTS, "lang": st.just("en")}),
    ),
    st.tuples(st.just("set"), st.fixed_dictionaries({"text": TEXTS}, optional={"lang": st.sampled_from(["fi", "sv"])})),
    st.tuples(st.just("move"), st.fixed_dictionaries({}, optional={"zone": ZONES, "fields": PLACES})),
    st.tuples(st.sampled_from(["remove", "restore"]), st.just({})),
)
# who sends it, on which item, how far behind the sender's picture is, what
DEEDS = st.tuples(st.sampled_from("abcd"), st.sampled_from(ITEMS), st.integers(0, 6), SAID)


class Story:
    """Four devices of two people, some of them late; every third operation is sent again later."""

    def __init__(self, canvas: Canvas, people: list[Person]) -> None:
        self.canvas = canvas
        self.people = people
        self.sent: list[tuple[Proposed, Person]] = []
        self.taken: list[Applied] = []

    def tell(self, deeds: list[tuple[str, UUID, int, tuple[str, dict[str, Any]]]], batch: int) -> None:
        for number, (device, item, behind, (verb, said)) in enumerate(deeds):
            base = max(0, number - behind)
            proposed = Proposed(f"{device}:{number}", verb, item, said, base)  # type: ignore[arg-type]  # made above
            self.sent.append((proposed, self.people["abcd".index(device) % 2]))
        for person in self.people:
            own = [proposed for proposed, by in self.sent if by == person]
            for start in range(0, len(own), batch):
                chunk = own[start : start + batch]
                self.taken += actions.apply(self.canvas, [*own[max(0, start - 2) : start], *chunk], by=person)


@pytest.mark.req("R10")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, max_size=25), batch=st.integers(1, 5))
def test_log_replayed_gives_the_items_and_no_word_is_lost(
    canvas: Canvas, cast: Cast, deeds: list[tuple[str, UUID, int, tuple[str, dict[str, Any]]]], batch: int
) -> None:
    with transaction.atomic():
        story = Story(canvas, [cast["convener"], cast["member"]])
        story.tell(deeds, batch)

        rows = list(canvas.operations.order_by("seq"))
        items = {item.pk: item.state for item in canvas.items.all()}
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
        assert log.replay(rows) == items
        kept = {row.payload.get(key) for row in rows for key in ("text", "typed")}
        typed = {
            applied.proposed.payload["text"]
            for applied in story.taken
            if applied.operation and "text" in applied.proposed.payload
        }
        assert typed <= kept
        told = {applied.operation.seq: applied.operation for applied in story.taken if applied.operation}
        assert told == {row.seq: store.line_of(row) for row in rows}
        transaction.set_rollback(True)


def test_log_that_speaks_of_nothing_is_no_log(canvas: Canvas, cast: Cast) -> None:
    row = canvas.operations.create(seq=1, client_id="x", verb="remove", item=ITEMS[0], by=cast["member"])
    with pytest.raises(ValueError, match="nobody added"):
        log.replay([row])
