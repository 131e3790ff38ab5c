from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rihma.history.actions import record
from rihma.history.models import Event
from rihma.history.queries import broken_at
from rihma.history.rules import Record, first_broken
from rihma.programmes import actions
from rihma.programmes.models import Programme
from tests.conftest import Cast

SCOPE = UUID(int=7)
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


def test_untouched_chain_holds(programme: Programme) -> None:
    assert Event.objects.filter(scope=programme.pk).count() > 3
    assert broken_at(programme.pk) is None


@pytest.mark.parametrize("change", [{"verb": "edited"}, {"data": {"role": "owner"}}, {"by_id_then": None}])
def test_changed_event_is_found(programme: Programme, change: dict[str, object]) -> None:
    Event.objects.filter(scope=programme.pk, number=2).update(**change)
    assert broken_at(programme.pk) == 2


def test_removed_event_is_found(programme: Programme) -> None:
    Event.objects.filter(scope=programme.pk, number=3).delete()
    assert broken_at(programme.pk) == 3


def test_erased_person_leaves_the_chain_valid(programme: Programme, cast: Cast) -> None:
    Event.objects.filter(scope=programme.pk).update(by=None)
    assert broken_at(programme.pk) is None


def test_each_programme_has_a_chain_of_its_own(programme: Programme, cast: Cast) -> None:
    other = actions.create(slug="other", starts=date(2027, 1, 1), ends=date(2027, 2, 1), by=cast["owner"])
    assert Event.objects.filter(scope=other.pk).order_by("number").values_list("number", flat=True).first() == 1


def test_verb_that_no_area_declares_is_refused(programme: Programme, cast: Cast) -> None:
    with pytest.raises(LookupError, match="declares no event 'danced'"):
        record(programme, "danced", scope=programme.pk, by=cast["owner"])


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9)), min_size=1, max_size=8),
    st.data(),
)
def test_any_one_changed_record_breaks_the_chain_there(datas: list[dict[str, object]], draw: st.DataObject) -> None:
    chain = _chain(datas)
    assert first_broken(chain) is None
    place = draw.draw(st.integers(0, len(chain) - 1))
    record, digest = chain[place]
    chain[place] = (_changed(record), digest)
    assert first_broken(chain) == place + 1


def _chain(datas: list[dict[str, object]]) -> list[tuple[Record, str]]:
    chain: list[tuple[Record, str]] = []
    for number, data in enumerate(datas, start=1):
        before = chain[-1][1] if chain else ""
        record = _record(number, data, before)
        chain.append((record, record.digest()))
    return chain


def _record(number: int, data: dict[str, object], before: str) -> Record:
    return Record(
        scope=SCOPE, number=number, at=MOMENT, by=None, area="a", verb="done", subject="x:1", data=data, before=before
    )


def _changed(record: Record) -> Record:
    return _record(record.number, {**record.data, "more": 1}, record.before)
