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
        "webhook_added": _("%(by)s added a program that is told what happens: %(to)s"),
        "webhook_edited": _("%(by)s changed what a program is told, or where: %(to)s"),
        "webhook_renewed": _("%(by)s made a new secret for a program: %(to)s"),
        "webhook_turned_on": _("%(by)s turned a program's messages on: %(to)s"),
        "webhook_turned_off": _("%(by)s turned a program's messages off: %(to)s"),
        "webhook_removed": _("%(by)s removed a program that was told what happens: %(to)s"),
        "webhook_stopped": _("Messages to a program were stopped, because nobody took them: %(to)s"),
    }
