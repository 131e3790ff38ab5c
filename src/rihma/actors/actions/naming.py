from collections.abc import Iterable

from django.db import transaction

from rihma.accounts.models import Person
from rihma.actors import rules
from rihma.actors.models import Affiliation, Organisation, Spelling
from rihma.actors.queries import called
from rihma.history.actions import record


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


@transaction.atomic
def tell_past(organisation: Organisation, past: Iterable[tuple[str, str]], *, by: Person) -> Organisation:
    """Names that it had, each with its last day: it is found by them, and what was done then reads so.

    Of one that has just been added; the name of another organisation is left out.
    """
    rows = [(until, name) for name, until in past if called(name) is None]
    organisation.earlier_names = [{"until": until, "name": name, "names": {}} for until, name in sorted(rows)]
    organisation.save(update_fields=["earlier_names"])
    spell(organisation, [name for _until, name in rows])
    if rows:
        record(organisation, "edited", scope=organisation.pk, thread=organisation.pk, by=by, fields=["earlier_names"])
    return organisation


def join(organisation: Organisation, *, by: Person) -> Affiliation:
    return Affiliation.objects.get_or_create(person=by, organisation=organisation)[0]


def spell(organisation: Organisation, names: Iterable[str]) -> None:
    """It is found by these names too."""
    for key in {rules.key_of(name) for name in names if rules.name_key(name)}:
        Spelling.objects.get_or_create(organisation=organisation, key=key)
