from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Attachments(Area):
    name = "rihma.attachments"
    files = "rihma.attachments.queries.files"
    events = {
        "attached": _("%(by)s added a file to a canvas"),
        "guest_attached": _("A guest added a file to a canvas"),
        "removed": _("%(by)s removed a file from a canvas"),
        "guest_removed": _("A guest removed a file from a canvas"),
    }
