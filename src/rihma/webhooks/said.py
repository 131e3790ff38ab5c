from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rihma.webhooks.models import Delivery

WHY = {
    "not_public": gettext_lazy("the address leads to a machine that is not public"),
    "no_such_name": gettext_lazy("the name in the address is not known"),
    "certificate": gettext_lazy("its certificate is not to be trusted"),
    "slow": gettext_lazy("it took too long"),
    "no_answer": gettext_lazy("nobody answered"),
}


def why(delivery: Delivery) -> str:
    """What came of the last try; nothing before the first one."""
    if delivery.status:
        return _("It answered %(status)s") % {"status": delivery.status}
    return str(WHY.get(delivery.error, delivery.error))
