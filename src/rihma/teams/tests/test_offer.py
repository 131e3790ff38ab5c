"""Letters between a team that looks for partners and those who would join: what may be written, and who sees what."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.notices.mail import mail_of
from rihma.notices.models import Message
from rihma.programmes.models import Programme
from rihma.teams import actions, contacts
from rihma.teams.models import Contact, Letter, Team
from tests.conftest import Cast

type ClientOf = Callable[[Person | None], Client]


@pytest.fixture
def looking(team: Team, cast: Cast) -> Team:
    return hung(team, cast["convener"])


def hung(team: Team, by: Person) -> Team:
    return actions.edit_card(team, search_words="A data steward", search_kinds=[], search_until=None, by=by)


def others(programme: Programme, cast: Cast, count: int) -> list[Team]:
    """Teams of the other convener, whose cards hang too."""
    made = [actions.form(programme, by=cast["other_convener"]) for _n in range(count)]
    return [hung(team, cast["other_convener"]) for team in made]


def test_letters_go_both_ways_in_the_language_of_each(looking: Team, cast: Cast, client_of: ClientOf) -> None:
    sender, convener = client_of(cast["other_convener"]), client_of(cast["convener"])
    first = sender.post(reverse("teams:offer", args=[looking.pk]), {"words": "Jag kan register."})
    contact = Contact.objects.get()
    assert first.headers["Location"] == contact.get_absolute_url()
    assert "Waits for you" in convener.get(reverse("teams:contacts", args=[looking.pk])).text
    assert "Jag kan register." in convener.get(contact.get_absolute_url()).text
    convener.post(contact.get_absolute_url(), {"words": "Tervetuloa."})
    assert "Waits for you" not in convener.get(reverse("teams:contacts", args=[looking.pk])).text
    assert "Tervetuloa." in sender.get(contact.get_absolute_url()).text
    told = Message.objects.filter(kind="teams/notices/letter").values_list("to__email", "language")
    assert dict(told) == {cast["convener"].email: "fi", cast["other_convener"].email: "sv"}


@pytest.mark.req("S3")
def test_no_page_and_no_mail_tells_an_address_before_its_owner_shows_it(
    looking: Team, cast: Cast, client_of: ClientOf
) -> None:
    sender, convener = cast["other_convener"], cast["convener"]
    contact = contacts.offer(looking, "I know registers.", by=sender)
    contacts.answer(contact, "Welcome.", by=convener)
    contacts.report(contact, "Just in case.", by=sender)
    board = reverse("teams:partners", args=[looking.programme.slug])
    call = f"/api/v1/calls?{looking.pk}"
    for reader, hidden in ((sender, convener), (convener, sender), (cast["owner"], sender), (None, convener)):
        for address in (board, contact.get_absolute_url(), reverse("teams:contacts", args=[looking.pk]), call):
            page = client_of(reader).get(address).text
            assert hidden.email not in page
            assert hidden.email.split("@")[0] not in page.replace(str(hidden.pk), "")
    letters = [mail_of(one) for one in Message.objects.filter(kind__startswith="teams/notices/")]
    assert len(letters) == 3
    for letter in letters:
        told = letter.message().as_string().replace(str(letter.to[0]), "")
        reads = letter.to[0].rpartition("<")[2].rstrip(">")
        assert all(one.email not in told for one in (sender, convener) if one.email != reads)


def test_each_shows_only_their_own_address_and_can_hide_it_again(
    looking: Team, cast: Cast, client_of: ClientOf
) -> None:
    contact = contacts.offer(looking, "I know registers.", by=cast["outsider"])
    sender, convener = client_of(cast["outsider"]), client_of(cast["convener"])
    page, switch = contact.get_absolute_url(), reverse("teams:show_address", args=[contact.pk])
    convener.post(switch)
    assert cast["convener"].email in sender.get(page).text
    assert cast["outsider"].email not in convener.get(page).text
    assert cast["convener"].email not in Message.objects.get(kind="teams/notices/address_shown").body
    convener.post(switch, {"hide": "1"})
    assert cast["convener"].email not in sender.get(page).text


def test_team_that_does_not_search_in_public_is_not_found(team: Team, cast: Cast, client_of: ClientOf) -> None:
    actions.edit(team, looking_for="A data steward", by=cast["convener"])
    assert client_of(cast["outsider"]).get(reverse("teams:offer", args=[team.pk])).status_code == 404


@pytest.mark.parametrize("role", ["outsider", "member", "owner", "juror"])
def test_letters_are_read_by_the_two_sides_alone(looking: Team, cast: Cast, client_of: ClientOf, role: str) -> None:
    contact = contacts.offer(looking, "I know registers.", by=cast["other_convener"])
    contacts.stop(contact, by=cast["convener"])
    client = client_of(cast[role])
    assert client.get(contact.get_absolute_url()).status_code == 404
    assert client.post(contact.get_absolute_url(), {"words": "Hello"}).status_code == 404
    assert client.get(reverse("teams:contacts", args=[looking.pk])).status_code == 404
    assert client.post(reverse("teams:bar", args=[contact.pk])).status_code == 404


def test_sending_twice_is_one_letter(looking: Team, cast: Cast) -> None:
    first = contacts.offer(looking, "I know registers.", by=cast["outsider"])
    assert contacts.offer(looking, "I know  registers!", by=cast["outsider"]) == first
    assert (Letter.objects.count(), Message.objects.filter(kind="teams/notices/letter").count()) == (1, 1)


def test_fourth_letter_waits_until_the_team_has_answered(looking: Team, cast: Cast, client_of: ClientOf) -> None:
    for words in ("One.", "Two.", "Three."):
        contact = contacts.offer(looking, words, by=cast["outsider"])
    client = client_of(cast["outsider"])
    answer = client.post(contact.get_absolute_url(), {"words": "Four."})
    assert "has not answered yet" in answer.text
    assert "Four." in answer.text
    contacts.answer(contact, "Patience.", by=cast["convener"])
    contacts.offer(looking, "Four.", by=cast["outsider"])
    assert contact.letters.count() == 5


def test_same_words_reach_two_teams_and_no_third(programme: Programme, cast: Cast) -> None:
    first, second, third = others(programme, cast, 3)
    for team in (first, second):
        contacts.offer(team, "Buy our software!", by=cast["outsider"])
    with pytest.raises(Refused, match="these very words"):
        contacts.offer(third, "buy our SOFTWARE", by=cast["outsider"])
    contacts.offer(third, "I know your registers from inside.", by=cast["outsider"])
    assert Contact.objects.filter(person=cast["outsider"]).count() == 3


def test_sixth_team_within_an_hour_waits_and_is_free_after_it(programme: Programme, cast: Cast) -> None:
    teams = others(programme, cast, 6)
    for number, team in enumerate(teams[:5]):
        contacts.offer(team, f"Letter {number}", by=cast["outsider"])
    with pytest.raises(Refused, match="Try again in 60 minutes"):
        contacts.offer(teams[5], "Letter 5", by=cast["outsider"])
    assert Contact.objects.count() == 5
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        contacts.offer(teams[5], "Letter 5", by=cast["outsider"])
    assert Contact.objects.count() == 6


def test_ended_exchange_takes_no_letter_until_the_side_that_ended_it_goes_on(looking: Team, cast: Cast) -> None:
    contact = contacts.offer(looking, "I know registers.", by=cast["outsider"])
    contacts.stop(contact, by=cast["convener"])
    contacts.go_on(contact, by=cast["outsider"])
    with pytest.raises(Refused, match="has been ended"):
        contacts.offer(looking, "Please.", by=cast["outsider"])
    contacts.go_on(contact, by=cast["convener"])
    contacts.offer(looking, "Please.", by=cast["outsider"])
    assert contact.letters.count() == 2


def test_whoever_runs_the_programme_reads_what_was_reported_and_keeps_the_sender_from_all_its_teams(
    looking: Team, programme: Programme, cast: Cast, client_of: ClientOf
) -> None:
    contact = contacts.offer(looking, "Nasty words.", by=cast["outsider"])
    client_of(cast["convener"]).post(reverse("teams:report", args=[contact.pk]), {"because": "Nasty."})
    owner = client_of(cast["owner"])
    assert "Nasty words." in owner.get(contact.get_absolute_url()).text
    assert Message.objects.get(kind="teams/notices/contact_reported").to == cast["owner"]
    owner.post(reverse("teams:bar", args=[contact.pk]))
    other = others(programme, cast, 1)[0]
    with pytest.raises(Refused, match="may not write to teams"):
        contacts.offer(other, "Hello.", by=cast["outsider"])
    owner.post(reverse("teams:bar", args=[contact.pk]), {"let_in": "1"})
    contacts.offer(other, "Hello.", by=cast["outsider"])
    assert Contact.objects.filter(person=cast["outsider"]).count() == 2


def test_whoever_has_no_name_yet_is_asked_for_it_and_keeps_their_words(
    looking: Team, cast: Cast, client_of: ClientOf
) -> None:
    address = reverse("teams:offer", args=[looking.pk])
    assert client_of(None).get(address).headers["Location"].startswith("/en/account/")
    nameless = Person.objects.create_user("new.person@elsewhere.example", language="fi")
    answer = client_of(nameless).post(address, {"words": "I know registers."})
    assert "Write your name" in answer.text
    assert "I know registers." in answer.text
    assert (Contact.objects.count(), len(mail.outbox)) == (0, 0)
