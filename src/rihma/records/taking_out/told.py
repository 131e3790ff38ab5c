"""A case as plain values, for programs."""

from collections.abc import Container, Iterator, Mapping

from django.db.models import Q

from rihma.accounts.models import Person
from rihma.applications.models import AnswerFile, Application
from rihma.base.files import store
from rihma.calls.models import FormVersion
from rihma.history.models import Event
from rihma.records.models import Case, SecretPart
from rihma.records.parts import ANSWER
from rihma.records.taking_out.sent_along import place_of, sent_along
from rihma.reviews.models import Assignment, Conflict, Remark
from rihma.reviews.queries import Heard, conflicts
from rihma.reviews.words import SAID_OF_THEMSELVES
from rihma.selection.models import Decision
from rihma.teams.queries import partners_of, places_of

type Told = dict[str, object]
# Not what the team does later, on canvases say, because that is no part of the matter that was decided.
OF_THE_CASE = ("applications", "teams", "mergers", "reviews", "selection", "records")


def case_told(case: Case) -> Told:
    application = case.application
    team = application.team
    kept_back = {mark.part for mark in _marks(application) if mark.is_kept_back}
    return {
        "format": "rihma-case-1",
        "number": case.number,
        "registered_at": case.given_at,
        "disposed_at": case.disposed_at,
        "programme": {"slug": case.programme.slug, "title": case.programme.title.to_dict()},
        "application": _applied(application),
        "members": [
            {"person": _name(member.person), "organisation": str(member.organisation or ""), "role": member.role}
            for member in places_of(team)
        ],
        "organisations": [{"name": one.organisation.name, "state": one.state} for one in partners_of(team)],
        "receipts": [
            {
                **_columns(receipt, "number", "version", "received_at", "late_seconds", "digest", "content"),
                "by": _name(receipt.by),
            }
            for receipt in application.receipts.select_related("by").order_by("version")
        ],
        "forms": [
            {"number": form.number, "definition": form.definition}
            for form in FormVersion.objects.filter(call=application.call_id).order_by("number")
        ],
        "files": [_sent(row, kept_back) for row in sent_along(application)],
        "secret_parts": [_mark(mark) for mark in _marks(application)],
        "conflicts": [
            {"person": _name(one.person), "reason": one.reason, "declared_at": one.declared_at}
            for one in Conflict.objects.filter(application=application).select_related("person").order_by("pk")
        ],
        "reviews": list(_reviews(application)),
        "remarks": [
            {"by": _name(one.by), "text": one.text, "at": one.at}
            for one in Remark.objects.filter(application=application).select_related("by").order_by("at", "pk")
        ],
        "decision": _decision(application),
        "history": [_event(event) for event in events_of(case)],
    }


def _applied(application: Application) -> Told:
    """As it stands now, beside what each receipt proves."""
    team = application.team
    return {
        "id": application.pk,
        "state": application.state,
        "team": team.name,
        "language": team.language,
        "phenomenon": team.phenomenon,
        "looking_for": team.looking_for,
        "experiment_idea": team.experiment_idea,
        "answers": application.answers,
        **_stages(application),
    }


def _stages(application: Application) -> Told:
    """Of a call in two stages: which one, and the register number of the other."""
    if not application.stage:
        return {}
    beside = Q(application=application.continues_id) | Q(application__continues=application)
    numbers = Case.objects.filter(beside).values_list("number", flat=True)
    return {"stage": application.stage, "beside": list(numbers)}


def _sent(row: AnswerFile, kept_back: Container[str]) -> Told:
    """`secret`: it is left out of every copy. `lost`: the row is here, and its bytes are not."""
    facts = {**row.facts, "key": row.key, "sent_at": row.at, "by": _name(row.by), "path": place_of(row)}
    return {**facts, "secret": f"{ANSWER}{row.key}" in kept_back, "lost": not store.holds(row.file)}


def events_of(case: Case) -> list[Event]:
    found = Event.objects.of_thread(case.application.team_id).filter(area__in=OF_THE_CASE)
    return list(found.select_related("by").order_by("number"))


def decision_of(application: Application) -> Decision | None:
    return Decision.objects.filter(application=application).select_related("by").first()


def _decision(application: Application) -> Told | None:
    decision = decision_of(application)
    if decision is None:
        return None
    return {**_columns(decision, "outcome", "reason", "decided_at"), "by": _name(decision.by)}


def _marks(application: Application) -> list[SecretPart]:
    found = SecretPart.objects.filter(application=application)
    return list(found.select_related("marked_by", "decided_by").order_by("part"))


def _mark(mark: SecretPart) -> Told:
    facts = _columns(mark, "part", "because", "marked_at", "outcome", "ground", "decided_at")
    return {**facts, "marked_by": _name(mark.marked_by), "decided_by": _name(mark.decided_by)}


def _reviews(application: Application) -> Iterator[Told]:
    """`counts`: whether its juror may still read this; `conflict`: which one is against that."""
    found = list(
        Assignment.objects.filter(application=application)
        .select_related("review", "person")
        .order_by("person__name", "pk")
    )
    against = conflicts(application.counts_for, [one.person_id for one in found])
    for assignment in found:
        one = Heard(assignment, against.get((application.pk, assignment.person_id), ""))
        if one.review:
            facts = _columns(one.review, "state", "scores", "reasons", "overall", "sent_at")
            conflict = one.tie or (SAID_OF_THEMSELVES if one.assignment.ending == Assignment.Ending.CONFLICT else "")
            yield {"juror": _name(one.assignment.person), **facts, "counts": one.counts, "conflict": conflict}


def _event(event: Event) -> Told:
    facts: Mapping[str, object] = _columns(event, "number", "at", "area", "verb", "subject", "data", "before", "digest")
    return {**facts, "by": str(event.by_id_then or "")}


def _columns(row: object, *names: str) -> Told:
    return {name: getattr(row, name) for name in names}


def _name(person: Person | None) -> str:
    return str(person or "")
