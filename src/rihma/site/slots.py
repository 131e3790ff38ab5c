"""Which area answers for which place on a page of an area below it (see base/slots.py)."""

SLOTS: dict[str, list[str]] = {
    "base/nav": ["rihma.site.frame.menu"],
    "base/footer": ["rihma.site.frame.foot"],
    "base/person_menu": ["rihma.accounts.slots.person_menu"],
    "programmes/list": ["rihma.calls.slots.open_calls"],
    "programmes/dates": ["rihma.workshops.slots.programme_workshops"],
    "programmes/page": ["rihma.teams.slots.programme_teams", "rihma.library.slots.programme_lessons"],
    "programmes/aside": ["rihma.calls.slots.call_box"],
    "programmes/tools": [
        "rihma.insights.slots.programme_tools",
        "rihma.calls.slots.programme_tools",
        "rihma.selection.slots.programme_tools",
        "rihma.workshops.slots.programme_tools",
        "rihma.experiments.slots.programme_tools",
    ],
    "programmes/edit": ["rihma.calls.slots.programme_parts"],
    "calls/dates": ["rihma.workshops.slots.programme_workshops"],
    "calls/rules": ["rihma.teams.slots.eligibility"],
    "calls/page": ["rihma.teams.slots.partners"],
    "applications/people": ["rihma.teams.slots.people"],
    "applications/application": ["rihma.selection.slots.decision_on_application"],
    "teams/stages": ["rihma.insights.slots.stages_of_team"],
    "teams/page": [
        "rihma.selection.slots.decision_on_team",
        "rihma.workshops.slots.next_workshop",
        "rihma.canvases.slots.team_canvases",
        "rihma.experiments.slots.team_experiments",
    ],
    "canvases/testable": ["rihma.experiments.slots.make_experiment"],
    "experiments/page": ["rihma.library.slots.lesson_of_experiment"],
    "site/home": ["rihma.workshops.slots.home_workshop"],
}
