"""So that nobody saves over what somebody else saved while the page was open."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused


def mark_of(facts: Mapping[str, object]) -> str:
    """Names what a form was filled from."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=_plain).encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)


def facts_of(thing: object, names: Iterable[str]) -> dict[str, object]:
    return {name: getattr(thing, name) for name in names}


def check_unchanged(thing: object, names: Iterable[str], seen: str | None) -> None:
    """The same for a row and some of its fields. Without `seen` nobody looked at a form: an import, or the demo."""
    if seen is not None:
        check_seen(seen, mark_of(facts_of(thing, names)))


def check_seen(seen: str, mark: str) -> None:
    """Under the lock of what is about to change: `mark` names it as it is now."""
    if seen != mark:
        raise Refused(
            "newer",
            _("Somebody else changed this meanwhile. Nothing is lost: compare with what they saved, then save again."),
        )
