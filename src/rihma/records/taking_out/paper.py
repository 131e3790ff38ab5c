"""A case, and the copy for whoever asks, as PDF/A that screen readers read."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rihma.applications.models import Receipt
from rihma.base.press import ARCHIVED, press
from rihma.base.said import date_only, moment
from rihma.base.xml_text import writable
from rihma.records.models import Case
from rihma.records.parts import parts_of
from rihma.records.queries import copy_of
from rihma.records.taking_out.told import decision_of, events_of
from rihma.teams.queries import partners_of, places_of

SOURCE = Path(__file__).with_name("paper.typ")

type Section = dict[str, object]


def case_pdf(case: Case) -> bytes:
    """All of it, in the reader's language; what people wrote, in theirs."""
    application = case.application
    sections = [_section(part.title, part.noted, application.team.language) for part in parts_of(application)]
    return _pressed(
        case, _("Case %(number)s") % {"number": case.number}, [*sections, *_people(case), *_after(case)], _digest
    )


def own_pdf(case: Case) -> bytes:
    """What a team sent, for the team itself to print and keep: with its people and what proves its arrival."""
    application = case.application
    sections = [_section(part.title, part.noted, application.team.language) for part in parts_of(application)]
    title = _("Application: %(team)s") % {"team": application.team}
    return _pressed(case, title, [*sections, *_people(case)], _digest)


def copy_pdf(case: Case) -> bytes:
    """Without secrets and people."""
    title = _("Case %(number)s: copy for whoever asks") % {"number": case.number}
    lang = case.application.team.language
    return _pressed(case, title, [_section(one.title, one.text, lang) for one in copy_of(case.application)])


def _digest(receipt: Receipt) -> list[str]:
    """Not in the copy, because a digest of secrets can be tried out on guesses."""
    return [receipt.digest]


def _people(case: Case) -> list[Section]:
    lines = [
        " · ".join(
            part for part in (str(place.person), str(place.organisation or ""), place.get_role_display()) if part
        )
        for place in places_of(case.application.team)
    ]
    lines += [f"{one.organisation} · {one.get_state_display()}" for one in partners_of(case.application.team)]
    return [_listed(_("People"), lines)] if lines else []


def _after(case: Case) -> list[Section]:
    decision = decision_of(case.application)
    told = []
    if decision:
        about = f"{decision.said} · {date_only(decision.decided_at)} · {decision.by}"
        told.append(_section(_("Decision"), f"{about}\n{decision.reason}".strip(), str(get_language())))
    events = [f"{moment(event.at, case.programme.zone)} {event.sentence}" for event in events_of(case)]
    return [*told, _listed(_("What happened"), events)]


def _pressed(
    case: Case, title: str, sections: Iterable[Section], proof: Callable[[Receipt], list[str]] = lambda _one: []
) -> bytes:
    team = case.application.team
    receipts = case.application.receipts.order_by("version")
    facts = [
        (_("Programme"), str(case.programme.title)),
        (_("Team"), str(team)),
        *(
            (_("Arrived"), " · ".join([moment(one.received_at, case.programme.zone), one.number, *proof(one)]))
            for one in receipts
        ),
    ]
    said = {
        "lang": get_language(),
        "title": writable(title),
        "made": _parts(case.given_at),
        "facts": [{"name": name, "text": writable(text)} for name, text in facts],
        "sections": list(sections),
    }
    return press(SOURCE, said, standards=ARCHIVED)


def _section(title: str, text: str, lang: str) -> Section:
    paragraphs = [writable(line) for line in text.splitlines() if line.strip()]
    return {"title": writable(title), "lang": lang, "paragraphs": paragraphs, "lines": []}


def _listed(title: str, lines: Iterable[str]) -> Section:
    return {"title": title, "lang": get_language(), "paragraphs": [], "lines": [writable(line) for line in lines]}


def _parts(at: datetime) -> list[int]:
    """When it came into the register: a PDF has to say when it was made, and the same case is to be the same bytes."""
    at = at.astimezone(UTC)
    return [at.year, at.month, at.day, at.hour, at.minute, at.second]
