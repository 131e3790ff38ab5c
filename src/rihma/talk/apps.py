from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Talk(Area):
    name = "rihma.talk"
    events = {
        "commented": _("%(by)s commented on an item of a canvas"),
        "guest_commented": _("A guest commented on an item of a canvas"),
        "comments_brought_in": _("%(by)s brought in comments with the data of a canvas (comments: %(count)s)"),
        "removed": _("%(by)s removed a comment on a canvas"),
        "guest_removed": _("A guest removed a comment on a canvas"),
        "resolved": _("%(by)s resolved a thread on a canvas"),
        "guest_resolved": _("A guest resolved a thread on a canvas"),
        "reopened": _("%(by)s opened a resolved thread on a canvas again"),
        "guest_reopened": _("A guest opened a resolved thread on a canvas again"),
    }
