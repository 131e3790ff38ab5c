from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Records(Area):
    name = "rihma.records"
    events = {
        "registered": _("The application got the register number %(number)s"),
        "plan_set": _("%(by)s set how records are numbered and how long they are kept"),
        "secret_marked": _("%(by)s marked a part of the application as secret"),
        "secret_unmarked": _("%(by)s took back a mark of secrecy"),
        "secret_decided": _("%(by)s decided whether a marked part is secret: %(outcome)s"),
        "documents_asked": _("Somebody asked for documents: request %(number)s"),
        "documents_answered": _("%(by)s answered the request for documents %(number)s: %(outcome)s"),
        "taken_out": _("%(by)s took cases out for the archive: %(count)s"),
        "disposed": _("What was kept long enough was deleted: %(count)s"),
    }
