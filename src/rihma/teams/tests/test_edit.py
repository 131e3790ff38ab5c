from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.teams import actions
from rihma.teams.models import Team
from tests.conftest import Cast
from tests.stale import form_of, seen_on


def test_second_member_to_save_sees_what_the_first_saved(
    team: Team, cast: Cast, client_of: Callable[[Person | None], Client]
) -> None:
    actions.join(actions.invite(team, cast["member"].email, by=cast["convener"]), by=cast["member"])
    page, convener, member = (
        reverse("teams:edit", args=[team.pk]),
        client_of(cast["convener"]),
        client_of(cast["member"]),
    )
    typed = {"name": "Debt advisers", "phenomenon": "Debt grows.", "seen": seen_on(convener, page)}
    theirs = {"name": "Debt advisers", "phenomenon": "Nobody asks.", "seen": seen_on(member, page)}
    assert member.post(page, theirs).status_code == 302
    form = form_of(convener.post(page, typed))
    assert form["phenomenon"].value() == "Debt grows."
    assert form["phenomenon"].help_text == "Saved by somebody else meanwhile: Nobody asks."
    team.refresh_from_db()
    assert team.phenomenon == "Nobody asks."
    assert convener.post(page, {**typed, "seen": form["seen"].value()}).status_code == 302
    team.refresh_from_db()
    assert team.phenomenon == "Debt grows."
