"""From the first line on, until it is submitted: several may write at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Unpack

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications import rules
from rihma.applications.actions.letting_go import let_go
from rihma.applications.actions.row import locked, locked_call, note
from rihma.applications.editing import ground_of
from rihma.applications.fields import ANSWER, Fields, about_in, answers_in, merge
from rihma.applications.models import Application, Writer
from rihma.applications.queries import described, fields_of, frozen_in, writers
from rihma.base import clock
from rihma.calls.models import Call
from rihma.calls.queries import opens_in_words
from rihma.calls.rules import Asked
from rihma.invitations import actions as invitations
from rihma.teams import actions as teams
from rihma.teams.types import Description


@transaction.atomic
def start(call: Call, *, by: Person) -> Application:
    """A draft with a team of its own, convened by whoever starts it; a second click finds the same draft."""
    call = locked_call(call)
    if known := _draft_of(call, by):
        return known
    now = clock.now()
    takes_new = call.takes_new(now)
    ideas_over = call.is_open(now) and not takes_new
    rules.check_may_start(is_open=takes_new, opens=opens_in_words(call, now), ideas_over=ideas_over)
    invitations.begin(call, by=by)
    return begin(call, by=by)


def begin(call: Call, *, by: Person) -> Application:
    """The same, whether the call is open or not: the caller has said why that is allowed."""
    if known := _draft_of(call, by):
        return known
    team, now = teams.form(call.programme, by=by), clock.now()
    application = Application.objects.create(call=call, team=team, started_by=by, started_at=now, saved_at=now)
    note(application, "started", by)
    return application


def _draft_of(call: Call, person: Person) -> Application | None:
    drafts = Application.objects.written_by(person).filter(started_by=person, state=Application.State.DRAFT)
    return drafts.filter(call=call).first()


@dataclass(frozen=True)
class Saved:
    application: Application
    # field → what somebody else saved meanwhile; what was typed there is not kept
    contested: Fields
    # field → what is kept now, and what all fields held before
    changed: Fields
    before: Fields
    # everybody who has it before them, this writer too
    writers: list[Writer]


@transaction.atomic
def save_fields(
    application: Application,
    typed: Mapping[str, Any],
    *,
    seen: Mapping[str, str],
    page: str = "",
    at: str | None = None,
    known: Iterable[Asked] | None = None,
    by: Person,
) -> Saved:
    """Keep each field by itself, over its limits or not. What two changed stays as the first saved it; the second is told.

    `seen`: by field, the mark of what it was filled with (`fields.mark`); `page`: which open page says so, and `at`
    where its writer is; `known`: the questions its form was just made of.
    """
    application = locked(application)
    ground = None if application.is_draft else ground_of(application, clock.now())
    rules.check_may_save(application.state, is_open=ground is not None)
    if ground:
        typed = {name: value for name, value in typed.items() if ground.allows(name)}
    own = {name for name, (_version, writer) in application.written.items() if page and writer == page}
    before = fields_of(application)
    merged = merge(typed, seen=seen, saved=before, own=own)
    if merged.changed:
        rules.check_not_frozen(frozen_in(application.call, merged.changed, known))
        write(application, merged.changed, by, page)
    here = [] if at is None else write_at(application, at, by=by)
    return Saved(application, merged.contested, merged.changed, before, here)


@transaction.atomic
def save(
    application: Application,
    *,
    version: int | None = None,
    answers: Mapping[str, Any],
    by: Person,
    **about: Unpack[Description],
) -> Application:
    """Write these over what is there, as an import does. `version`: only if nobody has saved since that one."""
    application = locked(application)
    rules.check_may_save(application.state, version=version, newest=application.version)
    write(application, {**about, **{f"{ANSWER}{key}": answer for key, answer in answers.items()}}, by)
    return application


def write_at(application: Application, field: str, *, by: Person) -> list[Writer]:
    """So that the others see where this person writes; forgotten by itself. Everybody who has it before them."""
    here, now, field = writers(application, clock.now()), clock.now(), field[:60]
    said = next((one for one in here if one.person_id == by.pk), None)
    # Not again while what was said holds for long enough: with hundreds of writers that is most of what is written.
    if said and said.field == field and said.until > now + rules.WRITING / 2:
        return here
    own = Writer(application=application, person=by, field=field, until=now + rules.WRITING)
    Writer.objects.bulk_create(
        [own], update_conflicts=True, unique_fields=["application", "person"], update_fields=["field", "until"]
    )
    return [*(one for one in here if one.person_id != by.pk), own]


def write(application: Application, changed: Fields, by: Person, page: str = "") -> None:
    """Into the draft, or beside what was submitted; `application` is locked."""
    if application.state == Application.State.DRAFT:
        take_up(application, changed, by=by)
    else:
        application.edits = {**application.edits, **changed}
    application.version += 1
    application.written = {**application.written, **{name: [application.version, page] for name in changed}}
    application.saved_at = clock.now()
    application.save(update_fields=["answers", "edits", "version", "written", "saved_at"])


def take_up(application: Application, changed: Fields, *, by: Person) -> None:
    """Into what is being applied with; the caller saves the answers."""
    if about := about_in(changed):
        teams.edit(application.team, by=by, **described(application, about))
    application.answers = {**application.answers, **answers_in(changed)}


@transaction.atomic
def drop_edits(application: Application, *, by: Person) -> Application:
    """What was submitted stands, and what was written since is gone, for all who write."""
    application = locked(application)
    now = clock.now()
    application.version += 1
    application.written = {**application.written, **{name: [application.version, ""] for name in application.edits}}
    application.edits = {}
    application.saved_at = now
    application.save(update_fields=["edits", "version", "written", "saved_at"])
    let_go(application)
    note(application, "edits_dropped", by)
    return application
