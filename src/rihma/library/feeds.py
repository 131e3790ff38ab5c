from collections.abc import Iterable
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from rihma.base.access import public
from rihma.library.models import Lesson
from rihma.library.queries import listed

NEWEST = 50


class Lessons(Feed[Lesson, Lesson]):
    """New lessons as Atom, in the language of the address."""

    feed_type = Atom1Feed
    title = _("Lessons from experiments")
    link = "/"

    def items(self) -> Iterable[Lesson]:
        return listed(Lesson.objects.published()).order_by("-published_at")[:NEWEST]

    def item_title(self, item: Lesson) -> str:
        return str(item.headline)

    def item_description(self, item: Lesson) -> str:
        return str(item.question)

    def item_pubdate(self, item: Lesson) -> datetime | None:
        return item.published_at


lessons = public(require_safe(Lessons()))
