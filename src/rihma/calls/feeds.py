from collections.abc import Iterable
from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rihma.base.access import public
from rihma.calls.models import Call

NEWEST = 30


class Calls(Feed[Call, Call]):
    """Open calls as Atom, in the language of the address."""

    feed_type = Atom1Feed
    title = _("Open calls")
    link = "/"

    def items(self) -> Iterable[Call]:
        return Call.objects.visible_to(None).order_by("-programme__published_at")[:NEWEST]

    def item_title(self, item: Call) -> str:
        return str(item.programme.title)

    def item_description(self, item: Call) -> str:
        return str(item.programme.purpose)

    def item_pubdate(self, item: Call) -> datetime:
        return item.programme.published_at or datetime.combine(item.programme.starts, time(), UTC)


calls = public(require_safe(Calls()))
