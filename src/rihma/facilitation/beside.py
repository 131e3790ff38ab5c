"""Votes that are closed, as results: who laid which dot is told to nobody, so no file holds it (settings.CANVAS_BESIDE)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.accounts.models import Person
from rihma.base.dates import utc
from rihma.base.said import moment
from rihma.canvases import beside
from rihma.canvases.beside import Line, Part, Table, Taken
from rihma.canvases.models import Canvas
from rihma.facilitation import bringing_in
from rihma.facilitation.bringing_in import Closed
from rihma.facilitation.models import Dots, Vote


class Beside(beside.Beside):
    key = "votes"

    def take_out(self, canvas: Canvas) -> Taken:
        votes = list(canvas.votes.filter(state=Vote.State.CLOSED).counted().order_by("closed_at"))
        results = _results(votes)
        head = [_("Text"), _("Dots"), _("Vote"), _("Closed at"), _("Voters")]
        rows = [
            [one.text, one.count, str(vote), vote.closed_at, vote.voters] for vote in votes for one in results[vote.pk]
        ]
        return Taken(
            parts=[
                Part(_("Vote: %(title)s") % {"title": vote}, list(_lines(vote, results[vote.pk]))) for vote in votes
            ],
            tables=[Table(_("Votes"), head, rows)] if rows else [],
            data=[_data(vote, results[vote.pk]) for vote in votes],
        )

    def read(self, raw: bytes) -> Sequence[Closed]:
        return beside.as_written(raw, list[Closed], _("The votes in this data cannot be read. Nothing was brought in."))

    def bring_in(self, canvas: Canvas, said: Sequence[Closed], came: Mapping[str, UUID], *, by: Person) -> None:
        bringing_in.bring_in(canvas, said, came, by=by)


BESIDE = Beside()


@dataclass(frozen=True)
class Result:
    item: UUID
    text: str
    lang: str
    count: int


def _results(votes: Sequence[Vote]) -> dict[UUID, list[Result]]:
    """Most dots first, on what can be read still."""
    found: dict[UUID, list[Result]] = {vote.pk: [] for vote in votes}
    laid = Dots.objects.filter(vote__in=found, item__removed=False, item__hidden=False)
    sums = laid.values("vote", "item", "item__text", "item__lang").annotate(sum=Sum("count"))
    for row in sums.order_by("-sum", "item__text"):
        found[row["vote"]].append(Result(row["item"], row["item__text"], row["item__lang"], row["sum"]))
    return found


def _lines(vote: Vote, results: Sequence[Result]) -> Iterator[Line]:
    voters = ngettext("%(count)s person voted", "%(count)s people voted", vote.voters) % {"count": vote.voters}
    yield Line(voters, about=_("closed %(at)s") % {"at": moment(vote.closed_at)} if vote.closed_at else "")
    for one in results:
        dots = ngettext("%(count)s dot", "%(count)s dots", one.count) % {"count": one.count}
        yield Line(one.text, one.lang, dots)


def _data(vote: Vote, results: Sequence[Result]) -> dict[str, Any]:
    return {
        "id": str(vote.pk),
        "title": vote.title,
        "budget": vote.budget,
        "most": vote.most,
        "zones": vote.zones,
        "opened_at": utc(vote.opened_at),
        "closed_at": utc(vote.closed_at) if vote.closed_at else None,
        "voters": vote.voters,
        "results": [{"item": str(one.item), "dots": one.count} for one in results],
    }
