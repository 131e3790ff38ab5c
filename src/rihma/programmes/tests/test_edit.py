from datetime import date

import pytest
from django.urls import reverse

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.history.models import Event
from rihma.programmes import actions
from rihma.programmes.forms.parts import PARTS
from rihma.programmes.models import Programme
from rihma.programmes.tests.conftest import ClientOf
from rihma.programmes.types import PhaseLine, ThemeLine
from rihma.teams import actions as teams
from tests.conftest import Cast
from tests.stale import seen_on


def last_edit(programme: Programme) -> dict[str, object]:
    return dict(Event.objects.filter(scope=programme.pk, verb="edited").order_by("-number")[0].data)


def test_history_keeps_which_fields_changed_and_the_dates_before(draft: Programme, cast: Cast) -> None:
    actions.edit(draft, by=cast["owner"], title=Words(fi="Uusi"), ends=date(2027, 6, 18), starts=draft.starts)
    assert last_edit(draft) == {"fields": ["title", "ends"], "before": {"ends": "2027-06-11"}}


def test_saving_without_a_change_leaves_no_trace(draft: Programme, cast: Cast) -> None:
    actions.edit(draft, by=cast["owner"], title=draft.title, starts=draft.starts)
    assert not Event.objects.filter(scope=draft.pk, verb="edited").exists()


def test_end_before_start_is_refused(draft: Programme, cast: Cast) -> None:
    with pytest.raises(Refused, match="The end is before the start"):
        actions.edit(draft, by=cast["owner"], ends=date(2026, 1, 1))
    draft.refresh_from_db()
    assert draft.ends == date(2027, 6, 11)


def test_address_of_a_public_programme_stays(programme: Programme, cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.edit(programme, by=cast["owner"], slug="other")
    assert refused.value.code == "slug_fixed"


def test_zone_of_a_public_programme_stays(programme: Programme, cast: Cast) -> None:
    """Else a closing would move without anybody having moved it."""
    with pytest.raises(Refused) as refused:
        actions.edit(programme, by=cast["owner"], time_zone="Europe/Stockholm")
    assert refused.value.code == "zone_fixed"


def test_themes_are_reworded_added_and_dropped(draft: Programme, cast: Cast) -> None:
    actions.set_themes(draft, [ThemeLine(Words(fi="Yksi")), ThemeLine(Words(fi="Kaksi"))], by=cast["owner"])
    one, two = draft.themes.all()
    lines = [ThemeLine(Words(fi="Kolme")), ThemeLine(Words(fi="Kaksi", sv="Två"), two.pk)]
    actions.set_themes(draft, lines, by=cast["owner"])
    assert [(theme.number, theme.title) for theme in draft.themes.all()] == [
        (1, Words(fi="Kolme")),
        (2, Words(fi="Kaksi", sv="Två")),
    ]
    assert not draft.themes.filter(pk=one.pk).exists()
    assert last_edit(draft) == {"fields": ["themes"]}


def test_theme_of_a_team_is_not_dropped(programme: Programme, cast: Cast) -> None:
    team = teams.form(programme, by=cast["convener"])
    teams.edit(team, theme=programme.themes.get(), by=cast["convener"])
    with pytest.raises(Refused) as refused:
        actions.set_themes(programme, [], by=cast["owner"])
    assert refused.value.code == "theme_in_use"
    assert programme.themes.count() == 1


def test_phase_that_ends_before_it_begins_is_refused(draft: Programme, cast: Cast) -> None:
    with pytest.raises(Refused, match="The end is before the start"):
        actions.set_phases(draft, [PhaseLine(Words(fi="Haku"), date(2027, 2, 2), date(2027, 2, 1))], by=cast["owner"])


def test_page_saves_texts_in_three_languages(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    filled = {"title_fi": "Kevät", "title_sv": "Våren", "purpose_en": "Why", "slug": "draft"}
    client, page = client_of(cast["facilitator"]), reverse("programmes:edit", args=["draft"])
    client.post(page, {**filled, "seen": seen_on(client, page)})
    draft.refresh_from_db()
    assert (draft.title, draft.purpose) == (Words(fi="Kevät", sv="Våren"), Words(en="Why"))


def test_page_saves_facts_as_they_are_typed(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    filled = {
        "starts": "5.2.2027",
        "ends": "2027-06-11",
        "time_zone": "Europe/Stockholm",
        "room_seats": "12",
        "organisers": "  Uudistusvirasto \n\n Yhteistyö   ministeriö",
        "canvas_kinds": ["assumption_map"],
    }
    client, page = client_of(cast["owner"]), reverse("programmes:edit", args=["draft", "facts"])
    client.post(page, {**filled, "seen": seen_on(client, page)})
    draft.refresh_from_db()
    assert (draft.starts, draft.time_zone, draft.room_seats) == (date(2027, 2, 5), "Europe/Stockholm", 12)
    assert (draft.organisers, draft.canvas_kinds) == (["Uudistusvirasto", "Yhteistyö ministeriö"], ["assumption_map"])


def test_unknown_zone_is_told_at_its_field(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    filled = {"starts": "2027-01-29", "ends": "2027-06-11", "time_zone": "Helsinki", "room_seats": "12"}
    answer = client_of(cast["owner"]).post(reverse("programmes:edit", args=["draft", "facts"]), filled)
    assert answer.context["form"].errors == {"time_zone": ["There is no time zone “Helsinki”."]}


def test_page_adds_and_removes_themes(programme: Programme, cast: Cast, client_of: ClientOf) -> None:
    theme = programme.themes.get()
    filled = {f"{theme.pk}_fi": "", "new-0_fi": "Uusi", "new-0_sv": "Ny"}
    client, page = client_of(cast["owner"]), reverse("programmes:edit", args=[programme.slug, "themes"])
    client.post(page, {**filled, "seen": seen_on(client, page)})
    assert [one.title for one in programme.themes.all()] == [Words(fi="Uusi", sv="Ny")]


def test_page_saves_phases_and_asks_for_missing_days(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    client, address = client_of(cast["owner"]), reverse("programmes:edit", args=["draft", "phases"])
    answer = client.post(address, {"title-1_fi": "Haku", "starts-1": "2027-01-29"})
    assert answer.context["form"].errors == {"ends-1": ["Say the day too."]}
    filled = {"title-1_fi": "Haku", "starts-1": "2027-01-29", "ends-1": "2027-02-05"}
    client.post(address, {**filled, "seen": seen_on(client, address)})
    assert [(phase.title, phase.ends) for phase in draft.phases.all()] == [(Words(fi="Haku"), date(2027, 2, 5))]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_shows_what_is_there(part: str, programme: Programme, cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast["owner"]).get(reverse("programmes:edit", args=[programme.slug, part])).status_code == 200


@pytest.mark.parametrize("role", ["mentor", "juror", "outsider"])
def test_those_who_do_not_run_it_find_no_edit_page(
    role: str, programme: Programme, cast: Cast, client_of: ClientOf
) -> None:
    assert client_of(cast[role]).get(reverse("programmes:edit", args=[programme.slug])).status_code == 404


def test_part_that_is_not_there_is_not_found(draft: Programme, cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast["owner"]).get(reverse("programmes:edit", args=["draft", "colours"])).status_code == 404
