"""Two rows that were one body all the while become one."""

from collections.abc import Iterator

from django.db import IntegrityError, models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel

from rihma.accounts.models import Person
from rihma.actors import families, rules
from rihma.actors.actions.describing import locked, tell_teams
from rihma.actors.actions.naming import spell
from rihma.actors.models import Affiliation, Organisation, Spelling
from rihma.base.words import Words
from rihma.history.actions import record

# What the one that stays takes over where it says nothing itself.
TAKEN_OVER = ("region", "level", "municipality", "business_id", "parent", "ended_on", "successor", "split_from")


@transaction.atomic
def merge(duplicate: Organisation, into: Organisation, *, by: Person) -> Organisation:
    """All that pointed at the duplicate points at the other, which is found by its names too.

    The row of the duplicate stays and says who it is, because canvases and histories keep its id. It cannot be undone.
    """
    # In one order, so that two who merge the same two the other way round do not wait for one another.
    rows = {pk: locked(pk) for pk in sorted({duplicate.pk, into.pk})}
    gone, stays = rows[duplicate.pk], rows[into.pk]
    rules.check_may_merge(gone, stays)
    _cut(gone, stays)
    moved = sum(_move(relation, gone, stays) for relation in _relations())
    _take_over(gone, stays)
    spell(stays, [gone.name, *gone.names.values()])
    families.renew()
    for one in (gone, stays):
        facts = {"duplicate": str(gone.pk), "into": str(stays.pk), "moved": moved}
        record(one, "merged", scope=one.pk, thread=one.pk, by=by, **facts)
    tell_teams([stays.pk])
    return stays


def _cut(gone: Organisation, stays: Organisation) -> None:
    """They cannot be parent, successor or part of one another, since they are one."""
    for one, other in ((gone, stays), (stays, gone)):
        for tie in families.TIES:
            if getattr(one, f"{tie}_id") == other.pk:
                setattr(one, tie, None)
        one.save(update_fields=families.TIES)


def _relations() -> Iterator[ForeignObjectRel]:
    """Every foreign key of every area that leads to organisations, those of lists among them."""
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and (relation.one_to_many or relation.one_to_one):
            yield relation


def _move(relation: ForeignObjectRel, gone: Organisation, stays: Organisation) -> int:
    name = relation.field.name
    rows = list(relation.related_model._meta.base_manager.filter(**{name: gone}))
    for row in rows:
        setattr(row, name, stays)
        try:
            with transaction.atomic():
                row.save(update_fields=[name])
        except IntegrityError:
            # The other one has the same already, a person who acts for both or a name of both.
            _keep_the_earlier(row, stays)
            row.delete()
    return len(rows)


def _keep_the_earlier(row: models.Model, stays: Organisation) -> None:
    if isinstance(row, Affiliation):
        Affiliation.objects.filter(person=row.person_id, organisation=stays, since__gt=row.since).update(
            since=row.since
        )


def _take_over(gone: Organisation, stays: Organisation) -> None:
    taken = {name: getattr(gone, name) for name in TAKEN_OVER if not getattr(stays, name) and getattr(gone, name)}
    # Of a business id there is one, so it must be free before the other row can have it.
    gone.business_id, gone.parent, gone.successor, gone.split_from, gone.same_as = "", None, None, None, stays
    gone.save(update_fields=["business_id", *families.TIES])
    stays.names = Words({**gone.names, **stays.names})
    stays.earlier_names = sorted([*stays.earlier_names, *gone.earlier_names], key=lambda row: row["until"])
    for name, value in taken.items():
        setattr(stays, name, value)
    stays.save(update_fields=["names", "earlier_names", *taken])
    Spelling.objects.filter(organisation=gone).delete()
