"""Naming, joining, and what an organisation is. Whoever calls it says who may, and what follows for teams."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from rihma.accounts.models import Person
from rihma.actors import dated, families, rules
from rihma.actors.models import Affiliation, Organisation, Spelling
from rihma.actors.queries import called
from rihma.base import clock


@transaction.atomic
def name_organisation(name: str, *, kind: str, region: str = "") -> Organisation:
    """The organisation of this name in whatever spelling; a new one if nobody has named it before.

    The kind of a known organisation stands: a second person's guess does not change what others rely on. A region that
    nobody has told yet is taken from whoever tells it first.
    """
    tidy = rules.check_name(name)
    found = called(tidy)
    if found is None:
        found, _is_new = Organisation.objects.get_or_create(
            name_key=rules.key_of(tidy), defaults={"name": tidy, "kind": kind, "region": region}
        )
    if region and not found.region:
        found.region = region
        found.save(update_fields=["region"])
    return found


def set_kind(organisation: Organisation, kind: str, *, since: date | None = None) -> Organisation:
    """What the organisation is: from a day on, or, without one, what it has been all the while and was told wrongly."""
    today = localdate(clock.now())
    if since is None:
        organisation.dated_kinds = dated.corrected(organisation.dated_kinds, kind, today)
    else:
        organisation.dated_kinds = dated.becoming(organisation.dated_kinds, organisation.kind, kind, since)
    organisation.kind = dated.kind_on(organisation.dated_kinds, kind, today)
    organisation.save(update_fields=["kind", "dated_kinds"])
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


def join(organisation: Organisation, *, by: Person) -> Affiliation:
    return Affiliation.objects.get_or_create(person=by, organisation=organisation)[0]


def spell(organisation: Organisation, names: Iterable[str]) -> None:
    """It is found by these names too."""
    for key in {rules.key_of(name) for name in names if rules.name_key(name)}:
        Spelling.objects.get_or_create(organisation=organisation, key=key)
