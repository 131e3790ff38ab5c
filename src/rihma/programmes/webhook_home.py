"""Answers `webhooks.home`: an endpoint belongs to a programme and to those who run it."""

from collections.abc import Collection
from uuid import UUID

from rihma.accounts.models import Person
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.programmes.models import Programme, Role
from rihma.webhooks.home import Place
from rihma.webhooks.models import Endpoint


class ProgrammeHome:
    def run_by(self, person: Person) -> Collection[UUID]:
        return list(Programme.objects.run_by(person).values_list("pk", flat=True))

    def place(self, scope: UUID) -> Place:
        return _place(Programme.objects.get(pk=scope))

    def find(self, person: Person, slug: str) -> Place | None:
        found = Programme.objects.run_by(person).filter(slug=slug).first()
        return _place(found) if found else None

    def note(self, scope: UUID, verb: str, *, by: Person | None, to: str) -> None:
        record(Programme.objects.get(pk=scope), verb, scope=scope, by=by, to=to)

    def tell_stopped(self, endpoint: Endpoint) -> None:
        programme = Programme.objects.get(pk=endpoint.scope)
        self.note(programme.pk, "webhook_stopped", by=None, to=str(endpoint))
        key = f"{endpoint.pk}:{endpoint.stopped_at}"
        for role in Role.objects.filter(programme=programme, role__in=Role.RUNS, ended_at=None).select_related(
            "person"
        ):
            tell(
                "programmes/notices/webhook_stopped",
                role.person,
                key=key,
                scope=programme.pk,
                programme=programme,
                endpoint=endpoint,
            )


def _place(programme: Programme) -> Place:
    return Place(programme.pk, programme.slug, programme.title, programme.get_absolute_url())


HOME = ProgrammeHome()
