"""Which area answers for which place on a page of an area below it (see base/slots.py)."""

SLOTS: dict[str, list[str]] = {
    "base/person_menu": ["rihma.accounts.slots.person_menu"],
    "applications/people": ["rihma.teams.slots.people"],
    "calls/rules": ["rihma.teams.slots.eligibility"],
    "calls/page": ["rihma.teams.slots.partners"],
    "programmes/page": ["rihma.teams.slots.programme_teams"],
}
