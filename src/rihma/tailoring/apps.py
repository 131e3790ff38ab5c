from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Tailoring(Area):
    name = "rihma.tailoring"
    events = {
        "copied": _("%(by)s copied a canvas to make it the programme's own"),
        "imported": _("%(by)s brought in a canvas of the programme's own from a file"),
        "edited": _("%(by)s edited a canvas of the programme's own"),
        "published": _("%(by)s published a canvas of the programme's own"),
        "retired": _("%(by)s retired a canvas of the programme's own"),
        "taken_up": _("%(by)s took a retired canvas up again"),
        "discarded": _("%(by)s discarded the draft of a canvas"),
    }
