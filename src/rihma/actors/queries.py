from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from rihma.actors import counting, likeness, rules
from rihma.actors.models import Organisation, Spelling
from rihma.base import clock


def called(name: str) -> Organisation | None:
    """Whoever bears this name now, in any language and spelling, or bore it; for one that has ended, who carries on."""
    key = rules.key_of(name)
    if not key:
        return None
    known = with_heirs()
    found = known.filter(name_key=key).first() or known.filter(spellings__key=key).order_by("ended_on", "pk").first()
    return of_today(found) if found else None


def with_heirs() -> QuerySet[Organisation]:
    """With all that `of_today` asks."""
    return Organisation.objects.select_related("same_as__successor", "successor")


def of_today(organisation: Organisation) -> Organisation:
    found = organisation.same_as or organisation
    is_over = found.ended_on is not None and found.ended_on < localdate(clock.now())
    return found.successor if is_over and found.successor else found


def counted_of(ids: Iterable[UUID], day: date) -> dict[UUID, counting.Counted]:
    """Organisations by what an answer keeps of them; of one that was merged, the one that it is now."""
    twin = [f"same_as__{column}" for column in counting.ALL]
    rows = Organisation.objects.filter(pk__in=list(ids)).values_list("pk", *counting.ALL, *twin)
    return {
        pk: counting.counted(told[counting.WIDTH :] if told[counting.WIDTH] else told[: counting.WIDTH], day)
        for pk, *told in rows
    }


def chosen(pk: str) -> Organisation | None:
    """One that somebody chose of those that can be chosen, by what the form sent for it."""
    try:
        return Organisation.objects.filter(listed(), pk=UUID(pk)).first()
    except ValueError:
        return None


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


MOST_OFFERED = 8
# Of one letter nearly everybody has one in their name.
LEAST_TYPED = 2


def offered(typed: str) -> list[Organisation]:
    """Whom somebody may be about to name: by a name in any language, by one they had, or by the business id."""
    key = rules.key_of(typed)
    if len(key) < LEAST_TYPED:
        return []
    named = Q(name_key__contains=key) | Q(spellings__key__contains=key) | Q(predecessors__name_key__contains=key)
    by_id = Q(business_id__startswith=typed.strip())
    found = Organisation.objects.filter(listed(), named | by_id).distinct().prefetch_related("spellings")
    return sorted(found[:MOST_COMPARED], key=lambda one: (not _begins(one, key), one.name))[:MOST_OFFERED]


def _begins(organisation: Organisation, key: str) -> bool:
    keys = [organisation.name_key, *(one.key for one in organisation.spellings.all())]
    return any(one.startswith(key) for one in keys)
