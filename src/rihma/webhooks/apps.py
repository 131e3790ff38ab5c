from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area


class Webhooks(Area):
    name = "rihma.webhooks"
    hooks = {
        "webhook.test": _("You asked for a test message"),
    }
