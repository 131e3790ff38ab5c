"""Canvases as a live log: what `realtime` asks. The writer's sheets stay in memory between its transactions."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.refused import Refused
from rihma.canvases import desk, kinds, rules, statements, store, wire
from rihma.canvases.actions import WORKED_EVERY, record_work
from rihma.canvases.doers import Doers, admissions, key_of, pk_of
from rihma.canvases.models import Canvas, Operation
from rihma.canvases.sheet import Sheet
from rihma.canvases.types import Proposed
from rihma.realtime.frames import Refusal
from rihma.realtime.ledger import Admission, Doer, Outcome, Sent, Snapshot
from rihma.realtime.sessions import Sessions

MOST_SHEETS = 256
# A right that ends by the clock, as those of a guest link and a session do, is noticed after this at the latest.
RIGHTS_SECONDS = 1.0
# A canvas that moved on further than this elsewhere is read anew.
MOST_BEHIND = 500


class CanvasLedger:
    """`write` is called by one thread only, so nothing here needs a lock."""

    def __init__(self) -> None:
        self.sheets: dict[str, Sheet] = {}
        self.doers = Doers()
        self.sessions = Sessions()
        # the sign-ins that are known to stand, as long as nobody else has written anything
        self.standing: frozenset[str] = frozenset()
        self.seen: object = None
        self.checked_at = 0.0
        self.worked: dict[tuple[UUID, UUID | None], datetime] = {}

    def admit(self, asked: Sequence[tuple[str, Doer]]) -> Mapping[tuple[str, str], Admission]:
        return admissions([(key, doer.id) for key, doer in asked])

    def snapshot(self, key: str) -> Snapshot:
        with transaction.atomic():
            canvas = Canvas.objects.get(pk=pk_of(key))
            return Snapshot(canvas.head, wire.items(canvas))

    def rows(self, key: str, after: int, most: int) -> list[tuple[int, bytes]]:
        kept = Operation.objects.filter(canvas=pk_of(key), seq__gt=after).filter(seq__gt=F("canvas__folded"))
        return wire.rows(kept.order_by("seq")[:most])

    def version(self) -> object:
        return statements.version()

    def heads(self, keys: Sequence[str]) -> Mapping[str, int]:
        found = Canvas.objects.filter(pk__in=[pk_of(key) for key in keys]).values_list("pk", "head")
        return {key_of(pk): head for pk, head in found}

    def write(self, sent: Sequence[Sent]) -> list[Outcome]:
        try:
            return self._write(sent, careful=False)
        except (IntegrityError, store.Foreign):
            # Something was sent again that the sheets no longer remember, or speaks of another canvas's item.
            self.sheets.clear()
            return self._write(sent, careful=True)

    def _write(self, sent: Sequence[Sent], *, careful: bool) -> list[Outcome]:
        now = clock.now()
        read_in = [_read(one) for one in sent]
        try:
            if not careful and self._is_known(sent, read_in, now):
                with statements.lean_transaction(self.seen) as begun:
                    if begun:
                        outcomes, changed = self._take_all(self.sheets, sent, read_in, now)
                if begun:
                    return _written(changed, outcomes)
            with transaction.atomic():
                sheets = self._sheets({(one.key, one.by) for one in sent}, {one.session for one in sent})
                if careful:
                    _remember(sheets, sent, read_in)
                outcomes, changed = self._take_all(sheets, sent, read_in, now)
                worked = self._record_work(changed, now)
        except BaseException:
            self.sheets.clear()
            raise
        self.worked |= worked
        return _written(changed, outcomes)

    def _is_known(self, sent: Sequence[Sent], read_in: Sequence[Proposed | Outcome], now: datetime) -> bool:
        """Nothing has to be asked or recorded beside what is written, unless somebody else has written."""
        if time.monotonic() - self.checked_at > RIGHTS_SECONDS:
            return False
        if any(isinstance(said, Proposed) and "actor" in said.payload for said in read_in):
            return False  # naming one asks the database, and may write a row of its own
        for key, by, session in {(one.key, one.by, one.session) for one in sent}:
            sheet, doer = self.sheets.get(key), self.doers.find(key, by)
            if sheet is None or doer is None or session not in self.standing:
                return False
            last = self.worked.get((sheet.pk, doer.person))
            if last is None or now - last > WORKED_EVERY:
                return False
        return True

    def _take_all(
        self, sheets: Mapping[str, Sheet], sent: Sequence[Sent], read_in: Sequence[Proposed | Outcome], now: datetime
    ) -> tuple[list[Outcome], list[Sheet]]:
        outcomes = [self._take(sheets, one, proposed, now) for one, proposed in zip(sent, read_in, strict=True)]
        changed = [sheet for sheet in sheets.values() if sheet.lines]
        store.write(changed, now)
        return outcomes, changed

    def _take(self, sheets: Mapping[str, Sheet], sent: Sent, said: Proposed | Outcome, now: datetime) -> Outcome:
        if isinstance(said, Outcome):
            return said
        sheet = sheets.get(sent.key)
        doer = self.doers.find(sent.key, sent.by)
        if sheet is None or doer is None or sent.session not in self.standing:
            return _refused(said.client_id, Refused("forbidden", rules.NO_LONGER_YOURS), settings.LANGUAGE_CODE)
        applied = desk.take(sheet, said, by=doer, at=now)
        if applied.refused and store.recall(sheet, said.client_id):
            # It had been taken before this sheet was read, and its sender never heard of it.
            applied = desk.take(sheet, said, by=doer, at=now)
        if applied.refused:
            # Once more for its words: rules say them in the language that is on, and no sheet has changed.
            with translation.override(doer.language):
                applied = desk.take(sheet, said, by=doer, at=now)
        if applied.refused:
            return _refused(said.client_id, applied.refused, doer.language)
        line = applied.operation
        if line is None:
            raise LookupError(said)
        if applied.again:
            return Outcome(said.client_id, line.seq)
        if line.verb == "restore":
            return Outcome(
                said.client_id, line.seq, wire.row_of_restore(line, sheet.as_read(line.item), nameless=sheet.nameless)
            )
        return Outcome(said.client_id, line.seq, wire.row(wire.unnamed(line) if sheet.nameless else line))

    def _sheets(self, asked: set[tuple[str, str]], sessions: set[str]) -> Mapping[str, Sheet]:
        """The canvases, locked and as they are now. Where nobody else has written, nothing is read at all."""
        version = statements.version()
        canvases = {key for key, _ in asked}
        missing = canvases
        if version is not None and version == self.seen:
            missing = canvases - self.sheets.keys()
        else:
            self.doers.forget()
            self.standing = frozenset()
        if time.monotonic() - self.checked_at > RIGHTS_SECONDS:
            self.doers.forget_guests()
            self.standing = frozenset()
            self.checked_at = time.monotonic()
        self.seen = version
        if missing:
            found = Canvas.objects.select_for_update().filter(pk__in=map(pk_of, missing)).order_by("pk")
            fresh = {key_of(canvas.pk): self._fresh(canvas) for canvas in found}
            for key in missing - fresh.keys():
                self.sheets.pop(key, None)
        self.doers.learn(asked)
        if not sessions <= self.standing:
            self.standing = self.sessions.standing(sessions | self.standing)
        for key in list(self.sheets)[: max(0, len(self.sheets) - MOST_SHEETS)]:
            if key not in canvases:
                del self.sheets[key]
        return self.sheets

    def _fresh(self, canvas: Canvas) -> Sheet:
        key = key_of(canvas.pk)
        sheet = self.sheets.get(key)
        if sheet is None or sheet.head < canvas.folded or not 0 <= canvas.head - sheet.head <= MOST_BEHIND:
            sheet = self.sheets[key] = store.whole_sheet(canvas)
        elif sheet.head < canvas.head:
            store.catch_up(sheet)
        # one that was published anew meanwhile
        sheet.read_by(kinds.of(canvas))
        sheet.state = canvas.state
        sheet.nameless = canvas.names_hidden
        return sheet

    def _record_work(self, sheets: Sequence[Sheet], now: datetime) -> dict[tuple[UUID, UUID | None], datetime]:
        worked: dict[tuple[UUID, UUID | None], datetime] = {}
        for sheet in sheets:
            for person in {line.by_id for line in sheet.lines}:
                last = self.worked.get((sheet.pk, person))
                if last is None or now - last > WORKED_EVERY:
                    by = Person.objects.get(pk=person) if person else None
                    record_work(Canvas.objects.get(pk=sheet.pk), by)
                    worked[sheet.pk, person] = now
        return worked


def _written(changed: Sequence[Sheet], outcomes: list[Outcome]) -> list[Outcome]:
    for sheet in changed:
        sheet.written()
    return outcomes


def _read(sent: Sent) -> Proposed | Outcome:
    try:
        return wire.proposed(sent.operation)
    except wire.Unreadable as problem:
        return Outcome(problem.client_id, refusal=Refusal(problem.client_id, "invalid", str(problem)))


def _remember(sheets: Mapping[str, Sheet], sent: Sequence[Sent], read_in: Sequence[Proposed | Outcome]) -> None:
    each: dict[str, list[Proposed]] = {}
    for one, said in zip(sent, read_in, strict=True):
        if isinstance(said, Proposed):
            each.setdefault(one.key, []).append(said)
    for key, proposed in each.items():
        if key in sheets:
            store.remember(sheets[key], proposed)


def _refused(client_id: str, refused: Refused, language: str) -> Outcome:
    with translation.override(language):
        return Outcome(client_id, refusal=Refusal(client_id, refused.code, str(refused), refused.field))
