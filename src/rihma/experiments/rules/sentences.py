"""The plan as one sentence that anybody can read aloud."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rihma.base import dates
from rihma.experiments.rules.plans import Plan
from rihma.experiments.rules.texts import first_words, without_opening


@dataclass(frozen=True)
class Part:
    """`lead` is ours, `text` the team's; no text means that nobody has planned it yet."""

    lead: str
    text: str = ""
    after: str = "."


def sentence(plan: Plan, *, operator: str, language: str) -> Iterator[Part]:
    """`operator` in words, in the reader's `language`."""
    yield from _belief(plan)
    what = first_words(plan.what_we_do) if plan.what_we_do else ""
    yield Part(_("We try this:"), what, "")
    whom = f"{plan.for_whom}, {dates.number(plan.people, language)}" if plan.for_whom and plan.people else ""
    yield Part(pgettext("experiment", "With:"), whom)
    yield Part(_("Ready by"), dates.date_only(plan.ends, language) if plan.ends else "")
    yield Part(_("It holds if:"), threshold(plan, operator=operator, language=language))


def threshold(plan: Plan, *, operator: str, language: str) -> str:
    if plan.threshold is None or not plan.metric_name:
        return ""
    return f"{plan.metric_name}, {operator} {dates.number(plan.threshold, language)} {plan.metric_unit}".strip()


def _belief(plan: Plan) -> Iterator[Part]:
    lead = _("We believe that")
    if not plan.believe_that:
        yield Part(lead, without_opening(plan.belief))
    elif plan.believe_because:
        yield Part(lead, f"{plan.believe_that} {plan.believe_does}", "")
        yield Part(_("because"), plan.believe_because)
    else:
        yield Part(lead, f"{plan.believe_that} {plan.believe_does}")
