from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Brainwriting(Area):
    name = "rihma.brainwriting"
    events = {
        "started": _("%(by)s asked everybody to write alone on a canvas"),
        "revealed": _("%(by)s revealed what everybody had written alone on a canvas (notes: %(notes)s)"),
        "cancelled": _("%(by)s ended writing alone on a canvas without revealing anything (notes: %(notes)s)"),
    }
