from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Mergers(Area):
    name = "rihma.mergers"
    hooks = {
        "application.merged": _("Two applications became one"),
    }
    events = {
        "proposed": _("%(by)s proposed that two teams become one"),
        "agreed": _("%(by)s agreed that the two teams become one"),
        "declined": _("%(by)s said no to the two teams becoming one"),
        "taken_back": _("%(by)s took back the proposal that two teams become one"),
        "carried_out": _("Two teams became one"),
    }
