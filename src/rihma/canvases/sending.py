"""Where words of one canvas can stand on another."""

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.canvases.kinds import Kind


def place_for(kind: Kind, wanted: str) -> tuple[str, str]:
    """A kind of item and a zone where words from another canvas can stand: of the same kind, else the first."""
    for key in (wanted, *kind.items_by_key):
        item_kind = kind.item(key)
        zone = next((zone for zone in kind.zones if key in zone.admits), None)
        if item_kind and zone and not item_kind.needed and item_kind.identity is None:
            return key, zone.key
    raise Refused("invalid", _("That canvas takes only what is chosen there. Add it there by hand."))
