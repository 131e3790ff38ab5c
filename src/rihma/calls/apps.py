from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Calls(Area):
    name = "rihma.calls"
    events = {
        "drafted": _("%(by)s wrote the open call"),
        "edited": _("%(by)s edited the open call"),
        "opened": _("%(by)s opened the call"),
        "closing_moved": _("%(by)s moved the closing time from %(before)s to %(after)s"),
    }
