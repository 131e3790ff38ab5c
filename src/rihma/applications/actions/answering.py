"""Answers that the call asks for later than the application: once it has closed, each by its own day."""

from collections.abc import Mapping

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications import challenges, rules
from rihma.applications.actions.naming import keep_named
from rihma.applications.actions.row import locked, note
from rihma.applications.fields import plain
from rihma.applications.models import Application
from rihma.applications.queries import asked_later, today_of
from rihma.base import clock
from rihma.calls.rules import Value


@transaction.atomic
def answer_later(application: Application, answers: Mapping[str, Value], *, by: Person) -> Application:
    """Beside what was submitted, whose receipt stays as it is; history tells which were answered when."""
    application = locked(application)
    changed = {key: value for key, value in answers.items() if plain(value) != plain(application.answers.get(key))}
    if not changed:
        return application
    rules.check_may_answer_later(
        application.state,
        is_open=application.intake is not None and application.counts_for.takes_in(clock.now()),
        asked=[one.key for one in asked_later(application, today_of(application.call))],
        given=changed,
    )
    application.answers = {**application.answers, **changed}
    application.version += 1
    application.saved_at = clock.now()
    application.save(update_fields=["answers", "version", "saved_at"])
    keep_named(application)
    challenges.take_up(application)
    note(application, "answered_later", by, keys=sorted(changed))
    return application
