from decimal import Decimal
from uuid import UUID

from django.db.models import Count, QuerySet

from rihma.experiments.models import Decision, Experiment
from rihma.experiments.queries import result_of, whole
from rihma.library.models import Lesson
from rihma.programmes.models import Theme


def facts_of(experiment: Experiment) -> tuple[str, str, dict[str, object]]:
    """Verdict, decision and the numbers behind them, as they stand now."""
    experiment = whole(Experiment.objects.all()).get(pk=experiment.pk)
    result = result_of(experiment)
    decision = experiment.decision
    facts: dict[str, object] = {
        "team": str(experiment.team),
        "language": experiment.language,
        "metric": experiment.metric_name,
        "unit": experiment.metric_unit,
        "operator": result.measure.operator,
        "threshold": _number(result.measure.threshold),
        "value": _number(result.value),
        "n": result.n,
        "starts": experiment.starts.isoformat() if experiment.starts else "",
        "ends": experiment.ends.isoformat() if experiment.ends else "",
        "plan_changes": max(0, experiment.versions.count() - 1),
        "reason": decision.reason,
        "decided_on": decision.decided_on.isoformat(),
        "next_owner": decision.next_owner,
    }
    return result.verdict.answer.value, decision.outcome, facts


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def listed(lessons: QuerySet[Lesson]) -> QuerySet[Lesson]:
    return lessons.select_related("programme", "experiment__team__theme")


# What the list may be narrowed by; "what failed" stands among the first, not hidden behind a search.
def narrowed(lessons: QuerySet[Lesson], *, theme: str, decision: str, verdict: str) -> QuerySet[Lesson]:
    if theme:
        lessons = lessons.filter(experiment__team__theme=UUID(theme))
    if decision in Decision.Outcome.values:
        lessons = lessons.filter(decision=decision)
    if verdict in Lesson.Verdict.values:
        lessons = lessons.filter(verdict=verdict)
    return lessons


def themes_with_lessons() -> list[tuple[Theme, int]]:
    published = Lesson.objects.published().filter(experiment__team__theme__isnull=False)
    counted = published.values("experiment__team__theme").annotate(n=Count("pk")).order_by()
    counts = {row["experiment__team__theme"]: row["n"] for row in counted}
    return [(theme, counts[theme.pk]) for theme in Theme.objects.filter(pk__in=counts).order_by("programme", "number")]
