from datetime import timedelta
from typing import Unpack

from django.db import transaction

from rihma.accounts.actions import get_or_invite
from rihma.accounts.models import Person
from rihma.accounts.rules import tidy_email
from rihma.actors.actions import join as join_organisation
from rihma.actors.models import Organisation
from rihma.base import clock
from rihma.base.seen import check_unchanged
from rihma.history.actions import record
from rihma.history.models import Event
from rihma.notices.actions import tell
from rihma.programmes.models import Programme
from rihma.teams import rules
from rihma.teams.models import Member, Team
from rihma.teams.queries import STAYS
from rihma.teams.shortfalls import review
from rihma.teams.types import CARD, Card, Description

SETTLED = {
    Team.State.ADMITTED: "admitted",
    Team.State.RESERVE: "reserved",
    Team.State.DECLINED: "declined",
    Team.State.LEFT: "left_programme",
    Team.State.CONTINUED: "went_on",
}
AN_HOUR = timedelta(hours=1)


@transaction.atomic
def form(programme: Programme, *, organisation: Organisation | None = None, by: Person) -> Team:
    """Begin a team; whoever forms it is its convener and a confirmed member."""
    team = Team.objects.create(programme=programme, language=by.language, formed_at=clock.now())
    Member.objects.create(
        team=team,
        person=by,
        organisation=organisation,
        role=Member.Role.CONVENER,
        state=Member.State.CONFIRMED,
        invited_at=clock.now(),
        answered_at=clock.now(),
    )
    if organisation:
        join_organisation(organisation, by=by)
    record(team, "formed", scope=programme.pk, thread=team.pk, by=by)
    return team


@transaction.atomic
def edit(team: Team, *, seen: str | None = None, by: Person, **changes: Unpack[Description]) -> Team:
    """Change what the team says of itself. A draft is saved at each pause of typing; history tells it once an hour."""
    if seen is not None:
        check_unchanged(Team.objects.select_for_update().get(pk=team.pk), changes, seen)
    for name, value in changes.items():
        setattr(team, name, value)
    team.save(update_fields=list(changes))
    lately = clock.now() - AN_HOUR
    if not Event.objects.of_thread(team.pk).filter(verb="edited", by=by, at__gt=lately).exists():
        record(team, "edited", scope=team.programme_id, thread=team.pk, by=by)
    review(team, by=by)
    return team


@transaction.atomic
def edit_card(team: Team, *, seen: str | None = None, by: Person, **card: Unpack[Card]) -> Team:
    """Its search hangs on the board from now on. Words that its application says too follow the application."""
    team = Team.objects.select_for_update(of=("self",)).select_related("programme").get(pk=team.pk)
    check_unchanged(team, CARD, seen)
    rules.check_card(card["search_until"], clock.now().astimezone(team.programme.zone).date())
    words = card["search_words"].strip()
    team.search_words = "" if words == team.looking_for.strip() else words
    team.search_kinds, team.search_until = card["search_kinds"], card["search_until"]
    team.search_is_public = True
    team.save(update_fields=[*CARD, "search_is_public"])
    record(team, "card_hung", scope=team.programme_id, thread=team.pk, by=by)
    return team


@transaction.atomic
def take_down_card(team: Team, *, by: Person) -> Team:
    """Its words stay, for when it is hung again."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    if team.search_is_public:
        team.search_is_public = False
        team.save(update_fields=["search_is_public"])
        record(team, "card_taken_down", scope=team.programme_id, thread=team.pk, by=by)
    return team


@transaction.atomic
def act_for(member: Member, organisation: Organisation, *, by: Person) -> Member:
    """The member acts in this team for this organisation."""
    member.organisation = organisation
    member.save(update_fields=["organisation"])
    join_organisation(organisation, by=member.person)
    record(member.team, "acted_for", scope=member.team.programme_id, thread=member.team_id, by=by)
    review(member.team, by=by)
    return member


@transaction.atomic
def invite(team: Team, email: str, *, name: str = "", organisation: Organisation | None = None, by: Person) -> Member:
    """Offer a place; it counts as unclear in the rules until the invited confirms. They get a mail."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    taken = team.members.filter(state__in=STAYS).values_list("person__email", flat=True)
    rules.check_may_invite(taken, tidy_email(email))
    person = get_or_invite(email, name=name, language=team.language)
    member = Member.objects.create(
        team=team, person=person, organisation=organisation, invited_by=by, invited_at=clock.now()
    )
    record(team, "invited", scope=team.programme_id, thread=team.pk, by=by, member=str(member.pk))
    tell(
        "teams/notices/invitation", person, key=str(member.pk), scope=team.programme_id, member=member, team=team, by=by
    )
    return member


@transaction.atomic
def join(member: Member, *, organisation: Organisation | None = None, by: Person) -> Member:
    """The invited says yes, and in whose name they act: what the inviter wrote, unless they say otherwise."""
    member = _answer(member, Member.State.CONFIRMED)
    acts_for = organisation or member.organisation
    if acts_for:
        act_for(member, acts_for, by=by)
    record(member.team, "joined", scope=member.team.programme_id, thread=member.team_id, by=by, member=str(member.pk))
    review(member.team, by=by)
    return member


@transaction.atomic
def decline_invitation(member: Member, *, by: Person) -> Member:
    member = _answer(member, Member.State.DECLINED)
    record(
        member.team,
        "declined_invitation",
        scope=member.team.programme_id,
        thread=member.team_id,
        by=by,
        member=str(member.pk),
    )
    return member


@transaction.atomic
def leave(member: Member, *, by: Person) -> Member:
    """Access ends at once; what the person wrote stays."""
    member = _locked(member)
    rules.check_may_leave(member.role, member.state)
    member.state = Member.State.LEFT
    member.answered_at = clock.now()
    member.save(update_fields=["state", "answered_at"])
    verb = "left" if by.pk == member.person_id else "removed"
    record(member.team, verb, scope=member.team.programme_id, thread=member.team_id, by=by, member=str(member.pk))
    review(member.team, by=by)
    return member


@transaction.atomic
def settle(team: Team, state: Team.State, *, by: Person) -> Team:
    """What selection decided becomes the team's place: admitted, reserve or declined; or it leaves the programme."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    rules.check_may_move(team.state, state)
    team.state = state
    if state == Team.State.ADMITTED:
        team.admitted_at = clock.now()
    team.save(update_fields=["state", "admitted_at"])
    record(team, SETTLED[state], scope=team.programme_id, thread=team.pk, by=by)
    review(team, by=by)
    return team


@transaction.atomic
def merge(team: Team, into: Team, *, by: Person) -> Team:
    """Its people get a place in the other team, its convener as a deputy there. What the team was can still be read."""
    team, into = (Team.objects.select_for_update().get(pk=one.pk) for one in (team, into))
    rules.check_may_move(team.state, Team.State.MERGED)
    known = set(into.members.filter(state__in=STAYS).values_list("person", flat=True))
    for place in team.members.filter(state=Member.State.CONFIRMED).exclude(person__in=known):
        Member.objects.create(
            team=into,
            person_id=place.person_id,
            organisation_id=place.organisation_id,
            role=Member.Role.DEPUTY if place.role == Member.Role.CONVENER else place.role,
            state=Member.State.CONFIRMED,
            wants_seat=place.wants_seat,
            invited_by=by,
            invited_at=clock.now(),
            answered_at=clock.now(),
        )
    team.state = Team.State.MERGED
    team.save(update_fields=["state"])
    record(team, "merged", scope=team.programme_id, thread=team.pk, by=by, into=str(into.pk))
    record(into, "taken_in", scope=into.programme_id, thread=into.pk, by=by, team=str(team.pk))
    review(into, by=by)
    return into


@transaction.atomic
def give_mentor(team: Team, mentor: Person, *, by: Person) -> None:
    team.mentors.add(mentor)
    record(team, "mentored", scope=team.programme_id, thread=team.pk, by=by, mentor=str(mentor.pk))


def _answer(member: Member, state: Member.State) -> Member:
    member = _locked(member)
    rules.check_may_answer(member.state)
    member.state = state
    member.answered_at = clock.now()
    member.save(update_fields=["state", "answered_at"])
    return member


def _locked(member: Member) -> Member:
    return Member.objects.select_for_update(of=("self",)).select_related("team", "organisation").get(pk=member.pk)
