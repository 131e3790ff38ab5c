from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.timezone import localdate

from rihma.accounts.models import Person
from rihma.actors import dated, families, rules
from rihma.actors.actions.naming import spell
from rihma.actors.models import Organisation
from rihma.actors.queries import called, holder_of
from rihma.base import clock
from rihma.base.seen import check_unchanged
from rihma.base.words import Words
from rihma.history.actions import record

# What the form of an organisation is filled from.
FACTS = "names", "region", "level", "municipality", "business_id", "parent_id"


class More(TypedDict, total=False):
    """What may be told of it at once or later."""

    region: str
    level: str
    municipality: str
    business_id: str
    parent: Organisation | None


@transaction.atomic
def add(name: str, *, kind: str, names: Words | None = None, by: Person, **more: Unpack[More]) -> Organisation:
    """A new one; where somebody bears the name already, in whatever spelling, nothing is added."""
    tidy = rules.check_name(name)
    rules.check_is_new(called(tidy))
    made = Organisation.objects.create(name=tidy, name_key=rules.key_of(tidy), kind=kind)
    record(made, "added", scope=made.pk, thread=made.pk, by=by)
    return edit(made, names=names or Words(), by=by, **more)


@transaction.atomic
def edit(
    known_as: Organisation,
    *,
    names: Words,
    region: str = "",
    level: str = "",
    municipality: str = "",
    business_id: str = "",
    parent: Organisation | None = None,
    seen: str | None = None,
    by: Person,
) -> Organisation:
    """Its names in each language, where it works, its business id and whose part it is."""
    organisation = locked(known_as.pk)
    check_unchanged(organisation, FACTS, seen)
    tidy_id = rules.check_business_id(business_id)
    rules.check_business_id_is_free(holder_of(tidy_id), organisation)
    told = {"names": names, "region": region, "level": level, "municipality": municipality.strip()}
    told["business_id"] = tidy_id
    changed = [name for name, value in told.items() if getattr(organisation, name) != value]
    for name in changed:
        setattr(organisation, name, told[name])
    organisation.save(update_fields=changed)
    spell(organisation, names.values())
    is_moved = organisation.parent_id != (parent.pk if parent else None)
    if is_moved:
        set_parent(organisation, parent)
    if changed or is_moved:
        fields = [*changed, *(["parent"] if is_moved else [])]
        record(organisation, "edited", scope=organisation.pk, thread=organisation.pk, by=by, fields=fields)
    if {"region", "level"} & set(changed):
        tell_teams([organisation.pk])
    return organisation


@transaction.atomic
def rename(
    known_as: Organisation, name: str, *, since: date, names: Words | None = None, seen: str | None = None, by: Person
) -> Organisation:
    """Another name from a day on. What was done before still reads under the old one, by which it is found, too."""
    organisation = locked(known_as.pk)
    check_unchanged(organisation, ("name",), seen)
    tidy = rules.check_name(name)
    holder = called(tidy)
    rules.check_is_new(holder if holder != organisation else None)
    if tidy == organisation.name:
        return organisation
    rules.check_in_order(since, organisation.earlier_names)
    until = (since - timedelta(days=1)).isoformat()
    before = {"until": until, "name": organisation.name, "names": organisation.names.to_dict()}
    spell(organisation, [organisation.name, *(names or {}).values()])
    organisation.earlier_names = [*organisation.earlier_names, before]
    organisation.name, organisation.name_key, organisation.names = tidy, rules.key_of(tidy), names or Words()
    organisation.save(update_fields=["name", "name_key", "names", "earlier_names"])
    record(organisation, "renamed", scope=organisation.pk, thread=organisation.pk, by=by, since=str(since))
    tell_teams([organisation.pk])
    return organisation


def set_kind(organisation: Organisation, kind: str, *, since: date | None = None) -> Organisation:
    """What the organisation is: from a day on, or, without one, what it has been all the while and was told wrongly."""
    today = localdate(clock.now())
    if since is None:
        organisation.dated_kinds = dated.corrected(organisation.dated_kinds, kind, today)
    else:
        organisation.dated_kinds = dated.becoming(organisation.dated_kinds, organisation.kind, kind, since)
    organisation.kind = dated.kind_on(organisation.dated_kinds, kind, today)
    organisation.save(update_fields=["kind", "dated_kinds"])
    tell_teams([organisation.pk])
    return organisation


def turn(now: datetime) -> None:
    """Each round: who was said to become something else from a day on is that from its first hour."""
    for organisation in Organisation.objects.filter(dated_kinds__isnull=False):
        kind = dated.kind_on(organisation.dated_kinds, organisation.kind, localdate(now))
        if kind != organisation.kind:
            Organisation.objects.filter(pk=organisation.pk).update(kind=kind)
            tell_teams([organisation.pk])


@transaction.atomic
def become(
    known_as: Organisation, kind: str, *, since: date | None = None, seen: str | None = None, by: Person
) -> Organisation:
    """`set_kind`, told in the history of the organisation."""
    organisation = locked(known_as.pk)
    check_unchanged(organisation, ("kind", "dated_kinds"), seen)
    before = organisation.kind
    set_kind(organisation, kind, since=since)
    facts = {"before": before, "after": kind, "since": str(since or "")}
    record(organisation, "became", scope=organisation.pk, thread=organisation.pk, by=by, **facts)
    return organisation


@transaction.atomic
def set_parent(organisation: Organisation, parent: Organisation | None) -> Organisation:
    """Whose part it is, so that the two are one family; nobody can be a part of their own part."""
    parents = dict(Organisation.objects.values_list("pk", "parent"))
    rules.check_parent(organisation.pk, parent.pk if parent else None, parents)
    organisation.parent = parent
    organisation.save(update_fields=["parent"])
    families.renew()
    return organisation


def locked(pk: UUID) -> Organisation:
    return Organisation.objects.select_for_update(of=("self",)).get(pk=pk)


def tell_teams(organisations: Iterable[UUID]) -> None:
    """Whoever holds teams to rules hears of it, because they count by what an organisation is."""
    import_string(settings.ORGANISATIONS_CHANGED)(organisations)
