"""Which organisations hang together: by a parent that somebody named, by one coming after another, by a split.

Kept as one value on each row, so that whoever asks whether two are of one family compares two values.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from rihma.actors.models import Organisation
from rihma.base.ids import new_id

TIES = ("parent", "successor", "split_from", "same_as")


def renew() -> None:
    """After a tie was made or cut. Few organisations have any, so all that have are looked at."""
    rows = Organisation.objects.values_list("pk", "family", *TIES)
    ties = {pk: [other for other in others if other] for pk, _family, *others in rows}
    before = {pk: family for pk, family, *_others in rows}
    changed = kept(before, ties)
    found = [Organisation(pk=pk, family=family) for pk, family in changed.items()]
    Organisation.objects.bulk_update(found, ["family"], batch_size=500)


def kept(before: Mapping[UUID, UUID], ties: Mapping[UUID, Iterable[UUID]]) -> dict[UUID, UUID]:
    """Who gets another family than before. One that has grown keeps its value; of parts that are cut off one does."""
    beside = defaultdict[UUID, set[UUID]](set)
    for one, others in ties.items():
        for other in others:
            beside[one].add(other)
            beside[other].add(one)
    left, taken, changed = dict.fromkeys(sorted(before)), set[UUID](), dict[UUID, UUID]()
    while left:
        together = _reached(next(iter(left)), beside)
        free = sorted({before[one] for one in together} - taken)
        family = free[0] if free else new_id()
        taken.add(family)
        for one in together:
            left.pop(one)
            if before[one] != family:
                changed[one] = family
    return changed


def _reached(first: UUID, beside: Mapping[UUID, set[UUID]]) -> set[UUID]:
    found, waiting = {first}, [first]
    while waiting:
        new = beside.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
