"""So that nobody saves over what somebody else saved while the page was open."""

import hashlib
import json
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused


def mark_of(facts: Mapping[str, object]) -> str:
    """Names what a form was filled from."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def check_seen(seen: str, mark: str) -> None:
    """Under the lock of what is about to change: `mark` names it as it is now."""
    if seen != mark:
        raise Refused(
            "newer",
            _("Somebody else changed this meanwhile. Nothing is lost: compare with what they saved, then save again."),
        )
