from collections.abc import Iterable

from django.db.models import Q
from django.utils.timezone import localdate

from rihma.actors import rules
from rihma.actors.models import Organisation, Spelling
from rihma.base import clock


def called(name: str) -> Organisation | None:
    """Whoever bears this name now, in any language and spelling, or bore it; for one that has ended, who carries on."""
    key = rules.key_of(name)
    if not key:
        return None
    known = Organisation.objects.select_related("same_as__successor", "successor")
    found = known.filter(name_key=key).first() or known.filter(spellings__key=key).order_by("ended_on", "pk").first()
    return of_today(found) if found else None


def of_today(organisation: Organisation) -> Organisation:
    found = organisation.same_as or organisation
    is_over = found.ended_on is not None and found.ended_on < localdate(clock.now())
    return found.successor if is_over and found.successor else found


def known_keys(names: Iterable[str]) -> set[str]:
    """The keys of those names that somebody bears or has borne."""
    keys = {key for name in names if (key := rules.key_of(name))}
    if not keys:
        return set()
    own = Organisation.objects.filter(name_key__in=keys).values_list("name_key", flat=True)
    return {*own, *Spelling.objects.filter(key__in=keys).values_list("key", flat=True)}


def listed() -> Q:
    """Those that somebody can still choose, for a filter: no duplicates, nobody who has ended."""
    return Q(same_as=None) & (Q(ended_on=None) | Q(ended_on__gte=localdate(clock.now())))
