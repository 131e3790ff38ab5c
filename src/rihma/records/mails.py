from collections.abc import Iterator
from datetime import date
from functools import partial

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.translation import ngettext

from rihma.notices.erasing import DONE, WRITTEN, forget_text
from rihma.notices.models import Message
from rihma.programmes.keeping import Thing
from rihma.programmes.models import Programme


def mails(programme: Programme) -> Iterator[Thing]:
    """By the day, because a call sends thousands."""
    written = Message.objects.filter(DONE, WRITTEN, scope=programme.pk)
    days = written.annotate(day=TruncDate("queued_at", tzinfo=programme.zone)).values_list("day")
    for day, count in days.annotate(count=Count("pk")).order_by("day"):
        name = ngettext("%(n)s mail", "%(n)s mails", count) % {"n": count}
        yield Thing(name, day, partial(_forget, programme, day), count)


def _forget(programme: Programme, day: date) -> None:
    written = Message.objects.filter(DONE, WRITTEN, scope=programme.pk)
    dated = written.annotate(day=TruncDate("queued_at", tzinfo=programme.zone)).filter(day=day)
    forget_text(Message.objects.filter(pk__in=dated.values("pk")))
