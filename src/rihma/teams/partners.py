"""Organisations that a team names: pending until somebody who acts for them has confirmed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from rihma.accounts.actions import get_or_invite
from rihma.accounts.models import Person
from rihma.actors.actions import join as join_organisation
from rihma.actors.models import Organisation
from rihma.base import clock
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.teams import rules
from rihma.teams.models import ANSWERS, Member, Partner, Team
from rihma.teams.queries import STAYS
from rihma.teams.shortfalls import review

REMIND_AFTER = timedelta(days=5)


@transaction.atomic
def name_partner(team: Team, organisation: Organisation, *, email: str, name: str = "", by: Person) -> Partner:
    """It is pending from now on, and the person gets a mail that asks whether it takes part."""
    team = Team.objects.select_for_update(of=("self",)).select_related("programme").get(pk=team.pk)
    inside = team.members.filter(state__in=STAYS, organisation=organisation).exists()
    rules.check_may_name(known=inside or team.partners.standing().filter(organisation=organisation).exists())
    contact = get_or_invite(email, name=name, language=team.language)
    partner = Partner.objects.create(
        team=team, organisation=organisation, contact=contact, invited_by=by, invited_at=clock.now()
    )
    _record(partner, "partner_named", by)
    _ask(partner, "partner_asked")
    review(team, by=by)
    return partner


@transaction.atomic
def confirm_partner(partner: Partner, *, by: Person) -> Partner:
    """Whoever confirms acts for the organisation from now on; the team's convener and deputy are told."""
    partner = _answered(partner, Partner.State.CONFIRMED, by)
    join_organisation(partner.organisation, by=by)
    _record(partner, "partner_confirmed", by)
    _tell_team(partner)
    review(partner.team, by=by)
    return partner


@transaction.atomic
def decline_partner(partner: Partner, *, by: Person) -> Partner:
    """It counts no longer; the team's convener and deputy are told."""
    partner = _answered(partner, Partner.State.DECLINED, by)
    _record(partner, "partner_declined", by)
    _tell_team(partner)
    review(partner.team, by=by)
    return partner


@transaction.atomic
def take_back_partner(partner: Partner, *, by: Person) -> Partner:
    """By the team, or by the organisation that leaves it: it counts no longer."""
    partner = _locked(partner)
    rules.check_may_take_back(partner.state)
    partner.state = Partner.State.LEFT
    partner.save(update_fields=["state"])
    _record(partner, "partner_left", by)
    review(partner.team, by=by)
    return partner


def remind(now: datetime) -> None:
    """Comes round again and again: who has not answered is asked once more, while the team is still forming or works."""
    waiting = Partner.objects.filter(state=Partner.State.INVITED, reminded_at=None, invited_at__lt=now - REMIND_AFTER)
    going_on = [Team.State.FORMING, Team.State.ADMITTED, Team.State.RESERVE]
    for partner in waiting.filter(team__state__in=going_on).values_list("pk", flat=True):
        _remind(partner, now)


@transaction.atomic
def _remind(pk: UUID, now: datetime) -> None:
    partner = _locked(Partner(pk=pk))
    if partner.state == Partner.State.INVITED and partner.reminded_at is None:
        partner.reminded_at = now
        partner.save(update_fields=["reminded_at"])
        _ask(partner, "partner_asked_again")


def _answered(partner: Partner, state: Partner.State, by: Person) -> Partner:
    partner = _locked(partner)
    rules.check_may_answer(partner.state)
    partner.state, partner.answered_by, partner.answered_at = state, by, clock.now()
    partner.save(update_fields=["state", "answered_by", "answered_at"])
    return partner


def _ask(partner: Partner, kind: str) -> None:
    facts = {"partner": partner, "team": partner.team, "by": partner.invited_by}
    tell(f"teams/notices/{kind}", partner.contact, key=str(partner.pk), scope=partner.team.programme_id, **facts)


def _tell_team(partner: Partner) -> None:
    team = partner.team
    places = Member.objects.filter(team=team, role__in=ANSWERS, state=Member.State.CONFIRMED).select_related("person")
    for place in places:
        facts = {"partner": partner, "team": team}
        tell("teams/notices/partner_answered", place.person, key=str(partner.pk), scope=team.programme_id, **facts)


def _record(partner: Partner, verb: str, by: Person) -> None:
    team = partner.team
    record(team, verb, scope=team.programme_id, thread=team.pk, by=by, partner=str(partner.pk))


def _locked(partner: Partner) -> Partner:
    found = Partner.objects.select_for_update(of=("self",))
    return found.select_related("team__programme", "organisation", "contact", "invited_by").get(pk=partner.pk)
