"""What a conflict is called, whoever found it."""

from django.utils.translation import gettext_lazy as _

from rihma.reviews import ties

SAID_OF_THEMSELVES = "declared"
CONFLICTS = {
    SAID_OF_THEMSELVES: _("said so themselves"),
    ties.MEMBER: _("belongs to the team"),
    ties.ORGANISATION: _("acts for an organisation of the team"),
    ties.NAMED: _("acts for an organisation that the application names"),
    ties.FAMILY: _("acts for an organisation of the same family"),
    ties.POSTER: _("posted the challenge that it answers, or works for whom it is"),
    ties.POSTER_FAMILY: _("acts for an organisation of the family that posted the challenge"),
    ties.MENTOR: _("mentors the team"),
    ties.RIVAL: _("applies to the same call"),
}
