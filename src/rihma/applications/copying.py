"""An application of an earlier round as a beginning of another: what of it fits, told before anything is changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from rihma.accounts.models import Person
from rihma.applications import rules
from rihma.applications.actions.row import note
from rihma.applications.actions.writing import save_fields
from rihma.applications.answers import is_empty, missing, shown
from rihma.applications.answers.reading import answered
from rihma.applications.fields import ANSWER, Fields, mark
from rihma.applications.forms import DraftForm
from rihma.applications.models import Application, ApplicationQuerySet
from rihma.applications.queries import asked_of, fields_of, today_of
from rihma.applications.rules.copying import Fit, Fitted, fitted
from rihma.calls.models import Call
from rihma.teams import actions as teams
from rihma.teams.models import Member
from rihma.teams.queries import STAYS

# What a team says of itself that may hold again; its theme and its promises belong to one round.
ABOUT = ("name", "phenomenon", "looking_for", "experiment_idea")


@dataclass(frozen=True)
class Brought:
    """One field: what stood there then, and what becomes of it."""

    field: str
    label: str
    # as it was read then
    then: str
    fitted: Fitted
    # what stands in the draft now, in words
    now: str = ""
    # what would keep the answer from being whole
    faults: tuple[str, ...] = ()

    @property
    def comes(self) -> bool:
        return self.fitted.fit is Fit.COMES

    @property
    def is_same(self) -> bool:
        return self.comes and self.now == self.then


def earlier(person: Person, call: Call) -> ApplicationQuerySet:
    """What this person wrote to other calls and is still kept, the newest first."""
    found = Application.objects.written_by(person).exclude(call=call)
    kept = found.exclude(Q(answers={}) & Q(team__phenomenon="") & Q(team__experiment_idea=""))
    return kept.select_related("team", "call__programme", "receipt").order_by("-started_at")


def is_blank(application: Application) -> bool:
    """Nothing has been written in it that could be lost."""
    said = [getattr(application.team, name) for name in ABOUT]
    return application.is_draft and all(is_empty(one) for one in (*said, *application.answers.values()))


def brought(source: Application, into: Application) -> list[Brought]:
    """Field by field, in the order of the draft; what is asked no more comes last."""
    filled, questions, today = fields_of(into), {one.key: one for one in asked_of(into)}, today_of(into.call)
    found = [
        Brought(name, str(DraftForm.base_fields[name].label), text, Fitted(Fit.COMES, text), str(filled.get(name, "")))
        for name in ABOUT
        if (text := getattr(source.team, name))
    ]
    then = {one.question.key: one for one in answered(source) if not is_empty(one.value)}
    order = [*(key for key in questions if key in then), *(key for key in then if key not in questions)]
    for key in order:
        old, new = then[key], questions.get(key)
        fit = fitted(old.question, new, old.value, today)
        said = str(shown(new, filled.get(f"{ANSWER}{key}"))) if new else ""
        faults = tuple(missing(new, fit.value, today=today)) if new and fit.fit is Fit.COMES else ()
        label = str((new or old.question).label)
        found.append(Brought(f"{ANSWER}{key}", label, str(old.shown), fit, said, faults))
    return found


def marks(into: Application) -> dict[str, str]:
    """What each field of the draft holds now, by which what somebody writes meanwhile is noticed."""
    return {name: mark(value) for name, value in fields_of(into).items()}


def people_of(source: Application, into: Application, person: Person) -> list[Member]:
    """Who was in then and is not now: nobody comes along without being asked anew."""
    known = Member.objects.filter(team=into.team_id, state__in=STAYS).values("person")
    then = Member.objects.filter(team=source.team_id, state=Member.State.CONFIRMED).exclude(person__in=known)
    return list(then.exclude(person=person).select_related("person", "organisation"))


@transaction.atomic
def copy(
    into: Application,
    source: Application,
    *,
    fields: Collection[str],
    invite: Collection[UUID] = (),
    seen: Mapping[str, str],
    by: Person,
) -> Fields:
    """Bring these fields in, and invite these people anew. Answers with what others wrote meanwhile, which stays."""
    wrote = Application.objects.written_by(by).filter(pk__in=[into.pk, source.pk]).count()
    rules.check_may_copy(into.state, wrote=wrote == len({into.pk, source.pk}))
    typed = {one.field: one.fitted.value for one in brought(source, into) if one.comes and one.field in fields}
    saved = save_fields(into, typed, seen=seen, by=by)
    for place in people_of(source, into, by):
        if place.pk in invite:
            teams.invite(into.team, place.person.email, organisation=place.organisation, by=by)
    keys = sorted(name.removeprefix(ANSWER) for name in saved.changed)
    if keys or invite:
        note(into, "copied", by, source=str(source.pk), keys=keys)
    return saved.contested
