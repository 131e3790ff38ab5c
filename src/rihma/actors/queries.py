from collections.abc import Iterable

from django.db.models import Count, Q
from django.utils.timezone import localdate

from rihma.actors import likeness, rules
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


def holder_of(business_id: str) -> Organisation | None:
    return Organisation.objects.filter(business_id=business_id).first() if business_id else None


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


MOST_ALIKE = 6
MOST_COMPARED = 300
# Enough of a word to find it in another form.
STEM = 5


def alike(name: str) -> list[Organisation]:
    """Whom somebody may mean who writes this name; asked before a second spelling becomes a second organisation."""
    key = rules.key_of(name)
    words = [word[:STEM] for word in likeness.core(key).split() if len(word) >= likeness.LEAST_LETTERS]
    if not words:
        return []
    near = Q()
    for word in words:
        near |= Q(name_key__contains=word) | Q(spellings__key__contains=word)
    found = Organisation.objects.filter(listed() & near).distinct()[:MOST_COMPARED]
    return likeness.alike(key, ((one, one.name_key) for one in found))[:MOST_ALIKE]


def suspected() -> list[tuple[Organisation, Organisation]]:
    """Each two that may have been added twice."""
    known = Organisation.objects.filter(listed()).order_by("name")
    return list(likeness.pairs((one, one.name_key) for one in known))


def suggested(most: int = 300) -> list[str]:
    """Names for a list under a text field: those that somebody acts for come first."""
    found = Organisation.objects.filter(listed()).annotate(acting=Count("affiliations"))
    return list(found.order_by("-acting", "name").values_list("name", flat=True)[:most])
