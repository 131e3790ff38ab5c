"""Teams and their places; who writes to a team that looks for partners."""

from rihma.teams.models.contacts import ANSWERED, ANSWERS, Contact, Letter
from rihma.teams.models.partners import Partner
from rihma.teams.models.team import (
    CONVENED,
    MENTORED,
    PLACES,
    SEEN,
    WORKED,
    Member,
    Shortfall,
    Team,
    TeamQuerySet,
)

__all__ = [
    "ANSWERED",
    "ANSWERS",
    "CONVENED",
    "MENTORED",
    "PLACES",
    "SEEN",
    "WORKED",
    "Contact",
    "Letter",
    "Member",
    "Partner",
    "Shortfall",
    "Team",
    "TeamQuerySet",
]
