"""Those who would join a team, for tests that walk over every route."""

from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation
from rihma.teams import actions as teams
from rihma.teams import contacts, partners
from rihma.teams.models import Contact, Partner, Team


def written_to(team: Team, sender: Person, convener: Person) -> Contact:
    """Letters with a team whose card hangs; reported, so that those who run the programme read them too."""
    teams.edit_card(team, search_words="Tilastojen tuntijaa", search_kinds=[], search_until=None, by=convener)
    contact = contacts.offer(team, "Tunnen rekisterit.", by=sender)
    contacts.report(contact, "Mainos?", by=convener)
    return contact


def named(team: Team, asked: Person, by: Person) -> Partner:
    """An organisation that waits for an answer."""
    organisation = name_organisation("Majakkavirasto", kind="state_agency")
    return partners.name_partner(team, organisation, email=asked.email, by=by)
