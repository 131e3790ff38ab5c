"""Two who run a programme edit the same part of it: the second sees what the first saved before it is written over."""

from datetime import date

import pytest
from django.urls import reverse

from rihma.base.words import Words
from rihma.programmes import actions
from rihma.programmes.models import Programme
from rihma.programmes.tests.conftest import ClientOf
from rihma.programmes.types import PhaseLine, ThemeLine
from tests.conftest import Cast
from tests.stale import as_shown, form_of, seen_on

TOLD = "Somebody else changed this meanwhile."


def page_of(programme: Programme, part: str) -> str:
    return reverse("programmes:edit", args=[programme.slug, part])


def test_second_to_save_texts_sees_what_the_first_saved(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    page = page_of(draft, "texts")
    owner, facilitator = client_of(cast["owner"]), client_of(cast["facilitator"])
    seen = seen_on(owner, page)
    first = {"title_fi": "Kevät", "purpose_fi": "Siksi", "slug": "draft", "seen": seen_on(facilitator, page)}
    assert facilitator.post(page, first).status_code == 302
    typed = {"title_fi": "Kevät", "purpose_fi": "Toisin", "slug": "draft", "seen": seen}
    answer = owner.post(page, typed)
    draft.refresh_from_db()
    assert draft.purpose == Words(fi="Siksi")
    assert TOLD in answer.text
    form = form_of(answer)
    assert form["purpose"].value() == ["Toisin", None, None]
    assert form["purpose"].help_text == "Saved by somebody else meanwhile: Suomi: Siksi"
    assert form["title"].help_text == ""
    assert owner.post(page, {**typed, "seen": form["seen"].value()}).status_code == 302
    draft.refresh_from_db()
    assert draft.purpose == Words(fi="Toisin")


def test_second_to_save_facts_keeps_every_ticked_box(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    page = page_of(draft, "facts")
    owner = client_of(cast["owner"])
    seen = seen_on(owner, page)
    actions.edit(draft, by=cast["facilitator"], starts=date(2027, 2, 1), organisers=["Virasto", "Kaupunki"])
    typed = {
        "starts": "2027-01-29",
        "ends": "2027-06-11",
        "time_zone": "Europe/Helsinki",
        "room_seats": "12",
        "organisers": "",
        "canvas_kinds": ["assumption_map", "phenomenon_map"],
        "seen": seen,
    }
    form = form_of(owner.post(page, typed))
    assert form["canvas_kinds"].value() == ["assumption_map", "phenomenon_map"]
    assert form["starts"].help_text == "Saved by somebody else meanwhile: 1 February 2027"
    assert form["organisers"].help_text == "Saved by somebody else meanwhile: Virasto, Kaupunki"


def test_theme_that_somebody_added_meanwhile_is_not_taken_for_removed(
    draft: Programme, cast: Cast, client_of: ClientOf
) -> None:
    page = page_of(draft, "themes")
    actions.set_themes(draft, [ThemeLine(Words(fi="Velka"))], by=cast["owner"])
    theme = draft.themes.get()
    owner = client_of(cast["owner"])
    seen = seen_on(owner, page)
    lines = [ThemeLine(theme.title, theme.pk), ThemeLine(Words(fi="Kylä", sv="By"))]
    actions.set_themes(draft, lines, by=cast["facilitator"])
    typed = {f"{theme.pk}_fi": "Velat", "new-0_fi": "Uusi", "seen": seen}
    answer = owner.post(page, typed)
    assert TOLD in answer.text
    owner.post(page, as_shown(form_of(answer)))
    assert [one.title for one in draft.themes.all()] == [
        Words(fi="Velat"),
        Words(fi="Kylä", sv="By"),
        Words(fi="Uusi"),
    ]


def test_words_of_a_theme_that_somebody_removed_meanwhile_stay_on_the_page(
    draft: Programme, cast: Cast, client_of: ClientOf
) -> None:
    page = page_of(draft, "themes")
    actions.set_themes(draft, [ThemeLine(Words(fi="Velka"))], by=cast["owner"])
    theme = draft.themes.get()
    owner = client_of(cast["owner"])
    seen = seen_on(owner, page)
    actions.set_themes(draft, [], by=cast["facilitator"])
    form = form_of(owner.post(page, {f"{theme.pk}_fi": "Velat ja säästöt", "seen": seen}))
    assert form[str(theme.pk)].value() == ["Velat ja säästöt", None, None]
    assert form[str(theme.pk)].help_text == "Saved by somebody else meanwhile: Suomi: –"
    assert not draft.themes.exists()


def test_second_to_save_phases_loses_neither_theirs_nor_the_others(
    draft: Programme, cast: Cast, client_of: ClientOf
) -> None:
    page = page_of(draft, "phases")
    call = PhaseLine(Words(fi="Haku"), date(2027, 1, 29), date(2027, 2, 5))
    actions.set_phases(draft, [call], by=cast["owner"])
    owner = client_of(cast["owner"])
    seen = seen_on(owner, page)
    added = [PhaseLine(Words(fi=f"Vaihe {n}"), date(2027, 3, n), date(2027, 4, n)) for n in (1, 2, 3)]
    actions.set_phases(draft, [call, *added], by=cast["facilitator"])
    typed = {"title-1_fi": "Hakuaika", "starts-1": "2027-01-29", "ends-1": "2027-02-06", "seen": seen}
    form = form_of(owner.post(page, typed))
    assert form["title-1"].value() == ["Hakuaika", None, None]
    assert form["ends-1"].help_text == "Saved by somebody else meanwhile: 5 February 2027"
    assert (form["title-4"].value(), form["ends-4"].value()) == (["Vaihe 3", None, None], "2027-04-03")
    owner.post(page, as_shown(form))
    assert [str(phase.title) for phase in draft.phases.all()] == ["Hakuaika", "Vaihe 1", "Vaihe 2", "Vaihe 3"]


@pytest.mark.parametrize("part", ["texts", "facts", "themes", "phases"])
def test_form_that_says_nothing_of_what_it_was_filled_from_writes_over_nothing(
    part: str, draft: Programme, cast: Cast, client_of: ClientOf
) -> None:
    filled = {
        "title_fi": "Kevät",
        "slug": "draft",
        "starts": "2027-01-29",
        "ends": "2027-06-11",
        "time_zone": "Europe/Helsinki",
        "room_seats": "12",
        "new-0_fi": "Uusi",
    }
    answer = client_of(cast["owner"]).post(page_of(draft, part), filled)
    assert TOLD in answer.text
