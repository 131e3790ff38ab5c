import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.calls.models import Call
from rihma.programmes.models import Programme
from rihma.records import actions
from rihma.records.models import Case
from rihma.records.queries import plan_of
from rihma.records.tests.conftest import ClientOf
from tests.conftest import Cast

MONTHS: dict[str, int | None] = {"drafts": None, "declined": None, "requests": None, "guests": None}


def sent(call: Call, cast: Cast, role: str) -> Application:
    draft = applications.start(call, by=cast[role])
    applications.save(draft, version=0, answers={"problem": "It is hard."}, by=cast[role], name=role)
    applications.submit(draft, by=cast[role])
    return Application.objects.get(pk=draft.pk)


def test_number_is_given_with_the_receipt_and_once(application: Application, call: Call, cast: Cast) -> None:
    applications.submit(application, by=cast["convener"])
    second = sent(call, cast, "other_convener")
    year = clock.now().year
    assert [application.case.number, second.case.number] == [f"{year}-1", f"{year}-2"]


def test_new_format_is_for_new_numbers_only(application: Application, call: Call, cast: Cast) -> None:
    seen = mark_of(plan_of(call.programme).facts)
    actions.set_plan(call.programme, number_format="KV/{number}", months=MONTHS, seen=seen, by=cast["owner"])
    second = sent(call, cast, "other_convener")
    assert [case.number for case in Case.objects.order_by("given_at")] == [application.case.number, second.case.number]
    assert second.case.number == "KV/2"


def test_bad_format_changes_nothing(programme: Programme, cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.set_plan(
            programme, number_format="{year}", months=MONTHS, seen=mark_of(plan_of(programme).facts), by=cast["owner"]
        )
    assert plan_of(programme).number_format == "{year}-{number}"


def test_register_takes_as_many_queries_however_long_it_is(
    application: Application, call: Call, cast: Cast, client_of: ClientOf
) -> None:
    client, counts = client_of(cast["owner"]), []
    for role in ("other_convener", "member"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/en/programmes/spring/records/").content.decode()
        counts.append(len(asked))
        sent(call, cast, role)
    assert (counts[0] == counts[1], application.case.number in page) == (True, True)


def test_plan_is_saved_in_a_page(programme: Programme, cast: Cast, client_of: ClientOf) -> None:
    address, client = "/en/programmes/spring/records/plan/", client_of(cast["owner"])
    seen = client.get(address).context["form"]["seen"].value()
    wrong = client.post(address, {"number_format": "A/{number}", "drafts": "0", "seen": seen}).content.decode()
    client.post(address, {"number_format": "A/{number}", "drafts": "6", "seen": seen})
    plan = plan_of(programme)
    assert ("from 1 to 600" in wrong, plan.number_format, plan.months) == (True, "A/{number}", {"drafts": 6})
