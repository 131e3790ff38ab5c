"""An idea that was chosen goes on: its full application begins with its people, and with the answers that are asked again."""

from typing import Any

from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications.actions.row import locked, note
from rihma.applications.answers.reading import answered
from rihma.applications.models import AnswerFile, Application
from rihma.applications.queries import asked_of, today_of
from rihma.applications.rules.copying import ANEW, Fit, fitted
from rihma.base import clock
from rihma.base.files import store
from rihma.calls.rules import Asked, Value
from rihma.teams.going_on import go_on as team_goes_on

# Asked anew, because what somebody promised of an idea need not hold of the whole application.
PROMISED = frozenset({"consent"})


@transaction.atomic
def go_on(idea: Application, *, by: Person) -> Application:
    """Its full application, as a draft of the same people; the same one again if it has gone on already."""
    idea = locked(idea)
    known = Application.objects.filter(continues=idea).first()
    if known:
        return known
    now = clock.now()
    full = Application.objects.create(
        call=idea.call,
        team=team_goes_on(idea.team, by=by),
        continues=idea,
        started_by=idea.started_by,
        started_at=now,
        saved_at=now,
    )
    full.answers = _carried(idea, full)
    full.save(update_fields=["answers"])
    note(full, "went_on", by, idea=str(idea.pk))
    return full


def _carried(idea: Application, full: Application) -> dict[str, Value]:
    now, today = {one.key: one for one in asked_of(full)}, today_of(full.call)
    carried: dict[str, Value] = {}
    for one in answered(idea):
        question = now.get(one.question.key)
        if question is None or one.value is None or question.kind in PROMISED:
            continue
        if question.kind == "file":
            carried[question.key] = _files(idea, full, question, one.value)
        elif question.kind == one.question.kind and (question.kind in ANEW or question.is_frozen(today)):
            carried[question.key] = one.value
        elif (fit := fitted(one.question, question, one.value, today)).fit is Fit.COMES:
            carried[question.key] = fit.value
    return carried


def _files(idea: Application, full: Application, question: Asked, value: Any) -> list[dict[str, object]]:
    """With bytes of their own, because each application lets go of its files by itself."""
    named = AnswerFile.objects.filter(application=idea, key=question.key).named_in(value)
    return [_file(one, full).facts for one in named if store.holds(one.file)]


def _file(one: AnswerFile, full: Application) -> AnswerFile:
    same = {name: getattr(one, name) for name in ("key", "kind", "name", "digest", "size", "pages", "by_id")}
    # Should this be undone, the daily round finds and drops the file, because no row speaks of it.
    kept = store.put(store.read(one.file), b"")
    return AnswerFile.objects.create(application=full, file=kept, at=clock.now(), **same)
