"""A plan as it is read on its page: titles in the reader's language, texts in the team's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rihma.base import dates
from rihma.base.parts import Node
from rihma.experiments.models import Experiment

if TYPE_CHECKING:
    from decimal import Decimal

# Which knot of the thread a started experiment waits at.
WAITS_AT = {"running": 1, "paused": 1, "ended": 2, "concluded": 3, "decided": 4, "published": 5}


@dataclass(frozen=True)
class Fact:
    title: str
    text: str
    note: str = ""
    # the language of a text that people wrote; "" for ours
    lang: str = ""
    url: str = ""


def facts_of(experiment: Experiment) -> list[Fact]:
    return [fact for fact in _facts(experiment) if fact.text]


def stages_of(experiment: Experiment) -> list[Node]:
    titles = [_("Plan"), _("Running"), _("Conclusion"), _("Decision"), _("Public lesson")]
    if experiment.state not in WAITS_AT:
        return [Node(titles[0], "done"), Node(experiment.get_state_display(), "stopped")]
    here = WAITS_AT[experiment.state]
    return [
        Node(title, "done" if number < here else "now" if number == here else "ahead")
        for number, title in enumerate(titles)
    ]


def _facts(plan: Experiment) -> Iterator[Fact]:
    lang, unit = plan.language, plan.metric_unit
    if plan.assumption and not plan.assumption.hidden:
        address = plan.assumption.canvas.get_absolute_url()
        yield Fact(_("From the assumption"), plan.assumption.text, lang=plan.assumption.lang, url=address)
    yield Fact(_("What we do"), plan.what_we_do, lang=lang)
    yield Fact(_("What is new"), plan.what_is_new, lang=lang)
    yield Fact(_("With whom"), " · ".join(part for part in (plan.for_whom, _number(plan.people)) if part), lang=lang)
    yield Fact(_("Where"), plan.place, lang=lang)
    yield Fact(_("When"), _when(plan), _leave(plan))
    yield Fact(_("In what way"), plan.get_method_display() if plan.method else "")
    yield Fact(_("What is measured"), f"{plan.metric_name} ({unit})" if unit else plan.metric_name, lang=lang)
    yield Fact(_("How it is collected"), plan.metric_how, lang=lang)
    yield Fact(_("Who collects it"), plan.metric_by, lang=lang)
    yield Fact(_("What it was before"), _measured(plan.baseline, unit))
    threshold = (
        "" if plan.threshold is None else f"{plan.get_threshold_operator_display()} {_measured(plan.threshold, unit)}"
    )
    reading = _("Several observations: %(reading)s") % {"reading": plan.get_metric_reading_display().lower()}
    yield Fact(_("The threshold"), threshold, reading)
    yield Fact(_("What would change our mind"), plan.what_would_change_our_mind, lang=lang)
    yield Fact(_("When we stop early"), plan.stop_rule, lang=lang)
    deputy = _("%(name)s steps in") % {"name": plan.deputy} if plan.deputy else ""
    yield Fact(_("Who answers for it"), str(plan.owner or ""), deputy)
    yield Fact(_("Partners"), ", ".join(str(partner) for partner in plan.partners.all()))
    yield Fact(_("What it costs"), _cost(plan))


def _when(plan: Experiment) -> str:
    if plan.starts and plan.ends:
        return dates.days(plan.starts, plan.ends, _language())
    return "–".join(dates.date_only(day, _language()) if day else "" for day in (plan.starts, plan.ends)).strip("–")


def _leave(plan: Experiment) -> str:
    if not plan.dates_allowed_by:
        return ""
    return _("May take longer. %(name)s: %(reason)s") % {
        "name": plan.dates_allowed_by,
        "reason": plan.dates_allowed_because,
    }


def _cost(plan: Experiment) -> str:
    hours, euros = plan.cost_hours, plan.cost_eur
    words = (
        [] if hours is None else [ngettext("%(n)s hour of work", "%(n)s hours of work", hours) % {"n": _number(hours)}]
    )
    return ", ".join([*words, *([] if euros is None else [f"{_number(euros)} €"])])


def _measured(value: "Decimal | None", unit: str) -> str:
    return "" if value is None else f"{_number(value)} {unit}".strip()


def _number(value: "Decimal | int | None") -> str:
    return "" if value is None else dates.number(value, _language())


def _language() -> str:
    return get_language() or "en"
