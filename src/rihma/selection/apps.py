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
        "moved_up": _("The next team on the reserve list got the place"),
        "passed_over": _("A team on the reserve list was passed over, because limits would not have held"),
        "limits_set": _("%(by)s changed the limits and wishes for the cohort"),
        "weighed": _("%(by)s gave an application points or an exception"),
        "searched": _("%(by)s looked for the best set of teams"),
        "explained": _("The reasons for more applications were reckoned"),
        "taken": _("%(by)s took a set of teams as the decisions"),
    }
