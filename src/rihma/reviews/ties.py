"""Who stands too near a team to judge it, found by rule: asked anew each time, so that nothing has to be kept in step.

Finnish law on good administration (434/2003, section 28) asks this of anybody who prepares a decision.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from rihma.actors.models import Affiliation
from rihma.applications.models import Application, NamedOrganisation
from rihma.base.reach import Reach
from rihma.calls.models import Intake
from rihma.reviews import posting
from rihma.teams.models import Member, Partner, Team

# Somebody who has left a team or is only invited stands as near as before; somebody who said no never stood there.
NEAR = (Member.State.INVITED, Member.State.CONFIRMED, Member.State.LEFT)

MEMBER, ORGANISATION, MENTOR, FAMILY, RIVAL = "member", "organisation", "mentor", "family", "rival"
# An answer names the organisation, and the call says that this ties its jurors.
NAMED = "named"
HOME = "home"
POSTER, POSTER_FAMILY = "poster", "poster_family"


def _near() -> QuerySet[Member]:
    return Member.objects.filter(state__in=NEAR)


def _partners() -> QuerySet[Partner]:
    """Organisations without a person of theirs in the team stand as near, from when they are named."""
    return Partner.objects.exclude(state=Partner.State.DECLINED)


def _named() -> QuerySet[NamedOrganisation]:
    return NamedOrganisation.objects.filter(question__ties_jurors=True)


def _tied(person: UUID) -> QuerySet[Application]:
    """`found` for one person, as a query: a test holds the two to each other."""
    beside = _near().filter(Q(person=person) | _of(person, "organisation"))
    guided = Team.objects.filter(mentors=person).values("pk")
    # Places are few, so whoever applies gains by what others lose.
    own = _near().filter(person=person, state=Member.State.CONFIRMED).values("team")
    rivals = Application.objects.exclude(state=Application.State.WITHDRAWN).filter(team__in=own).values("call")
    named = _partners().filter(_of(person, "organisation")).values("team")
    near = Q(team__in=beside.values("team")) | Q(team__in=named) | Q(team__in=guided) | Q(call__in=rivals)
    near |= Q(pk__in=_named().filter(_of(person, "organisation")).values("application"))
    return Application.objects.filter(near | _of_family(person, _near()) | posting.answers_to(person, _homes(person)))


def _of(person: UUID, what: str) -> Q:
    """Members who act for what the person acts for or has sat in a team for: an `organisation`, or its family."""
    acts_for = Affiliation.objects.filter(person=person)
    sat_for = _near().filter(person=person).exclude(organisation=None)
    return Q(**{f"{what}__in": acts_for.values(what)}) | Q(**{f"{what}__in": sat_for.values(what)})


def _homes(person: UUID) -> Q:
    """Organisations that the person acts for or has sat in a team for."""
    acts_for = Affiliation.objects.filter(person=person).values("organisation")
    sat_for = _near().filter(person=person).exclude(organisation=None).values("organisation")
    return Q(pk__in=acts_for) | Q(pk__in=sat_for)


def _of_family(person: UUID, members: QuerySet[Member]) -> Q:
    """For applications, where the owner has not said that families do not count in their call."""
    beside = members.filter(_of(person, "organisation__family")).values("team")
    named = _partners().filter(_of(person, "organisation__family")).values("team")
    answered = _named().filter(_of(person, "organisation__family")).values("application")
    near = Q(team__in=beside) | Q(team__in=named) | Q(pk__in=answered)
    return near & ~Q(intake__in=Intake.objects.filter(reviewing__families=False).values("pk"))


def of_same_employer(person: UUID) -> QuerySet[Application]:
    """Applications of teams in which the person's own organisation, or its family, has a member."""
    members = Member.objects.filter(state=Member.State.CONFIRMED)
    own = members.filter(_of(person, "organisation")).values("team")
    named = _partners().filter(_of(person, "organisation")).values("team")
    return Application.objects.filter(Q(team__in=own) | Q(team__in=named) | _of_family(person, members))


TIED = Reach(lambda person: _tied(person).values("pk"))


def found(
    intake: Intake, people: Iterable[UUID], listed: Sequence[Sequence[Any]] | None = None
) -> dict[tuple[UUID, UUID], str]:
    """(application, person) → why these people may not read these; the nearest tie where there are several.

    `listed`: what `listed_in` would say, where that was read along with something else.
    """
    among = set(people)
    listed = listed_in(intake) if listed is None else listed
    team_of = {team: application for team, application, *_more in listed}
    # Where nothing is set yet, families count and posters read nothing.
    off = {FAMILY, POSTER_FAMILY} if any(families is False for _team, _pk, families, *_more in listed) else set()
    off |= {POSTER, POSTER_FAMILY} if any(read for _team, _pk, _families, read, *_more in listed) else set()
    posted = [] if POSTER in off else [posting.Posted(one[0], *one[4:]) for one in listed if one[4]]
    ties = _ties(intake.call_id, set(team_of), among, posted) if among else ()
    return {(team_of[team], person): kind for kind, team, person in ties if kind not in off}


def listed_in(intake: Intake) -> list[Sequence[Any]]:
    submitted = Application.objects.filter(intake=intake, state=Application.State.SUBMITTED)
    columns = "team", "pk", "intake__reviewing__families", "intake__reviewing__posters_read"
    return list(submitted.order_by().values_list(*columns, *posting.COLUMNS))


def _ties(
    call: UUID, teams: set[UUID], people: set[UUID], posted: Sequence[posting.Posted]
) -> Iterator[tuple[str, UUID, UUID]]:
    """The nearest last, so that it stays where there are several."""
    # who is at home in which organisation or family
    homes, rivals, beside, guided = defaultdict[UUID, set[UUID]](set), set(), [], []
    for team, person, organisation, family, state, applied_to, applied in _every(teams, people):
        if person in people and organisation:
            homes[organisation].add(person)
            homes[family].add(person)
        if person in people and applied_to == call and applied != "withdrawn" and state == Member.State.CONFIRMED:
            rivals.add(person)
        if state == MENTOR:
            guided.append((team, person))
        elif team in teams:
            beside.append((team, person, organisation, family, NAMED if state == NAMED else ORGANISATION))
    yield from ((RIVAL, team, person) for person in rivals for team in teams)
    own = [(how, team, person) for team, _one, home, _family, how in beside for person in homes.get(home, ())]
    family_of = {(team, family) for team, _one, _home, family, _how in beside}
    yield from posting.ties(call, posted, people, homes, (POSTER_FAMILY, POSTER))
    yield from ((FAMILY, team, person) for team, family in family_of for person in homes.get(family, ()))
    yield from (one for one in own if one[0] == NAMED)
    yield from ((MENTOR, team, person) for team, person in guided)
    yield from (one for one in own if one[0] == ORGANISATION)
    yield from ((MEMBER, team, person) for team, person, *_home in beside if person in people)


def _every(teams: set[UUID], people: set[UUID]) -> "QuerySet[Member, tuple[Any, ...]]":
    """Whoever is beside whom, in one query, because the lists of a programme have none to spare.

    Team, person, organisation, its family, how, and the call that it is about and how the application stands.
    """
    body = "organisation", "organisation__family"
    nobody = Cast(Value(None), UUIDField())
    near = _near().filter(Q(team__in=teams) | Q(person__in=people)).order_by()
    named = _partners().filter(team__in=teams).order_by().annotate(nobody=nobody)
    answered = _named().filter(application__team__in=teams).order_by().annotate(nobody=nobody, how=Value(NAMED))
    at_home = Affiliation.objects.filter(person__in=people).order_by().annotate(nobody=nobody, how=Value(HOME))
    guiding: QuerySet[Any, Any] = Team.mentors.through.objects.filter(team__in=teams, person__in=people).order_by()
    guiding = guiding.annotate(nobody=nobody, how=Value(MENTOR))
    of_team = "team__application__call", "team__application__state"
    every = near.values_list("team", "person", *body, "state", *of_team)
    return every.union(
        named.values_list("team", "nobody", *body, "state", *of_team),
        answered.values_list("application__team", "nobody", *body, "how", "application__call", "application__state"),
        at_home.values_list("nobody", "person", *body, "how", "nobody", "how"),
        guiding.values_list("team", "person", "nobody", "nobody", "how", "nobody", "how"),
        all=True,
    ).order_by()
