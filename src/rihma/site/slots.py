"""Which area answers for which place on a page of an area below it (see base/slots.py)."""

SLOTS: dict[str, list[str]] = {
    "base/person_menu": ["rihma.accounts.slots.person_menu"],
    "applications/people": ["rihma.teams.slots.people"],
    "calls/dates": ["rihma.workshops.slots.programme_workshops"],
    "calls/rules": ["rihma.teams.slots.eligibility"],
    "calls/page": ["rihma.teams.slots.partners"],
    "programmes/dates": ["rihma.workshops.slots.programme_workshops"],
    "programmes/tools": ["rihma.workshops.slots.programme_tools"],
    "programmes/page": ["rihma.teams.slots.programme_teams"],
    "teams/page": ["rihma.workshops.slots.next_workshop", "rihma.canvases.slots.team_canvases"],
    "site/home": ["rihma.workshops.slots.home_workshop"],
}
