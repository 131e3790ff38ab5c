"""Adding, editing, moving and removing criteria: as questions, but they stand once applications are sent."""

import pytest

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions
from rihma.calls.models import Amendment, Call, Criterion
from rihma.calls.tests.conftest import WHY, ClientOf, address
from rihma.calls.types import CriterionFields
from tests.conftest import Cast

NEW: CriterionFields = {"title": Words(fi="Avoin"), "description": Words(), "weight": 1}


def test_criteria_of_a_draft_are_added_moved_and_removed(ahead: Call, criterion: Criterion, cast: Cast) -> None:
    added = actions.add_criterion(ahead, by=cast["owner"], **NEW)
    actions.move_criterion(added, up=True, by=cast["owner"])
    assert [str(one.title) for one in ahead.criteria.current()] == ["Avoin", "Aito"]
    criterion.refresh_from_db()
    actions.remove_criterion(criterion, seen=criterion.mark, by=cast["owner"])
    assert [one.number for one in Criterion.objects.all()] == [1]
    assert not Amendment.objects.exists()


def test_criterion_of_an_open_call_changes_with_a_public_reason(criterion: Criterion, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.edit_criterion(criterion, seen=criterion.mark, by=cast["owner"], **NEW)
    assert refused.value.code == "because"
    actions.edit_criterion(criterion, seen=criterion.mark, because=WHY, by=cast["owner"], **NEW)
    assert Amendment.objects.get().what == Amendment.What.CRITERION_EDITED


def test_criteria_stand_after_the_first_application(answered: Call, criterion: Criterion, cast: Cast) -> None:
    with pytest.raises(Refused) as added:
        actions.add_criterion(answered, because=WHY, by=cast["owner"], **NEW)
    with pytest.raises(Refused) as removed:
        actions.remove_criterion(criterion, seen=criterion.mark, because=WHY, by=cast["owner"])
    assert (added.value.code, removed.value.code) == ("answered", "answered")
    assert answered.criteria.current().count() == 1


def test_retired_criterion_leaves_the_page_of_the_call(
    call: Call, criterion: Criterion, cast: Cast, client_of: ClientOf
) -> None:
    actions.remove_criterion(criterion, seen=criterion.mark, because=WHY, by=cast["owner"])
    page = client_of(None).get(address("call", call)).text
    assert "What every application is read by" not in page
    assert "A criterion is no longer used" in page


def test_pages_add_edit_move_and_remove(ahead: Call, criterion: Criterion, cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast["facilitator"])
    client.post(address("add_criterion", ahead), {"title_fi": "Avoin", "title_sv": "Öppen", "weight": "1"})
    added = ahead.criteria.get(number=2)
    client.post(
        address("edit_criterion", ahead, added.pk),
        {"title_fi": "Avoin", "title_sv": "Öppen", "weight": "3", "seen": added.mark},
    )
    client.post(address("move_criterion", ahead, added.pk), {"up": "1"})
    client.post(address("remove_criterion", ahead, criterion.pk), {"seen": criterion.mark})
    assert [(one.title, one.weight, one.number) for one in ahead.criteria.all()] == [
        (Words(fi="Avoin", sv="Öppen"), 3, 1)
    ]


def test_list_offers_no_button_that_would_be_refused(
    answered: Call, criterion: Criterion, cast: Cast, client_of: ClientOf
) -> None:
    page = client_of(cast["owner"]).get(address("criteria", answered)).text
    links = [address("add_criterion", answered), address("remove_criterion", answered, criterion.pk)]
    assert [link in page for link in links] == [False, False]
    assert address("edit_criterion", answered, criterion.pk) in page
