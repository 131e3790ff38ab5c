from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Programmes(Area):
    name = "rihma.programmes"
    events = {
        "created": _("%(by)s created the programme"),
        "edited": _("%(by)s edited the programme"),
        "published": _("%(by)s published the programme"),
        "closed": _("%(by)s closed the programme"),
        "reopened": _("%(by)s opened the closed programme again"),
        "appointed": _("%(by)s gave somebody a role"),
        "ended_role": _("%(by)s ended somebody's role"),
        "copied": _("%(by)s made a copy for the next round"),
        "imported": _("%(by)s imported the programme from a file"),
    }
