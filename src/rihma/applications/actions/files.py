"""Files that answer a question: looked into, kept, named in the answer; and taken out of it again."""

import logging
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from rihma.accounts.models import Person
from rihma.applications import rules
from rihma.applications.actions.letting_go import let_go
from rihma.applications.actions.row import locked, note
from rihma.applications.actions.writing import write
from rihma.applications.editing import ground_of
from rihma.applications.fields import ANSWER
from rihma.applications.models import AnswerFile, Application, FileSent
from rihma.applications.queries import asked_later, fields_of, frozen_in, today_of
from rihma.base import clock
from rihma.base.files import store
from rihma.base.files.kinds import check_takes, tidy_name
from rihma.base.files.looking import Looked, look
from rihma.base.files.pace import COUNTED_FOR, check_pace
from rihma.base.files.problems import WAITS_FOR_SPACE
from rihma.base.refused import Refused
from rihma.calls.rules import Asked

logger = logging.getLogger(__name__)


def add_file(application: Application, question: Asked, content: bytes, *, name: str, by: Person) -> AnswerFile:
    """Looked into, then on the disk, then in the answer. Refused, nothing of it is kept anywhere; sent again, it is one."""
    # Asked before and after, because looking takes seconds, in which nobody else should wait for this application.
    _check_may_add(application, question)
    family = check_takes(content, question.file_kinds, most=question.most_bytes)
    _count(by)
    looked = look(content, family)
    rules.check_kind(looked.kind, question.file_kinds)
    try:
        file = store.put(looked.whole, b"")
    except OSError as problem:
        logger.exception("A file could not be written")
        raise Refused("full", WAITS_FOR_SPACE, "upload") from problem
    try:
        added = _add(application, question, looked, file, name=name, by=by)
    except BaseException:
        store.drop(file)
        raise
    if added.file != file:
        store.drop(file)
    return added


@transaction.atomic
def _count(by: Person) -> None:
    """Under the lock of whoever sends, so that many at once are counted too; kept also when the file is refused."""
    Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=by.pk)
    now = clock.now()
    lately = FileSent.objects.filter(by=by, at__gt=now - COUNTED_FOR).order_by("-at")
    check_pace(list(lately.values_list("at", flat=True)), settings.FILES_AN_HOUR["person"], now)
    FileSent.objects.create(by=by, at=now)


@transaction.atomic
def _add(application: Application, question: Asked, looked: Looked, file: str, *, name: str, by: Person) -> AnswerFile:
    application = _locked(application, by)
    digest = sha256(looked.whole).hexdigest()
    for known in files_in(application, question.key):
        if known["sha256"] == digest:
            return AnswerFile.objects.get(application=application, pk=known["id"])
    _check_may_add(application, question)
    added = AnswerFile.objects.create(
        application=application,
        key=question.key,
        kind=looked.kind,
        name=tidy_name(name, looked.kind),
        file=file,
        digest=digest,
        size=len(looked.whole),
        pages=looked.pages,
        by=by,
        at=clock.now(),
    )
    _answer(application, question, [*files_in(application, question.key), added.facts], by)
    return added


@transaction.atomic
def remove_file(application: Application, question: Asked, file_id: UUID, *, by: Person) -> None:
    """Out of the answer. Where it has arrived with a version, it stays with that; else its bytes go."""
    application = _locked(application, by)
    _check_may_change(application, question)
    before = files_in(application, question.key)
    after = [one for one in before if one["id"] != str(file_id)]
    rules.check_there(there=len(after) < len(before))
    _answer(application, question, after, by)
    let_go(application)


def files_in(application: Application, key: str) -> list[dict[str, Any]]:
    """What its writers have in this answer now."""
    value = fields_of(application).get(f"{ANSWER}{key}")
    return [one for one in value if isinstance(one, dict) and "id" in one] if isinstance(value, list) else []


def _answer(application: Application, question: Asked, files: list[dict[str, Any]], by: Person) -> None:
    if not _comes_later(application):
        write(application, {f"{ANSWER}{question.key}": files}, by)
        return
    application.answers = {**application.answers, question.key: files}
    application.version += 1
    application.saved_at = clock.now()
    application.save(update_fields=["answers", "version", "saved_at"])
    note(application, "answered_later", by, keys=[question.key])


def _check_may_add(application: Application, question: Asked) -> None:
    _check_may_change(application, question)
    rules.check_room(len(files_in(application, question.key)), question.most_files)


def _check_may_change(application: Application, question: Asked) -> None:
    if _comes_later(application):
        asked = [one.key for one in asked_later(application, today_of(application.call))]
        rules.check_may_answer_later(application.state, is_open=False, asked=asked, given=[question.key])
        return
    rules.check_may_save(application.state)
    ground = None if application.is_draft else ground_of(application, clock.now())
    name = f"{ANSWER}{question.key}"
    rules.check_may_change(allowed=ground is None or ground.allows(name))
    rules.check_not_frozen(frozen_in(application.call, {name: None}))


def _comes_later(application: Application) -> bool:
    """Submitted, and no ground to submit it anew: what still comes stands beside what arrived."""
    return application.state == Application.State.SUBMITTED and ground_of(application, clock.now()) is None


def _locked(application: Application, by: Person) -> Application:
    """Rights are read under the lock: somebody who has just left the team changes nothing more."""
    found = locked(application)
    rules.check_writes(writes=Application.objects.written_by(by).filter(pk=found.pk).exists())
    return found
