from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Moderation(Area):
    name = "rihma.moderation"
    events = {
        "flagged": _("%(by)s flagged something on a canvas, and it was hidden"),
        "guest_flagged": _("A guest flagged something on a canvas, and it was hidden"),
        "shown": _("%(by)s looked at what was flagged and showed it again"),
        "erased": _("%(by)s erased what was written in one place on a canvas"),
        "writer_erased": _("%(by)s erased all that somebody wrote on the canvases"),
    }
