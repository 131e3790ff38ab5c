"""Two facilitators at one workshop: the second sees what the first saved before it is written over."""

from django.urls import reverse

from rihma.base.words import Words
from rihma.notices.models import Message
from rihma.workshops import actions
from rihma.workshops.models import Workshop
from rihma.workshops.tests.conftest import ClientOf
from tests.conftest import Cast
from tests.stale import form_of, seen_on


def test_second_to_save_the_texts_sees_what_the_first_saved(
    workshop: Workshop, cast: Cast, client_of: ClientOf
) -> None:
    page, owner = reverse("workshops:edit", args=[workshop.pk]), client_of(cast["owner"])
    typed = {"title_fi": "Avaus", "number": "1", "bring_fi": "Kynä", "seen": seen_on(owner, page)}
    actions.edit(workshop, by=cast["facilitator"], bring=Words(fi="Kartta ja kysymys"))
    answer = owner.post(page, typed)
    assert answer.status_code == 422
    form = form_of(answer)
    assert form["bring"].value() == ["Kynä", None, None]
    assert form["bring"].help_text == "Saved by somebody else meanwhile: Suomi: Kartta ja kysymys"
    workshop.refresh_from_db()
    assert workshop.bring == Words(fi="Kartta ja kysymys")
    assert owner.post(page, {**typed, "seen": form["seen"].value()}).status_code == 302
    workshop.refresh_from_db()
    assert workshop.bring == Words(fi="Kynä")


def test_second_to_move_it_is_told_where_the_first_moved_it(
    workshop: Workshop, cast: Cast, client_of: ClientOf
) -> None:
    page, owner = reverse("workshops:move", args=[workshop.pk]), client_of(cast["owner"])
    typed = {
        "date": workshop.date.isoformat(),
        "starts": "10:00",
        "ends": "13:00",
        "mode": "room",
        "venue": "Kellari",
        "seen": seen_on(owner, page),
    }
    actions.move(workshop, by=cast["facilitator"], venue="Verstas", address="Satamakatu 1")
    told = Message.objects.filter(kind="workshops/notices/moved").count()
    form = form_of(owner.post(page, typed))
    assert form["venue"].help_text == "Saved by somebody else meanwhile: Verstas"
    assert form["starts"].help_text == "Saved by somebody else meanwhile: 9:00"
    assert form["mode"].help_text == "Saved by somebody else meanwhile: In the room and remotely"
    assert (form["venue"].value(), Message.objects.filter(kind="workshops/notices/moved").count()) == ("Kellari", told)
