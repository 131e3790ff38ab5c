from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Actors(Area):
    name = "rihma.actors"
    events = {
        "added": _("%(by)s added the organisation"),
        "edited": _("%(by)s edited the organisation"),
        "renamed": _("%(by)s gave the organisation another name"),
        "became": _("%(by)s said what kind of organisation it is"),
        "ended": _("%(by)s said what has become of the organisation"),
        "merged": _("%(by)s said that two organisations are one"),
    }
