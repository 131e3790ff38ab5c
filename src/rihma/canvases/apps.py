from collections.abc import Mapping
from importlib import import_module

from django.utils.translation import gettext_lazy as _

from rihma.base.apps import Area
from rihma.canvases import kinds


class Canvases(Area):
    name = "rihma.canvases"
    scopes = {
        "canvases:read": _("Read the canvases that you may read"),
        "canvases:write": _("Work on canvases"),
    }
    events = {
        "opened": _("A canvas was opened for the team"),
        "worked": _("%(by)s worked on a canvas: %(canvas)s"),
        "guests_let_in": _("%(by)s opened a canvas to guests"),
        "guests_closed": _("%(by)s let no new guests come to a canvas"),
        "guests_sent_out": _("%(by)s sent the guests of a link out"),
        "guests_worked": _("Guests worked on a canvas: %(canvas)s"),
        "sent_on": _("%(by)s sent an item on to another canvas"),
        "snapshot_taken": _("%(by)s gave a moment of a canvas a name"),
        "brought_back": _("%(by)s brought an earlier moment of a canvas back"),
        "names_hidden": _("%(by)s hid the names of those who write on a canvas"),
        "names_shown": _("%(by)s let the names of those who write on a canvas be seen again"),
        "frozen": _("%(by)s froze a canvas"),
        "reopened": _("%(by)s opened a frozen canvas again"),
    }

    def facts(self, data: Mapping[str, object]) -> Mapping[str, object]:
        """The canvas by the name of its kind, of which the event keeps the key: it is nobody's own text."""
        # Never looked up in the database, because a list of events would ask once a row.
        kind = kinds.shipped(str(data.get("kind", "")))
        return {**data, "canvas": kind.name if kind else _("a kind of our own")}

    def ready(self) -> None:
        import_module("rihma.canvases.checks")
