"""Who stands too near a challenge to judge what answers it: whoever posted it, was let in to post for the same
organisation, or works for it or its family. The owner may say that they read all the same.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from rihma.actors.models import Organisation
from rihma.applications.models import Uptake
from rihma.calls.models import Intake
from rihma.challenges.models import Challenge, Poster
from rihma.programmes.models import Role

COLUMNS = ("uptakes__challenge", "uptakes__challenge__by", "uptakes__challenge__organisation_key")


class Posted(NamedTuple):
    """A challenge that a team answers."""

    team: UUID
    challenge: UUID
    by: UUID
    key: str


def answers_to(person: UUID, homes: Q) -> Q:
    """For applications. Only of those who were asked to judge: who runs a programme posts for others, and looks at all."""
    own = Organisation.objects.filter(homes)
    kin = Organisation.objects.filter(family__in=own.values("family"))
    beside = Poster.objects.filter(person=person, call=OuterRef("call"), organisation_key=OuterRef("organisation_key"))
    posted = Challenge.objects.filter(Q(by=person) | Exists(beside) | _posted_by(own))
    judges = Role.objects.filter(person=person, role=Role.Kind.JUROR).values("programme")
    no_families = Intake.objects.filter(reviewing__families=False).values("pk")
    posters_read = Intake.objects.filter(reviewing__posters_read=True).values("pk")
    near = Q(pk__in=_taken_up(posted))
    of_family = Q(pk__in=_taken_up(Challenge.objects.filter(_posted_by(kin)))) & ~Q(intake__in=no_families)
    return (near | of_family) & Q(call__programme__in=judges) & ~Q(intake__in=posters_read)


def _posted_by(bodies: "QuerySet[Organisation]") -> Q:
    """By name: a challenge says whose it is in words, in any language or spelling that the register knows."""
    keys = Q(organisation_key__in=bodies.values("name_key")) | Q(organisation_key__in=bodies.values("spellings__key"))
    return keys & ~Q(organisation_key="")


def _taken_up(posted: "QuerySet[Challenge]") -> "QuerySet[Uptake, tuple[UUID]]":
    return Uptake.objects.filter(challenge__in=posted.values("pk")).order_by().values_list("application")


def ties(
    call: UUID,
    posted: Sequence[Posted],
    people: set[UUID],
    homes: Mapping[UUID, set[UUID]],
    kinds: tuple[str, str],
) -> Iterator[tuple[str, UUID, UUID]]:
    """The same for many at once. `homes`: organisation or family → who is at home there; `kinds`: by family, and nearer."""
    if not posted:
        return
    of_family, near = kinds
    keys = {one.key for one in posted if one.key}
    bodies: dict[str, set[tuple[UUID, UUID]]] = defaultdict(set)
    let_in: dict[str, set[UUID]] = defaultdict(set)
    for one, family, *spelled in _known(call, keys, people):
        for key in keys.intersection(spelled):
            if family:
                bodies[key].add((one, family))
            else:
                let_in[key].add(one)
    for one in posted:
        for _body, family in bodies[one.key]:
            yield from ((of_family, one.team, person) for person in homes.get(family, ()))
    for one in posted:
        for body, _family in bodies[one.key]:
            yield from ((near, one.team, person) for person in homes.get(body, ()))
        yield from ((near, one.team, person) for person in {one.by, *let_in[one.key]} & people)


def _known(call: UUID, keys: set[str], people: set[UUID]) -> "QuerySet[Organisation, tuple[Any, ...]]":
    """Organisations by their spellings and, without a family, people who were let in to post: in one query."""
    bodies = Organisation.objects.filter(Q(name_key__in=keys) | Q(spellings__key__in=keys)).order_by()
    let_in = Poster.objects.filter(call=call, person__in=people, organisation_key__in=keys).order_by()
    let_in = let_in.annotate(nothing=Cast(Value(None), UUIDField()))
    both = bodies.values_list("pk", "family", "name_key", "spellings__key").union(
        let_in.values_list("person", "nothing", "organisation_key", "organisation_key"), all=True
    )
    return both.order_by()
