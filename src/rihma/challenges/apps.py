from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Challenges(Area):
    name = "rihma.challenges"
    scopes = {
        "challenges:read": _("Read challenges of calls"),
    }
    hooks = {
        "challenge.published": _("A challenge was published"),
        "challenge.withdrawn": _("A challenge was withdrawn"),
    }
    events = {
        "let_in": _("%(by)s let somebody in to post challenges"),
        "let_out": _("%(by)s ended somebody's right to post challenges"),
        "posted": _("%(by)s wrote a challenge"),
        "edited": _("%(by)s edited a challenge"),
        "published": _("%(by)s published a challenge"),
        "closed": _("%(by)s closed a challenge to new answers"),
        "withdrawn": _("%(by)s withdrew a challenge"),
        "asked": _("%(by)s asked something about a challenge"),
        "answered": _("%(by)s answered a question about a challenge"),
    }
