"""What narrows the list of applications down to those that answer one challenge."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from rihma.base.parts import Option
from rihma.calls.models import Intake
from rihma.selection.queries import Row, uptakes


def by_challenge(
    intake: Intake, listed: list[Row], asked: str, link: Callable[[str], str]
) -> tuple[list[Row], list[Option]]:
    """The rows of the challenge that is asked for, and the ways to the others; nothing to choose where there are none."""
    if not any(row.challenge for row in listed):
        return listed, []
    titles: dict[str, str] = {}
    answers: dict[str, set[UUID]] = {}
    for challenge, title, application in uptakes(intake):
        titles[str(challenge)] = str(title)
        answers.setdefault(str(challenge), set()).add(application)
    here = {row.application for row in listed}
    options = [Option(_("All challenges"), link(""), active=asked not in titles)]
    options += [
        Option(title, link(key), active=key == asked, count=len(answers[key] & here)) for key, title in titles.items()
    ]
    return _among(listed, answers.get(asked)), options


def _among(listed: list[Row], wanted: Iterable[UUID] | None) -> list[Row]:
    return listed if wanted is None else [row for row in listed if row.application in wanted]
