from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Canvases(Area):
    name = "rihma.canvases"
    events = {
        "opened": _("The canvas “%(kind)s” was opened"),
        "worked": _("%(by)s worked on the canvas “%(kind)s”"),
        "frozen": _("%(by)s froze the canvas “%(kind)s”"),
        "reopened": _("%(by)s opened the canvas “%(kind)s” for changes again"),
    }
