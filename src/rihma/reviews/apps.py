from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Reviews(Area):
    name = "rihma.reviews"
    scopes = {
        "reviews:read": _("Read what you have to review, and the reviews of calls that you run"),
        "reviews:write": _("Save and send your reviews"),
    }
    # None of them names an application: history of a programme is read by people who may be conflicted.
    events = {
        "reviewing_set": _("%(by)s set how applications are reviewed"),
        "juror_set": _("%(by)s set what a juror reads"),
        "assigned": _("%(by)s gave applications to jurors"),
        "released": _("%(by)s took an application back from a juror"),
        "begun": _("%(by)s began the review of applications"),
        "discussed": _("%(by)s let the jurors talk about the applications"),
        "closed": _("%(by)s closed the review of applications"),
        "began": _("The review of applications began at its time"),
        "talk_began": _("The time for the jurors to talk about the applications began"),
        "ended": _("The review of applications ended at its time"),
        "declared": _("%(by)s declared a conflict of interest"),
        "lifted": _("%(by)s found that there is no conflict of interest"),
        "sent": _("%(by)s sent a review"),
        "reopened": _("%(by)s took a review back to change it"),
    }
