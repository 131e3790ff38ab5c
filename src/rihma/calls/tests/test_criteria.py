"""Adding, editing, moving and removing criteria: as questions, but they stand once applications are sent."""

from datetime import timedelta

import pytest

from rihma.applications import actions as applications
from rihma.applications.form_news import tell_due
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import actions
from rihma.calls.models import Amendment, Call, Criterion
from rihma.calls.tests.conftest import WHY, ClientOf, address
from rihma.calls.types import CriterionFields
from rihma.notices.models import Message
from rihma.reviews.models import Reviewing
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


def test_what_a_score_means_is_public_with_the_call_and_changes_with_a_reason(
    call: Call, criterion: Criterion, cast: Cast, client_of: ClientOf
) -> None:
    client, typed = client_of(cast["owner"]), {"title_fi": "Aito", "title_sv": "Äkta", "weight": "2"}
    typed |= {"description_fi": "Arjesta", "level_5_fi": "Näkyy arjessa", "seen": criterion.mark}
    refused = client.post(address("edit_criterion", call, criterion.pk), typed)
    assert ("Näkyy arjessa" in refused.text, Amendment.objects.count()) == (True, 0)
    client.post(address("edit_criterion", call, criterion.pk), {**typed, "because_fi": "Se puuttui."})
    criterion.refresh_from_db()
    assert criterion.levels == {5: Words(fi="Näkyy arjessa")}
    page = client_of(None).get(address("call", call)).text
    assert [words in page for words in ("5 Excellent", "Näkyy arjessa", "Se puuttui.")] == [True, True, True]
    told = client_of(None).get(f"/api/v1/calls/{call.pk}").json()["criteria"]
    assert [one["levels"] for one in told] == [{"5": {"fi": "Näkyy arjessa"}}]


def test_each_change_of_an_open_call_is_a_version_that_those_with_drafts_hear_of(
    call: Call, criterion: Criterion, cast: Cast
) -> None:
    applications.start(call, by=cast["convener"])
    fields: CriterionFields = {"title": criterion.title, "level_3": Words(fi="Puoliksi")}
    actions.edit_criterion(criterion, seen=criterion.mark, because=WHY, by=cast["owner"], **fields)
    call.refresh_from_db()
    assert call.form_version == 2
    versions = [one.definition["criteria"][0]["level_3"] for one in call.form_versions.all()]
    assert versions == [{}, {"fi": "Puoliksi"}]
    assert tell_due(clock.now() + timedelta(hours=1)) == 1
    message = Message.objects.get(kind="applications/notices/form_changed")
    assert (message.to, WHY["fi"] in message.body) == (cast["convener"], True)


def test_nothing_but_a_missing_language_changes_once_jurors_read(
    answered: Call, criterion: Criterion, cast: Cast, client_of: ClientOf
) -> None:
    Reviewing.objects.create(intake=answered.last_intake, state=Reviewing.State.READING)
    fields: CriterionFields = {"title": criterion.title, "level_1": Words(fi="Ei näy")}
    with pytest.raises(Refused) as refused:
        actions.edit_criterion(criterion, seen=criterion.mark, because=WHY, by=cast["owner"], **fields)
    assert refused.value.code == "read"
    translated: CriterionFields = {"title": Words({**criterion.title, "en": "Genuine"})}
    actions.edit_criterion(criterion, seen=criterion.mark, by=cast["owner"], **translated)
    page = client_of(cast["owner"]).get(address("criteria", answered)).text
    assert ("Reading has begun" in page, "Up</span>" in page, "Remove" in page) == (True, False, False)


def test_list_offers_no_button_that_would_be_refused(
    answered: Call, criterion: Criterion, cast: Cast, client_of: ClientOf
) -> None:
    page = client_of(cast["owner"]).get(address("criteria", answered)).text
    links = [address("add_criterion", answered), address("remove_criterion", answered, criterion.pk)]
    assert [link in page for link in links] == [False, False]
    assert address("edit_criterion", answered, criterion.pk) in page
