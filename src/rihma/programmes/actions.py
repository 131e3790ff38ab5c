from django.db import transaction

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.history.actions import record
from rihma.programmes.models import Programme, Role


@transaction.atomic
def create(*, by: Person, **fields: object) -> Programme:
    """A draft that its creator owns; nobody else sees it before it is published."""
    programme = Programme.objects.create(created_at=clock.now(), **fields)
    Role.objects.create(programme=programme, person=by, role=Role.Kind.OWNER, since=clock.now())
    record(programme, "created", scope=programme.pk, by=by)
    return programme


@transaction.atomic
def appoint(programme: Programme, person: Person, role: Role.Kind, *, by: Person) -> Role:
    """Give somebody a role; giving it twice does nothing."""
    given, new = Role.objects.get_or_create(
        programme=programme, person=person, role=role, ended_at=None, defaults={"since": clock.now()}
    )
    if new:
        record(programme, "appointed", scope=programme.pk, by=by, person=str(person.pk), role=str(role))
    return given


@transaction.atomic
def publish(programme: Programme, *, by: Person) -> Programme:
    programme.state = Programme.State.PUBLISHED
    programme.published_at = clock.now()
    programme.save(update_fields=["state", "published_at"])
    record(programme, "published", scope=programme.pk, by=by)
    return programme
