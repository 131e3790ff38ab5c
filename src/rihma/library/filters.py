from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _

from rihma.base.parts import Option
from rihma.experiments.models import Decision
from rihma.library.models import Lesson
from rihma.library.queries import themes_with_lessons


@dataclass(frozen=True)
class Filters:
    """What the list of lessons is narrowed by, and the chips that change it."""

    chosen: dict[str, str]

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        return cls(
            {"theme": _id(query.get("theme", "")), **{name: query.get(name, "") for name in ("decision", "verdict")}}
        )

    @property
    def any(self) -> bool:
        return any(self.chosen.values())

    @property
    def verdicts(self) -> list[Option]:
        titles = {
            "": _("All lessons"),
            Lesson.Verdict.NOT_MET: _("What failed"),
            Lesson.Verdict.MET: _("What held"),
            Lesson.Verdict.CANNOT_SAY: _("What cannot be said"),
        }
        return [self._option("verdict", str(value), title) for value, title in titles.items()]

    @property
    def decisions(self) -> list[Option]:
        whatever = self._option("decision", "", _("Any decision"))
        return [whatever, *(self._option("decision", str(one.value), str(one.label)) for one in Decision.Outcome)]

    @property
    def themes(self) -> list[Option]:
        found = themes_with_lessons()
        whatever = self._option("theme", "", _("Any theme"))
        return [whatever, *(self._option("theme", str(theme.pk), str(theme), count) for theme, count in found)]

    def _option(self, name: str, value: str, title: str, count: int | None = None) -> Option:
        query = {key: kept for key, kept in {**self.chosen, name: value}.items() if kept}
        return Option(title=title, url=f"?{urlencode(query)}", active=self.chosen[name] == value, count=count)


def _id(text: str) -> str:
    """A theme's id, or nothing: whatever else an address says narrows nothing and breaks nothing."""
    try:
        return str(UUID(text))
    except ValueError:
        return ""
