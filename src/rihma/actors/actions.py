from django.db import transaction

from rihma.accounts.models import Person
from rihma.actors import rules
from rihma.actors.models import Affiliation, Organisation


@transaction.atomic
def name_organisation(name: str, *, kind: str) -> Organisation:
    """The organisation of this name in whatever spelling; a new one if nobody has named it before.

    The kind of a known organisation stands: a second person's guess does not change what others rely on.
    """
    tidy = rules.check_name(name)
    organisation, _ = Organisation.objects.get_or_create(
        name_key=rules.name_key(tidy)[:200], defaults={"name": tidy, "kind": kind}
    )
    return organisation


def set_kind(organisation: Organisation, kind: str) -> Organisation:
    """What the organisation is from now on; whoever calls it says who decided so, and what follows."""
    organisation.kind = kind
    organisation.save(update_fields=["kind"])
    return organisation


def join(organisation: Organisation, *, by: Person) -> Affiliation:
    return Affiliation.objects.get_or_create(person=by, organisation=organisation)[0]
