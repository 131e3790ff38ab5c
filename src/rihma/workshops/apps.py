from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Workshops(Area):
    name = "rihma.workshops"
    scopes = {
        "workshops:read": _("Read workshops and your answers to them"),
        "workshops:write": _("Answer invitations to workshops"),
    }
    events = {
        "planned": _("%(by)s planned workshop %(number)s"),
        "edited": _("%(by)s edited workshop %(number)s"),
        "moved": _("%(by)s moved workshop %(number)s"),
        "cancelled": _("%(by)s cancelled workshop %(number)s"),
        "asked": _("%(by)s asked those who had not answered about workshop %(number)s"),
        "answered": _("%(by)s answered whether they come to workshop %(number)s"),
        "promoted": _("Somebody who waited got a seat in workshop %(number)s"),
    }
