from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Canvases(Area):
    name = "rihma.canvases"
    events = {
        "opened": _("A canvas was opened for the team"),
        "worked": _("%(by)s worked on a canvas"),
        "frozen": _("%(by)s froze a canvas"),
        "reopened": _("%(by)s opened a frozen canvas again"),
    }
