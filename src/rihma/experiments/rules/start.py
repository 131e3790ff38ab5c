"""What a plan needs before it can start, as a checklist in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.base.refused import Refused
from rihma.experiments.rules import law
from rihma.experiments.rules.plans import Plan
from rihma.experiments.rules.states import PLANNED, UNDER_WAY
from rihma.experiments.rules.verdicts import HOLDS

MOST_DAYS = 90
MET, NOT_YET, UNCLEAR = "met", "not_yet", "unclear"


@dataclass(frozen=True)
class Check:
    """One line of the checklist. Not yet = the start waits for it; unclear = a warning that stops nobody."""

    rule: str
    title: str
    state: str
    missing: str = ""


@dataclass(frozen=True)
class Frame:
    """What the plan is held against, beyond itself."""

    today: date
    programme_ends: date
    dates_allowed: bool = False
    partner_outside: bool = False


def checks(plan: Plan, frame: Frame) -> list[Check]:
    return [
        _needs(
            "belief",
            _("What we believe"),
            _("Write the belief in one sentence, or in three parts."),
            plan.belief or (plan.believe_that and plan.believe_does),
        ),
        _needs("what_we_do", _("What we do"), _("Tell what you do in practice."), plan.what_we_do),
        _needs(
            "for_whom",
            _("With whom, and how many"),
            _("Tell who takes part and how many people."),
            plan.for_whom and plan.people,
        ),
        _needs("place", _("Where"), _("Name the place: a town, an office, a service."), plan.place),
        _dates(plan, frame),
        _metric(plan),
        _threshold(plan),
        _needs("owner", _("One person answers for it"), _("Choose the person who answers for it."), plan.owner),
        *_law(plan),
        *_warnings(plan, frame),
    ]


def check_may_start(checked: Iterable[Check]) -> None:
    waiting = [check for check in checked if check.state == NOT_YET]
    if waiting:
        missing = " ".join(check.missing for check in waiting)
        raise Refused("plan_incomplete", _("The experiment cannot start yet. %(missing)s") % {"missing": missing})


def check_may_be_ready(plan: Plan) -> None:
    """A mentor needs something to spar with."""
    if not ((plan.belief or plan.believe_that) and plan.what_we_do):
        raise Refused("plan_thin", _("Write what you believe and what you do before you ask for sparring."))


def check_may_allow_dates(state: str, reason: str) -> None:
    if state not in PLANNED | UNDER_WAY:
        raise Refused("state", _("The experiment is over; its dates stay."))
    if not reason.strip():
        raise Refused("reason", _("Say why it may take longer."), "reason")


def check_may_answer_for(person: object, people: Collection[object], field: str) -> None:
    """`people`: those of the team, and whoever had the task before."""
    if person is not None and person not in people:
        raise Refused("not_in_team", _("Choose somebody who is in the team."), field)


def date_troubles(plan: Plan, frame: Frame) -> list[str]:
    if not plan.starts or not plan.ends:
        return [_("Give the first and the last day: an experiment has an end.")]
    if plan.ends < plan.starts:
        return [_("The last day is before the first.")]
    troubles = []
    if plan.ends < frame.today:
        troubles.append(_("The last day has passed already."))
    if not frame.dates_allowed:
        troubles += _too_long(plan, frame)
    return troubles


def needs_leave(plan: Plan, frame: Frame) -> bool:
    """The dates are whole but need the leave of those who run the programme."""
    return bool(plan.starts and plan.ends and not frame.dates_allowed and _too_long(plan, frame))


def _too_long(plan: Plan, frame: Frame) -> list[str]:
    troubles = []
    if plan.days > MOST_DAYS:
        troubles.append(
            ngettext(
                "It takes %(days)s day; more than %(most)s needs the leave of the programme's owner.",
                "It takes %(days)s days; more than %(most)s needs the leave of the programme's owner.",
                plan.days,
            )
            % {"days": plan.days, "most": MOST_DAYS}
        )
    if plan.ends and plan.ends > frame.programme_ends:
        troubles.append(_("It ends after the programme; that needs the leave of the programme's owner."))
    return troubles


def _dates(plan: Plan, frame: Frame) -> Check:
    troubles = date_troubles(plan, frame)
    return Check("dates", _("A beginning and an end"), NOT_YET if troubles else MET, " ".join(troubles))


def _metric(plan: Plan) -> Check:
    given = plan.metric_name and plan.metric_unit and plan.metric_how
    return _needs("metric", _("What is measured"), _("Name the metric, its unit and how it is collected."), given)


def _threshold(plan: Plan) -> Check:
    title = _("The threshold")
    if plan.threshold is None:
        return Check("threshold", title, NOT_YET, _("Say how much is enough for the belief to hold."))
    if plan.baseline is not None and HOLDS[plan.threshold_operator](plan.baseline, plan.threshold):
        return Check(
            "threshold", title, UNCLEAR, _("The starting level meets it already. Is the sign the right way round?")
        )
    return Check("threshold", title, MET)


def _law(plan: Plan) -> list[Check]:
    title = _("Law and ethics")
    if law.unanswered(plan.law):
        return [Check("law", title, NOT_YET, _("Answer yes or no to each question on law and ethics."))]
    if waiting := law.unexplained(plan.law):
        missing = " ".join(f"{question.asks} → {question.then}" for question in waiting)
        return [Check("law", title, NOT_YET, missing)]
    harm = law.said_yes(plan.law) and not plan.stop_rule
    stop = (
        [Check("stop_rule", _("When we stop early"), NOT_YET, _("Say at what sign you stop at once."))] if harm else []
    )
    return [Check("law", title, MET), *stop]


def _warnings(plan: Plan, frame: Frame) -> list[Check]:
    said = [
        (
            "what_is_new",
            _("What is new"),
            _("What do you not know yet? If the result is certain, it is no experiment."),
            plan.what_is_new,
        ),
        (
            "what_would_change_our_mind",
            _("What would change our mind"),
            _("Which result would make you give the belief up?"),
            plan.what_would_change_our_mind,
        ),
        (
            "partners",
            _("A partner from outside"),
            _("No partner outside the team's own organisations. Whose view is missing?"),
            frame.partner_outside,
        ),
    ]
    return [
        Check(rule, title, MET if given else UNCLEAR, "" if given else missing) for rule, title, missing, given in said
    ]


def _needs(rule: str, title: str, missing: str, given: object) -> Check:
    return Check(rule, title, MET if given else NOT_YET, "" if given else missing)
