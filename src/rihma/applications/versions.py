"""What arrived with each receipt, told again from what the receipt keeps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rihma.accounts.models import Person
from rihma.actors.models import Organisation
from rihma.applications.answers.reading import Role, in_parts
from rihma.applications.fields import ANSWER, Fields
from rihma.applications.forms import DraftForm
from rihma.applications.models import Application, Completion, Judgement, Receipt
from rihma.calls.models import Question
from rihma.teams.models import Member, Partner, Team

type Label = str | Promise


@dataclass(frozen=True)
class Version:
    receipt: Receipt
    # the labels of what differs from the version before
    changed: list[Label]
    counts: bool


def versions_of(application: Application) -> list[Version]:
    """The newest first."""
    receipts = list(application.receipts.select_related("by"))
    questions = list(application.call.questions.all()) if len(receipts) > 1 else []
    told = [
        Version(after, list(_changed(before.content, after.content, questions)), after.pk == application.receipt_id)
        for before, after in pairwise(receipts)
    ]
    first = [Version(one, [], one.pk == application.receipt_id) for one in receipts[:1]]
    return [*reversed(told), *first]


def _changed(before: dict[str, Any], after: dict[str, Any], questions: list[Question]) -> Iterator[Label]:
    for name, value in after["team"].items():
        if before["team"].get(name) != value:
            yield DraftForm.base_fields[name].label or name
    if before["members"] != after["members"]:
        yield _("People")
    if before.get("organisations") != after.get("organisations"):
        yield _("Organisations")
    for question in questions:
        if before["answers"].get(question.key) != after["answers"].get(question.key):
            yield str(question.label)


class Late(NamedTuple):
    receipt: Receipt
    judgement: Judgement | None


def late_of(versions: Iterable[Version]) -> list[Late]:
    """What came late of these, the first to arrive first, with the newest decision on it."""
    late = [one.receipt for one in versions if one.receipt.late_seconds][::-1]
    prefetch_related_objects(late, Prefetch("judgements", Judgement.objects.select_related("by")))
    return [Late(one, next(reversed(one.judgements.all()), None)) for one in late]


def read_completions(application: Application) -> list[Completion]:
    """All that it was ever asked to complete, for a page that shows them; never where one may be added meanwhile."""
    found = application.completions.select_related("by", "receipt", "application__call__programme")
    # Most are asked nothing, and then nothing has to be read.
    known = list(found) if vars(application).get("was_asked", True) else []
    vars(application)["completing"] = known
    return known


def as_arrived(receipt: Receipt, role: Role) -> dict[str, object]:
    """For the page that shows an application: the same things, as they were then. Never to be saved so."""
    application = receipt.application
    said = dict(receipt.content["team"])
    named = said.pop("theme")
    theme = application.call.programme.themes.filter(pk=named).first() if named else None
    team = Team(pk=application.team_id, programme=application.call.programme, theme=theme, **said)
    application.answers, application.receipt = receipt.content["answers"], receipt
    sections = in_parts(application, role)
    partners = [
        Partner(organisation=Organisation(name=one["organisation"]), state=one["state"])
        for one in receipt.content.get("organisations", [])
    ]
    return {"team": team, "places": _places(receipt.content["members"]), "partners": partners, "sections": sections}


def _places(members: list[dict[str, Any]]) -> list[Member]:
    people = Person.objects.in_bulk([one["person"] for one in members])
    known = {str(pk): person for pk, person in people.items()}
    return [
        Member(
            person=known[one["person"]],
            organisation=Organisation(name=one["organisation"]) if one["organisation"] else None,
            role=one["role"],
            state=one["state"],
        )
        for one in members
        if one["person"] in known
    ]


def fields_in(receipt: Receipt) -> Fields:
    """What a version brought, by the fields of the form."""
    answers = {f"{ANSWER}{key}": value for key, value in receipt.content["answers"].items()}
    return {**receipt.content["team"], **answers}
