"""The parts in which a call is written: a tab and a page each."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rihma.base.parts import Option
from rihma.calls.models import Call

PARTS = {
    "calls:edit": _("Texts"),
    "calls:questions": _("Questions"),
    "calls:set_rules": _("Rules"),
    "calls:criteria": _("Criteria"),
    "applications:set_access": _("Who may apply"),
    "applications:set_times": _("Times"),
}


def tabs(call: Call, active: str = "") -> list[Option]:
    return [
        Option(title, reverse(route, args=[call.programme.slug]), active=route == active)
        for route, title in PARTS.items()
    ]
