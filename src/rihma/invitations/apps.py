from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Invitations(Area):
    name = "rihma.invitations"
    scopes = {
        "invitations:read": _("Read whom the calls that you run invite, and what they answered"),
        "invitations:write": _("Invite to the calls that you run, and answer your own invitations"),
    }
    events = {
        "invited": _("%(by)s invited %(count)s to apply"),
        "reminded": _("%(by)s sent an invitation to apply again"),
        "revoked": _("%(by)s took back an invitation to apply"),
        "accepted": _("%(by)s accepted an invitation to apply"),
        "declined": _("%(by)s declined an invitation to apply"),
    }
