from rihma.experiments.views.lists import draft, draft_from_item, of_programme, of_team
from rihma.experiments.views.locking import amend, start
from rihma.experiments.views.planning import allow_dates, checks, edit, experiment, make_ready, save
from rihma.experiments.views.results import conclude, decide
from rihma.experiments.views.running import cancel, end, observe, pause, resume

__all__ = [
    "allow_dates",
    "amend",
    "cancel",
    "checks",
    "conclude",
    "decide",
    "draft",
    "draft_from_item",
    "edit",
    "end",
    "experiment",
    "make_ready",
    "observe",
    "of_programme",
    "of_team",
    "pause",
    "resume",
    "save",
    "start",
]
