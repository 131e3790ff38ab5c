"""A stage hand for tests of a running server: does in its database what other people or the clock would do.

One process for all that is asked of it, a line of JSON each: {"do": name, …} → what it answers.
"""

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection, transaction

from rihma.accounts.actions import get_or_invite, issue_api_token, sign_out_everywhere
from rihma.accounts.models import ApiToken, Person
from rihma.accounts.scopes import EVERYTHING
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.base.words import Words
from rihma.canvases import actions, erasing, past, trimming
from rihma.canvases.models import Canvas, Item, Operation
from rihma.canvases.types import Proposed
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme
from rihma.realtime.actions import issue
from rihma.realtime.ledger import Doer
from rihma.realtime.models import Ticket
from rihma.site import cast
from rihma.teams.models import Member, Team


def canvas(people: int = 2) -> dict[str, Any]:
    """A canvas of a new team, with a token for each of its people."""
    programme, owner = _programme()
    team = Team.objects.create(programme=programme, name=str(new_id())[-8:])
    canvas = actions.open_canvas(team, "assumption_map", by=owner)
    writers = [_person() for _ in range(people)]
    state = Member.State.CONFIRMED
    Member.objects.bulk_create(Member(team=team, person=person, state=state) for person in writers)
    return {
        "id": str(canvas.pk),
        "people": [str(person.pk) for person in writers],
        "tokens": [issue_api_token(person, name="test", scopes=[EVERYTHING]) for person in writers],
    }


def beside(canvas: str, kind: str) -> str:
    """Another canvas of the same team."""
    team = Canvas.objects.get(pk=canvas).team
    return str(actions.open_canvas(team, kind, by=_programme()[1]).pk)


def session(person: str) -> str:
    """Somebody signs in."""
    who = Person.objects.get(pk=person)
    store = SessionStore()
    store[SESSION_KEY] = str(who.pk)
    store[BACKEND_SESSION_KEY] = "rihma.accounts.sessions.Backend"
    store[HASH_SESSION_KEY] = who.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def ticket(canvas: str, person: str, session: str = "") -> str:
    return issue(f"canvases:{canvas}", Doer(f"person:{person}", str(Person.objects.get(pk=person)), session=session))


def age_tickets(seconds: float) -> int:
    return Ticket.objects.update(made_at=clock.now() - timedelta(seconds=seconds))


def sign_out(session: str) -> int:
    return Session.objects.filter(session_key=session).delete()[0]


def sign_out_of_all(person: str) -> None:
    sign_out_everywhere(Person.objects.get(pk=person))


def revoke(person: str) -> int:
    return ApiToken.objects.filter(person=UUID(person)).update(revoked_at=clock.now())


def suspend(person: str) -> int:
    return Person.objects.filter(pk=person).update(is_active=False)


def leave(canvas: str, person: str) -> int:
    member = Member.objects.filter(team=Canvas.objects.get(pk=canvas).team, person=UUID(person))
    return member.update(state=Member.State.LEFT)


def demote(canvas: str, person: str) -> int:
    """From a member to a mentor, who reads along."""
    Canvas.objects.get(pk=canvas).team.mentors.add(Person.objects.get(pk=person))
    return leave(canvas, person)


def freeze(canvas: str) -> None:
    actions.freeze(Canvas.objects.get(pk=canvas), by=_programme()[1])


def erase(canvas: str, item: str) -> None:
    erasing.erase_item(Canvas.objects.get(pk=canvas), UUID(item), by=_programme()[1])


def add(canvas: str, count: int = 1, days_ago: int = 0) -> int:
    """Somebody adds items in a page; answers the canvas's head."""
    found, owner = Canvas.objects.get(pk=canvas), _programme()[1]
    said = {"kind": "assumption", "zone": "wanted", "text": "from a page", "lang": "en"}
    operations = [Proposed(str(new_id()), "add", new_id(), dict(said)) for _ in range(count)]  # type: ignore[arg-type]
    with clock.at(clock.now() - timedelta(days=days_ago)):
        actions.apply(found, operations, by=owner)
    return Canvas.objects.get(pk=canvas).head


def live_through(canvas: str, operations: int, items: int = 100) -> None:
    """As many operations as a long life brings: items that are moved to and fro."""
    by, now = _programme()[1], clock.now()
    pks = [new_id() for _ in range(items)]
    moves = [{"zone": "wanted" if seq // items % 2 else "able", "order": f"a{seq:06}"} for seq in range(operations)]
    adds = [{"kind": "assumption", "text": f"item {seq}", "lang": "en", "fields": {}} for seq in range(items)]
    Operation.objects.bulk_create(
        [
            Operation(
                canvas_id=UUID(canvas),
                seq=seq + 1,
                client_id=f"life:{seq}",
                verb="move" if seq >= items else "add",
                item=pks[seq % items],
                payload=move | (adds[seq] if seq < items else {}),
                by=by,
                at=now,
            )
            for seq, move in enumerate(moves)
        ],
        batch_size=2000,
    )
    Item.objects.bulk_create(
        Item(id=pk, canvas_id=UUID(canvas), by=by, text_seq=at + 1, **adds[at], **moves[at - items])
        for at, pk in enumerate(pks)
    )
    Canvas.objects.filter(pk=canvas).update(head=operations)


def fold(canvas: str) -> int:
    """Time passes until all that was done is old; answers where the history begins then."""
    found, now = Canvas.objects.get(pk=canvas), clock.now()
    for later in (timedelta(), trimming.REST):
        trimming.trim_one(found, now, now + later)
    return past.folded_to(found)


held = ExitStack()


def hold(canvas: str) -> None:
    """Somebody else writes on the canvas, and takes long."""
    held.enter_context(transaction.atomic())
    Canvas.objects.select_for_update().get(pk=canvas)


def release(canvas: str) -> None:  # as all that a canvas is asked for
    held.close()


def log(canvas: str) -> list[dict[str, Any]]:
    rows = Operation.objects.filter(canvas=UUID(canvas)).order_by("seq")
    return [{"seq": row.seq, "id": row.client_id, "verb": row.verb, "item": str(row.item)} for row in rows]


def said(canvas: str) -> list[str]:
    """Every text that was ever confirmed: as it took effect, or as it was typed."""
    payloads = Operation.objects.filter(canvas=UUID(canvas)).values_list("payload", flat=True)
    return [payload[key] for payload in payloads for key in ("text", "typed") if key in payload]


def items(canvas: str) -> dict[str, dict[str, Any]]:
    found = Item.objects.filter(canvas=UUID(canvas))
    return {str(item.pk): {"zone": item.zone, "text": item.text, "order": item.order} for item in found.live()}


def replayed(canvas: str) -> dict[str, dict[str, Any]]:
    """What the log amounts to when it is read from its beginning."""
    found = past.states_at(Canvas.objects.get(pk=canvas), head(canvas))
    return {
        str(pk): {"zone": item.zone, "text": item.text, "order": item.order}
        for pk, item in found.items()
        if not item.removed
    }


def head(canvas: str) -> int:
    return Canvas.objects.get(pk=canvas).head


def _person() -> Person:
    pk = new_id()
    return get_or_invite(f"{pk}@test.example", name=f"Writer {str(pk)[-4:]}", language="en")


def _programme() -> tuple[Programme, Person]:
    people = cast.enter()
    found = Programme.objects.filter(slug="live").first()
    if found is None:
        found = programmes.create(
            slug="live",
            title=Words(fi="Livenä", sv="Live", en="Live"),
            purpose=Words(fi="Kokeillaan.", sv="Vi försöker.", en="We try."),
            description=Words(fi="Kokeillaan.", sv="Vi försöker.", en="We try."),
            starts=date(2026, 1, 1),
            ends=date(2030, 1, 1),
            eligibility={
                "state_administration_min": 1,
                "organisations_min": 2,
                "willing_to_open": True,
                "bounded_experiment": True,
            },
            canvas_kinds=["assumption_map"],
            by=people["owner"],
        )
    return found, people["owner"]


DOES: dict[str, Callable[..., Any]] = {
    act.__name__: act
    for act in (
        *(canvas, beside, session, ticket, age_tickets, sign_out, sign_out_of_all, revoke, suspend, leave, demote),
        *(freeze, erase, add, live_through, fold, hold, release, log, said, items, replayed, head),
    )
}

if __name__ == "__main__":
    for line in sys.stdin:
        asked = json.loads(line)
        if not connection.in_atomic_block:
            close_old_connections()
        print(json.dumps(DOES[asked.pop("do")](**asked)), flush=True)  # this is how it answers
