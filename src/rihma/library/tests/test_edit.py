from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base.words import Words
from rihma.library import actions
from rihma.library.models import Lesson
from tests.conftest import Cast
from tests.stale import form_of, seen_on


def test_second_writer_of_a_lesson_sees_what_the_first_saved(
    lesson: Lesson, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    page, convener = reverse("library:edit", args=[lesson.pk]), client_of(cast["convener"])
    typed = {
        "headline_fi": "Ihmiset lukevat alun",
        "what_came_out_fi": "Alku luettiin.",
        "licence": lesson.licence,
        "seen": seen_on(convener, page),
    }
    actions.edit(lesson, by=cast["member"], what_came_out=Words(fi="Loppua ei luettu."))
    form = form_of(convener.post(page, typed))
    assert form["what_came_out"].value() == ["Alku luettiin.", None, None]
    assert form["what_came_out"].help_text == "Saved by somebody else meanwhile: Suomi: Loppua ei luettu."
    assert form["names_agreed"].help_text == "Saved by somebody else meanwhile: Yes"
    lesson.refresh_from_db()
    assert lesson.what_came_out == Words(fi="Loppua ei luettu.")
    convener.post(page, {**typed, "seen": form["seen"].value()})
    lesson.refresh_from_db()
    assert lesson.what_came_out == Words(fi="Alku luettiin.")
