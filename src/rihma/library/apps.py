from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Library(Area):
    name = "rihma.library"
    events = {
        "drafted": _("%(by)s began to write down the lesson"),
        "edited": _("%(by)s edited the lesson"),
        "published": _("%(by)s published the lesson"),
        "withdrawn": _("%(by)s withdrew the lesson"),
    }
