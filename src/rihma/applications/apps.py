from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Applications(Area):
    name = "rihma.applications"
    files = "rihma.applications.pruning.files"
    scopes = {
        "applications:read": _("Read the applications that you may read"),
        "applications:write": _("Start and submit your applications"),
    }
    hooks = {
        "application.submitted": _("An application arrived"),
        "application.withdrawn": _("An application was withdrawn"),
    }
    events = {
        "started": _("%(by)s started an application"),
        "went_on": _("An idea went on to its full application"),
        "copied": _("%(by)s brought answers of an earlier application in"),
        "submitted": _("%(by)s submitted the application"),
        "submitted_late": _("%(by)s submitted the application late"),
        "submitted_anew": _("%(by)s submitted the application anew"),
        "late_admitted": _("%(by)s admitted what had arrived late"),
        "late_declined": _("%(by)s declined what had arrived late"),
        "completion_asked": _("%(by)s asked the team to complete its application"),
        "completed": _("%(by)s completed the application"),
        "exception_granted": _("%(by)s granted an exception to the closing time"),
        "exception_used": _("%(by)s used an exception to the closing time"),
        "edits_dropped": _("%(by)s dropped changes that had not been submitted"),
        "answered_later": _("%(by)s answered what was asked for later"),
        "withdrawn": _("%(by)s withdrew the application"),
        "merged": _("The application was merged with another"),
    }
