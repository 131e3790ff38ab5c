"""What somebody writes alone is read by nobody else, and never lost."""

import json

import pytest
from django.test import Client

from rihma.base.refused import Refused
from rihma.brainwriting import actions
from rihma.brainwriting.models import Note, Round
from rihma.brainwriting.tests.conftest import HTMX, SECRET, ClientOf, ComeIn, Write, page, text_of, url
from rihma.canvases.models import Canvas
from rihma.canvases.taking_out.forms import FORMS
from rihma.history.models import Event
from tests.conftest import Cast

SAID = {"text": SECRET, "place": "wanted/assumption", "lang": "en", "client_id": "one"}


def test_guest_and_member_write_and_see_their_own(canvas: Canvas, begun: Round, works: Client, come_in: ComeIn) -> None:
    _guest, phone = come_in()
    address = url("write", canvas, begun.pk)
    assert works.post(address, SAID).status_code == 303
    assert phone.post(address, SAID | {"text": "Mine"}, headers=HTMX).status_code == 200
    assert [SECRET in text_of(page(client, canvas)) for client in (works, phone)] == [True, False]
    assert ["Mine" in text_of(page(client, canvas)) for client in (works, phone)] == [False, True]
    assert "2 notes · 2 people have written" in text_of(page(works, canvas))


def test_same_page_sent_twice_adds_once(canvas: Canvas, begun: Round, works: Client) -> None:
    for _ in range(2):
        works.post(url("write", canvas, begun.pk), SAID)
    assert Note.objects.count() == 1


@pytest.mark.parametrize("role", ["convener", "facilitator", "owner", "mentor"])
@pytest.mark.parametrize("view", ["list", "drawn"])
def test_no_page_of_others_shows_it(
    canvas: Canvas, write: Write, cast: Cast, client_of: ClientOf, role: str, view: str
) -> None:
    write(by=cast["member"])
    client = client_of(cast[role])
    shown = page(client, canvas, view).content.decode()
    now = client.get(url("now", canvas), headers=HTMX).content.decode()
    assert (SECRET in shown, SECRET in now) == (False, False)
    assert "1 person has written" in " ".join(now.split())


def test_no_api_log_history_or_file_tells_it(canvas: Canvas, write: Write, cast: Cast, client_of: ClientOf) -> None:
    write(by=cast["member"])
    client = client_of(cast["convener"])
    for path in ("", "/operations", "/brainwriting"):
        assert SECRET not in client.get(f"/api/v1/canvases/{canvas.pk}{path}").content.decode()
    for form in FORMS:
        assert SECRET.encode() not in client.get(f"/api/v1/canvases/{canvas.pk}/export?form={form}").content
    assert (canvas.operations.count(), canvas.items.count()) == (0, 0)
    assert SECRET not in json.dumps([event.data for event in Event.objects.all()], default=str)


def test_nobody_reaches_the_note_of_another(
    canvas: Canvas, begun: Round, write: Write, cast: Cast, client_of: ClientOf, come_in: ComeIn
) -> None:
    note = write(by=cast["member"])
    _guest, phone = come_in()
    for client in (client_of(cast["convener"]), client_of(cast["owner"]), phone):
        for name in ("edit", "place", "remove"):
            assert client.post(url(name, canvas, begun.pk, note.pk), SAID).status_code == 404
    assert Note.objects.get().text == SECRET


def test_reader_writes_nothing(canvas: Canvas, begun: Round, cast: Cast, client_of: ClientOf) -> None:
    mentor = client_of(cast["mentor"])
    assert mentor.post(url("write", canvas, begun.pk), SAID).status_code == 404
    assert url("write", canvas, begun.pk) not in page(mentor, canvas).content.decode()


def test_own_note_is_edited_and_removed(canvas: Canvas, begun: Round, write: Write, works: Client, cast: Cast) -> None:
    note = write(by=cast["member"])
    address = url("edit", canvas, begun.pk, note.pk)
    assert SECRET in works.get(address).content.decode()
    works.post(address, SAID | {"text": "Softer", "place": "able/assumption"})
    note.refresh_from_db()
    assert (note.text, note.zone) == ("Softer", "able")
    works.post(url("remove", canvas, begun.pk, note.pk))
    assert Note.objects.count() == 0


@pytest.mark.parametrize("end", [actions.reveal, actions.cancel])
def test_form_of_a_round_that_ended_meanwhile_keeps_what_was_typed(
    canvas: Canvas, begun: Round, write: Write, works: Client, cast: Cast, end: object
) -> None:
    note = write(by=cast["member"])
    assert callable(end)
    end(begun, by=cast["convener"])
    for address, form in (
        (url("write", canvas, begun.pk), f"#write-{begun.pk}-form"),
        (url("edit", canvas, begun.pk, note.pk), f"#edit-{note.pk}-form"),
    ):
        answer = works.post(address, SAID | {"text": "Half typed", "client_id": "two"}, headers=HTMX)
        assert (answer.status_code, answer["HX-Retarget"]) == (422, form)
        assert "Your text is still here" in text_of(answer)
        assert "Half typed" in answer.content.decode()
        assert "Half typed" in works.post(address, SAID | {"text": "Half typed"}).content.decode()


def test_text_that_is_empty_or_too_long_is_refused_and_kept(canvas: Canvas, begun: Round, works: Client) -> None:
    answer = works.post(url("write", canvas, begun.pk), SAID | {"text": "x" * 4001}, headers=HTMX)
    assert (answer.status_code, "1 character too long" in text_of(answer)) == (422, True)
    assert "x" * 4001 in answer.content.decode()
    assert works.post(url("write", canvas, begun.pk), SAID | {"text": " "}, headers=HTMX).status_code == 422


def test_zone_that_the_round_is_not_about_is_refused(canvas: Canvas, cast: Cast) -> None:
    begun = actions.start(canvas, zones=["wanted"], by=cast["member"])
    with pytest.raises(Refused, match="where it belongs"):
        actions.write(begun, zone="able", kind="assumption", text="x", lang="en", client_id="1", by=cast["member"])


def test_numbers_asked_for_anew_leave_the_form_alone(canvas: Canvas, begun: Round, works: Client) -> None:
    """It is only for a page that has none of this round."""
    answer = works.get(url("now", canvas), headers=HTMX).content.decode()
    target = f'hx-target="#alone-forms:not(:has(#write-{begun.pk}-form))"'
    assert (answer.count("<textarea"), target in answer) == (1, True)
