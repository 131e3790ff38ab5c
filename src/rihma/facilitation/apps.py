from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Facilitation(Area):
    name = "rihma.facilitation"
    events = {
        "vote_started": _("%(by)s started a vote on a canvas (dots for each: %(budget)s)"),
        "vote_closed": _("%(by)s closed a vote on a canvas (voters: %(voters)s)"),
        "vote_reopened": _("%(by)s opened a closed vote on a canvas again"),
        "votes_brought_in": _("%(by)s brought in results of votes with the data of a canvas (votes: %(count)s)"),
        "timer_started": _("%(by)s started a timer on a canvas (minutes: %(minutes)s)"),
        "timer_extended": _("%(by)s added a minute to a timer on a canvas"),
        "timer_stopped": _("%(by)s stopped a timer on a canvas"),
        "focused": _("%(by)s asked everybody to look at one zone of a canvas"),
        "focus_ended": _("%(by)s let everybody look around on a canvas again"),
    }
