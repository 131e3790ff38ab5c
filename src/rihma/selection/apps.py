from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Selection(Area):
    name = "rihma.selection"
    scopes = {
        "decisions:read": _("Read decisions on applications"),
        "decisions:write": _("Write down decisions on applications"),
    }
    hooks = {
        "decision.announced": _("A decision was announced"),
    }
    events = {
        "decided": _("%(by)s decided on an application"),
        "announced": _("%(by)s announced the decisions"),
    }
