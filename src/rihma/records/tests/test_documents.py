import re

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.notices.models import Message
from rihma.programmes.models import Programme
from rihma.records import actions, rules
from rihma.records.models import DocumentRequest
from rihma.records.queries import token_of
from rihma.records.tests.conftest import ClientOf
from tests.conftest import Cast

ASK = "/en/programmes/spring/documents/"


def asked(programme: Programme, place: str = "here", address: str = "") -> DocumentRequest:
    return actions.ask(programme, what="All decisions.", address=address, language="sv", place=place)


def test_anybody_asks_without_a_name_and_gets_a_number(programme: Programme, client: Client) -> None:
    answer = client.post(ASK, {"what": "The decisions of spring."}, follow=True)
    request = DocumentRequest.objects.get()
    page = answer.content.decode()
    assert (answer.status_code, f"Request {request.number}" in page, "The decisions of spring." in page) == (
        200,
        True,
        True,
    )


def test_those_who_run_the_programme_are_told(programme: Programme, cast: Cast) -> None:
    asked(programme)
    told = Message.objects.filter(kind="records/notices/asked").values_list("to", flat=True)
    assert set(told) == {cast["owner"].pk, cast["facilitator"].pk}


def test_answer_stands_in_the_log_and_on_the_page_of_whoever_asked(
    programme: Programme, client: Client, cast: Cast, client_of: ClientOf
) -> None:
    request = asked(programme)
    address = f"{ASK}{request.pk}/{token_of(request)}/"
    owner = client_of(cast["owner"])
    owner.post(f"/en/documents/{request.pk}/answer/", {"outcome": "part", "answer": "Here, without two names."})
    pages = [client.get(address), owner.get("/en/programmes/spring/records/requests/")]
    assert ["Here, without two names." in pages[0].content.decode(), "Given in part" in pages[1].content.decode()] == [
        True
    ] * 2


@pytest.mark.req("S9")
def test_page_of_a_request_opens_by_its_own_address_only(programme: Programme, client: Client) -> None:
    first, second = asked(programme), asked(programme)
    wrong = [f"{ASK}{first.pk}/{token_of(second)}/", f"{ASK}{first.pk}/x/"]
    kept = " ".join(str(value) for value in DocumentRequest.objects.values().first().values())
    assert ([client.get(one).status_code for one in wrong], token_of(first) in kept) == ([404, 404], False)


def test_who_left_an_address_gets_the_answer_by_mail_in_their_language(programme: Programme, cast: Cast) -> None:
    request = asked(programme, address="asker@example.org")
    actions.answer(request, outcome="given", answer="Här är de.", by=cast["owner"])
    mail = Message.objects.get(kind="records/notices/answered")
    assert (mail.recipient, mail.language, "Här är de." in mail.body) == ("asker@example.org", "sv", True)
    assert len(re.findall(rf"/sv/programmes/spring/documents/{request.pk}/\w+/", mail.body)) == 1


def test_request_is_answered_once(programme: Programme, cast: Cast) -> None:
    request = asked(programme)
    actions.answer(request, outcome="none", answer="There is none.", by=cast["owner"])
    with pytest.raises(Refused):
        actions.answer(request, outcome="given", answer="Here.", by=cast["facilitator"])
    request.refresh_from_db()
    assert (request.outcome, request.answered_by) == ("none", cast["owner"])


def test_one_place_asks_ten_times_a_day_and_others_go_on(programme: Programme) -> None:
    for _each in range(rules.MOST_A_DAY):
        asked(programme)
    with pytest.raises(Refused):
        asked(programme)
    asked(programme, place="elsewhere")
    assert DocumentRequest.objects.count() == rules.MOST_A_DAY + 1


def test_empty_request_is_said_and_not_kept(programme: Programme, client: Client) -> None:
    page = client.post(ASK, {"what": " ", "address": "asker@example.org"}).content.decode()
    kept = DocumentRequest.objects.count()
    assert ("Write which documents you mean." in page, "asker@example.org" in page, kept) == (True, True, 0)


@pytest.mark.req("S1")
@pytest.mark.parametrize("role", ["convener", "juror", "outsider"])
def test_log_and_answering_are_for_those_who_run_the_programme(
    programme: Programme, cast: Cast, client_of: ClientOf, role: str
) -> None:
    request = asked(programme)
    addresses = [
        "/en/programmes/spring/records/requests/",
        f"/en/documents/{request.pk}/answer/",
        "/en/programmes/spring/records/",
    ]
    assert {client_of(cast[role]).get(one).status_code for one in addresses} == {404}
