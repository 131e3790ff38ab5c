"""The questions on law and ethics. A yes is no stop by itself; a yes without its answer is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Question:
    key: str
    asks: "_StrPromise"
    # what must be written down when the answer is yes
    then: "_StrPromise"


QUESTIONS = (
    Question(
        "rights",
        _("Does it touch people's rights, duties, benefits or the level of a service they get?"),
        _("Stop and ask first. On which law or permission does it rest, and who said so?"),
    ),
    Question(
        "unlike",
        _("Are people in the same position treated differently?"),
        _("Why is that fair, and what do those get who are left out?"),
    ),
    Question(
        "personal_data",
        _("Do you collect personal data?"),
        _("Who is the controller, what are people told, and when is the data erased?"),
    ),
    Question(
        "sensitive",
        _("Does it concern health or other sensitive data, or people under 18?"),
        _("How are they protected, and who has agreed?"),
    ),
    Question(
        "research",
        _("Is it scientific research on people?"),
        _("The ethical review comes before collecting, never after. Who gave it, and when?"),
    ),
    Question(
        "procurement",
        _("Do you buy something for it?"),
        _("What, for how much, and how was the buying arranged?"),
    ),
)
KEYS = tuple(question.key for question in QUESTIONS)

type Answers = Mapping[str, Mapping[str, str]]


def tidy(answers: Answers) -> dict[str, dict[str, str]]:
    """Only known questions, in order, and a note only beside a yes."""
    kept = {}
    for key in KEYS:
        given = answers.get(key, {})
        if given.get("answer") in {"yes", "no"}:
            note = given.get("note", "").strip() if given["answer"] == "yes" else ""
            kept[key] = {"answer": given["answer"], "note": note}
    return kept


def unanswered(answers: Answers) -> list[Question]:
    return [question for question in QUESTIONS if answers.get(question.key, {}).get("answer") not in {"yes", "no"}]


def unexplained(answers: Answers) -> list[Question]:
    """Answered yes, with what follows from it not written down."""
    return [question for question in said_yes(answers) if not answers[question.key].get("note", "").strip()]


def said_yes(answers: Answers) -> Iterable[Question]:
    return [question for question in QUESTIONS if answers.get(question.key, {}).get("answer") == "yes"]


@dataclass(frozen=True)
class Told:
    """An answer as it is read on the page."""

    question: Question
    yes: bool
    note: str


def told(answers: Answers) -> list[Told]:
    return [
        Told(question, answers[question.key]["answer"] == "yes", answers[question.key].get("note", ""))
        for question in QUESTIONS
        if question.key in answers
    ]
