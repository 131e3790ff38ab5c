from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.seen import check_seen, mark_of
from rihma.history.actions import record
from rihma.notices.actions import post, tell
from rihma.programmes.models import Programme, Role
from rihma.records import rules
from rihma.records.models import Case, DocumentRequest, RecordPlan, SecretPart
from rihma.records.parts import parts_of
from rihma.records.queries import asked_from, token_of

ANSWERED = "records/notices/answered"
ANSWER_IS_OF_USE = timedelta(days=30)


@transaction.atomic
def register(application: Application) -> Case:
    """A number in the order of arrival, once; called when the receipt is written (settings.APPLICATION_RECEIVED)."""
    known = Case.objects.filter(application=application).first()
    if known:
        return known
    programme = application.call.programme
    plan = _locked_plan(programme)
    plan.last_number += 1
    plan.save(update_fields=["last_number"])
    now = clock.now()
    year = now.astimezone(programme.zone).year
    number = rules.number_of(plan.number_format, year=year, number=plan.last_number)
    case = Case.objects.create(programme=programme, application=application, number=number, given_at=now)
    record(case, "registered", scope=programme.pk, thread=application.team_id, by=None, number=number)
    _carry_marks(application)
    return case


def _carry_marks(application: Application) -> None:
    """What the team called secret in its idea may stand in the full application too: kept back until it is decided anew."""
    marks = SecretPart.objects.filter(application=application.continues_id).exclude(outcome=SecretPart.Outcome.PUBLIC)
    written = {one.key for one in parts_of(application)} if application.continues_id else set()
    for mark in marks:
        if mark.part in written:
            facts = {"because": mark.because, "marked_by": mark.marked_by}
            SecretPart.objects.get_or_create(application=application, part=mark.part, defaults=facts)


@transaction.atomic
def set_plan(
    programme: Programme, *, number_format: str, months: Mapping[str, int | None], seen: str, by: Person
) -> RecordPlan:
    """Numbers that were given stay; what is kept for how long is followed from the next day on."""
    plan = _locked_plan(programme)
    check_seen(seen, mark_of(plan.facts))
    rules.check_format(number_format)
    rules.check_months(months)
    plan.number_format = number_format
    plan.months = {kind: months[kind] for kind in rules.KINDS if months.get(kind) is not None}
    plan.save(update_fields=["number_format", "months"])
    record(plan, "plan_set", scope=programme.pk, by=by, months=plan.months)
    return plan


@transaction.atomic
def mark_secret(application: Application, part: str, *, because: str, by: Person) -> SecretPart:
    """From now on no copy shows it, until somebody who runs the programme has decided."""
    words = {one.key: one.text for one in parts_of(application)}
    rules.check_may_mark(application.state, known=part in words, has_words=bool(words.get(part)), because=because)
    mark, new = SecretPart.objects.get_or_create(
        application=application, part=part, defaults={"because": because.strip(), "marked_by": by}
    )
    if new:
        _record(mark, "secret_marked", by)
    return mark


@transaction.atomic
def unmark_secret(mark: SecretPart, *, by: Person) -> None:
    mark = SecretPart.objects.select_for_update(of=("self",)).select_related("application__call").get(pk=mark.pk)
    rules.check_may_unmark(mark.outcome)
    _record(mark, "secret_unmarked", by)
    mark.delete()


@transaction.atomic
def decide_secret(mark: SecretPart, *, outcome: str, ground: str, seen: str, by: Person) -> SecretPart:
    """The authority decides, not the team; the team reads what was decided and why."""
    mark = SecretPart.objects.select_for_update(of=("self",)).select_related("application__call").get(pk=mark.pk)
    check_seen(seen, mark_of(mark.facts))
    rules.check_decision(outcome, ground)
    mark.outcome, mark.ground = outcome, ground.strip()
    mark.decided_by, mark.decided_at = by, clock.now()
    mark.save(update_fields=["outcome", "ground", "decided_by", "decided_at"])
    _record(mark, "secret_decided", by, outcome=outcome)
    return mark


@transaction.atomic
def ask(programme: Programme, *, what: str, address: str, language: str, place: str) -> DocumentRequest:
    """Anybody may, and gets a number; nobody has to say who they are or why."""
    now = clock.now()
    _locked_plan(programme)  # so that two that come at once get different numbers
    rules.check_may_ask(today_from_there=asked_from(place, now))
    count = DocumentRequest.objects.filter(programme=programme).count() + 1
    request = DocumentRequest.objects.create(
        programme=programme,
        number=f"{now.astimezone(programme.zone).year}-{count}",
        what=what.strip(),
        address=address,
        language=language,
        asked_at=now,
        asked_from=place,
    )
    record(request, "documents_asked", scope=programme.pk, by=None, number=request.number)
    for role in programme.roles.filter(role__in=Role.RUNS, ended_at=None).select_related("person"):
        tell("records/notices/asked", role.person, key=str(request.pk), scope=programme.pk, request=request)
    return request


@transaction.atomic
def answer(request: DocumentRequest, *, outcome: str, answer: str, by: Person) -> DocumentRequest:
    """Into the log, onto the page of whoever asked, and to the address that they left."""
    request = DocumentRequest.objects.select_for_update(of=("self",)).select_related("programme").get(pk=request.pk)
    rules.check_answer(outcome, answer, before=request.outcome)
    request.outcome, request.answer = outcome, answer.strip()
    request.answered_at, request.answered_by = clock.now(), by
    request.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    record(request, "documents_answered", scope=request.programme_id, by=by, number=request.number, outcome=outcome)
    if request.address:
        _mail(request)
    return request


@transaction.atomic
def take_out(programme: Programme, *, count: int, by: Person) -> None:
    """Only that it was done, by whom and how much: what was taken out are files from then on."""
    plan = _locked_plan(programme)
    record(plan, "taken_out", scope=programme.pk, by=by, count=count)


def _mail(request: DocumentRequest) -> None:
    with translation.override(request.language):
        context = {"request": request, "programme": request.programme, "token": token_of(request)}
        text = render_to_string("records/notices/answered.txt", context)
        subject, _line, body = text.strip().partition("\n")
        post(
            ANSWERED,
            request.address,
            subject=subject,
            body=body,
            good_for=ANSWER_IS_OF_USE,
            key=str(request.pk),
            scope=request.programme_id,
        )


def _record(mark: SecretPart, verb: str, by: Person, **facts: object) -> None:
    application = mark.application
    record(mark, verb, scope=application.call.programme_id, thread=application.team_id, by=by, part=mark.part, **facts)


def _locked_plan(programme: Programme) -> RecordPlan:
    RecordPlan.objects.get_or_create(programme=programme)
    return RecordPlan.objects.select_for_update(of=("self",)).get(programme=programme)
