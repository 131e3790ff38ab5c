from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from rihma.base import clock
from rihma.base.access import public
from rihma.calls.models import Call
from rihma.calls.queries import opens_in_words, said

NEWEST = 30


class Calls(Feed[Call, Call]):
    """Calls as Atom, with until when they can be answered, in the language of the address."""

    feed_type = Atom1Feed
    title = gettext_lazy("Open calls")
    link = "/"

    def items(self) -> Iterable[Call]:
        return Call.objects.visible_to(None).listed().order_by("-programme__published_at")[:NEWEST]

    def item_title(self, item: Call) -> str:
        return str(item.programme.title)

    def item_description(self, item: Call) -> str:
        """When one can apply comes first: readers show the beginning."""
        now = clock.now()
        opens, closes = opens_in_words(item, now), said(item.closes, item)
        begins = [_("Opens %(moment)s") % {"moment": opens}] if opens else []
        ends = _("Closed %(moment)s") if item.late_by(now) else _("Closes %(moment)s")
        return "\n".join([". ".join([*begins, ends % {"moment": closes}]) + ".", str(item.programme.purpose)])

    def item_pubdate(self, item: Call) -> datetime:
        return item.programme.published_at or datetime.combine(item.programme.starts, time(), UTC)


calls = public(require_safe(Calls()))
