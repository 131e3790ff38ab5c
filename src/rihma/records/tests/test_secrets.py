import pytest

from rihma.applications.models import Application
from rihma.base.refused import Refused
from rihma.base.seen import mark_of
from rihma.history.models import Event
from rihma.records import actions
from rihma.records.models import SecretPart
from rihma.records.queries import copy_of
from rihma.records.redacting import BLACK
from rihma.records.tests.conftest import ClientOf
from tests.conftest import Cast


def texts(application: Application) -> list[str]:
    return [one.text for one in copy_of(application)]


def test_copy_holds_the_words_without_people(application: Application) -> None:
    assert texts(application) == [
        "Our secret recipe is salt.",
        f"{BLACK} and {BLACK} Elli ask; call {BLACK} or write to {BLACK}. The customer {BLACK} pays too much.",
    ]


def test_marked_part_is_black_until_it_is_decided_to_be_public(application: Application, cast: Cast) -> None:
    mark = actions.mark_secret(application, "phenomenon", because="A trade secret.", by=cast["convener"])
    told = [texts(application)[0]]
    for outcome in ("secret", "public"):
        mark.refresh_from_db()
        seen = mark_of(mark.facts)
        actions.decide_secret(mark, outcome=outcome, ground="Section 24.", seen=seen, by=cast["owner"])
        told.append(texts(application)[0])
    assert told == [BLACK, BLACK, "Our secret recipe is salt."]


@pytest.mark.parametrize(
    ("part", "because", "code"),
    [("phenomenon", " ", "because"), ("answer.none", "So.", "part"), ("looking_for", "So.", "part")],
)
def test_mark_needs_words_and_a_reason(
    application: Application, cast: Cast, part: str, because: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        actions.mark_secret(application, part, because=because, by=cast["convener"])
    assert (refused.value.code, SecretPart.objects.count()) == (code, 0)


def test_decided_mark_cannot_be_taken_back(application: Application, cast: Cast) -> None:
    mark = actions.mark_secret(application, "phenomenon", because="A trade secret.", by=cast["convener"])
    actions.decide_secret(mark, outcome="secret", ground="24 §", seen=mark_of(mark.facts), by=cast["owner"])
    with pytest.raises(Refused):
        actions.unmark_secret(mark, by=cast["convener"])


def test_decision_without_a_ground_is_refused_on_the_page(
    application: Application, cast: Cast, client_of: ClientOf
) -> None:
    mark = actions.mark_secret(application, "phenomenon", because="A trade secret.", by=cast["convener"])
    client, address = client_of(cast["owner"]), f"/en/applications/{application.pk}/secrets/phenomenon/decide/"
    client.post(address, {"outcome": "public", "ground": "", "seen": mark_of(mark.facts)})
    mark.refresh_from_db()
    assert mark.outcome == "asked"
    client.post(address, {"outcome": "public", "ground": "It is in the news.", "seen": mark_of(mark.facts)})
    mark.refresh_from_db()
    assert (mark.outcome, mark.decided_by) == ("public", cast["owner"])


def test_team_marks_and_takes_back_in_pages(application: Application, cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast["convener"]), f"/en/applications/{application.pk}/secrets/"
    client.post(address, {"part": "answer.problem", "because": "Somebody's health."})
    page = client.get(address).content.decode()
    kept = SecretPart.objects.count()
    client.post(f"{address}answer.problem/unmark/")
    assert ("Somebody&#x27;s health." in page, kept, SecretPart.objects.count()) == (True, 1, 0)


def test_history_holds_no_word_of_the_secret(application: Application, cast: Cast) -> None:
    actions.mark_secret(application, "phenomenon", because="The recipe is salt.", by=cast["convener"])
    kept = " ".join(str(event.data) + event.sentence for event in Event.objects.all())
    assert ("salt" in kept, Event.objects.filter(verb="secret_marked").count()) == (False, 1)


@pytest.mark.req("S1")
@pytest.mark.parametrize("role", ["convener", "mentor", "juror", "outsider"])
def test_copy_is_for_those_who_run_the_programme_to_give(
    application: Application, cast: Cast, client_of: ClientOf, role: str
) -> None:
    assert client_of(cast[role]).get(f"/en/applications/{application.pk}/redacted/").status_code == 404


@pytest.mark.req("S1")
@pytest.mark.parametrize("role", ["owner", "other_convener", "outsider"])
def test_only_the_team_marks(application: Application, cast: Cast, client_of: ClientOf, role: str) -> None:
    sent = {"part": "phenomenon", "because": "So."}
    answer = client_of(cast[role]).post(f"/en/applications/{application.pk}/secrets/", sent)
    assert (answer.status_code, SecretPart.objects.count()) == (404, 0)
