"""An idea and its full application are two cases of one matter."""

import pytest

from rihma.applications import actions as applications
from rihma.base import clock
from rihma.calls.models import Call
from rihma.records import actions
from rihma.records.models import Case, SecretPart
from rihma.records.parts import ANSWER
from rihma.records.retention import _ended
from rihma.records.taking_out.told import case_told
from rihma.selection import actions as selection
from rihma.selection.models import Decision
from tests.conftest import Cast
from tests.two_stages import DAY, fresh, go_on, make_two_stages, send_idea


@pytest.mark.long
def test_cases_of_both_stages_name_each_other_and_end_together(call: Call, cast: Cast) -> None:
    call = make_two_stages(call, cast["owner"])
    idea = send_idea(call, cast["convener"], "Debt advisers")
    mark = actions.mark_secret(idea, f"{ANSWER}problem", because="A trade secret.", by=cast["convener"])
    full = go_on(idea, by=cast["owner"])
    case, zone = Case.objects.get(application=idea), call.programme.zone
    assert _ended(case, call.programme) == call.closes.astimezone(zone).date()
    applications.save(full, answers={"budget": "A little."}, by=cast["convener"])
    applications.submit(full, by=cast["convener"])
    later = Case.objects.get(application=full)
    assert [case_told(one)["application"]["beside"] for one in (case, later)] == [[later.number], [case.number]]
    kept = SecretPart.objects.get(application=full)
    assert (kept.part, kept.because, kept.outcome) == (mark.part, mark.because, "asked")
    selection.decide(fresh(full), Decision.Outcome.DECLINED, reason="Too wide.", by=cast["owner"])
    with clock.at(call.closes + DAY):
        selection.announce(fresh(full).counts_for, by=cast["owner"])
    case, later = Case.objects.get(application=idea), Case.objects.get(application=full)
    assert _ended(case, call.programme) == _ended(later, call.programme)
