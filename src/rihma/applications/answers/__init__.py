"""What people answer to the questions of a call: how it is drawn, read, checked and shown.

Pages, saving, receipts, exports and rules ask here, and nobody else knows what kinds of questions there are. A
question is a `calls.rules.Asked`, be it a row of today (`Question.asked`) or a line of an older form.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rihma.applications.answers import chosen, files, organisations, people, texts
from rihma.applications.answers.kinds import LONGEST_ANSWER, Drawing, Kind, is_empty
from rihma.calls.rules import Answers, Asked, Value, visible

__all__ = [
    "LONGEST_ANSWER",
    "Shown",
    "field_of",
    "is_empty",
    "kept",
    "missing",
    "missing_in",
    "name_of",
    "read",
    "shown",
]

KINDS: Mapping[str, Kind] = {
    "short": texts.SHORT,
    "long": texts.LONG,
    "number": texts.NUMBER,
    "date": texts.DATE,
    "choice": chosen.CHOICE,
    "several": chosen.SEVERAL,
    "ranking": chosen.RANKING,
    "places": chosen.PLACES,
    "challenge": chosen.CHALLENGE,
    "consent": chosen.CONSENT,
    "person": people.PERSON,
    "members": people.MEMBERS,
    organisations.KIND: organisations.ORGANISATION,
    "file": files.FILE,
}
# option key → places taken, for each question that has places
type Taken = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Shown:
    """An answer as it is read: lines of plain text, and whether they are a text, a list or an order.

    `note` is no part of what was answered: what to know beside it.
    """

    lines: tuple[str, ...]
    look: str = "text"
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.lines)

    def __str__(self) -> str:
        """On one line, or as its paragraphs: for mails, sheets and files."""
        if self.look == "order":
            return "; ".join(f"{place}. {line}" for place, line in enumerate(self.lines, start=1))
        return ("\n" if self.look == "text" else "; ").join(self.lines)

    @property
    def noted(self) -> str:
        return f"{self} ({self.note})" if self.note else str(self)


def name_of(question: Asked) -> str:
    """Under which its input is sent; parts of it follow a dot."""
    return f"question_{question.key}"


def field_of(
    question: Asked, value: Value = None, taken: Mapping[str, int] | None = None, files_at: str = ""
) -> forms.Field:
    """An input that brings whatever was typed as JSON, and asks nothing: a draft may be anything."""
    made = KINDS[question.kind].field(question, Drawing(value, taken or {}, files_at))
    made.required = False
    made.widget.is_required = False
    made.label = str(question.label) if question.required else _("%(label)s (optional)") % {"label": question.label}
    made.help_text = _help(question)
    return made


def _help(question: Asked) -> SafeString:
    limit = _("At most %(n)s words.") % {"n": question.most_words} if question.kind in {"short", "long"} else ""
    unit = _("In this unit: %(unit)s.") % {"unit": question.unit} if question.unit else ""
    files_limit = files.limits_of(question) if question.kind == "file" else ""
    said = [str(question.help), unit, limit, files_limit]
    return format_html_join(" ", "{}", ((text,) for text in said if text))


def read(question: Asked, data: QueryDict) -> Value:
    """What was sent for it, as it is kept. Raises Django's ValidationError only for what is too long to keep."""
    made = field_of(question)
    return made.clean(made.widget.value_from_datadict(data, {}, name_of(question)))


def missing(question: Asked, value: Value, *, today: date, taken: Mapping[str, int] | None = None) -> list[str]:
    """In words what keeps this answer from being whole."""
    if is_empty(value):
        return [_("Answer the question “%(label)s”.") % {"label": question.label}] if question.is_needed(today) else []
    return [*KINDS[question.kind].faults(question, value), *_full(question, value, taken or {})]


def _full(question: Asked, value: Value, taken: Mapping[str, int]) -> list[str]:
    option = question.option(value) if question.kind == "places" else None
    if option is None or option.places is None or taken.get(option.key, 0) < option.places:
        return []
    words = _("“%(label)s”: the places of “%(option)s” went to applications that arrived earlier. Choose another.")
    return [words % {"label": question.label, "option": option.label}]


def missing_in(questions: Iterable[Asked], answers: Answers, *, today: date, taken: Taken | None = None) -> list[str]:
    """The same of a whole form; what is hidden by other answers is not asked for."""
    asked = visible(questions, answers)
    places = taken or {}
    return [
        words for one in asked for words in missing(one, answers.get(one.key), today=today, taken=places.get(one.key))
    ]


def kept(questions: Iterable[Asked], answers: Answers) -> dict[str, Value]:
    """What is sent: the answers to what is asked of these writers, nothing else."""
    return {one.key: answers.get(one.key, "") for one in visible(questions, answers)}


def shown(question: Asked, value: Value, *, addresses: bool = False) -> Shown:
    """`addresses`: for those who may write to the people that are named."""
    if is_empty(value) and not (question.kind == "consent" and value is False):
        return Shown(())
    kind = KINDS[question.kind]
    lines = kind.lines(question, value)
    email = value.get("email") if addresses and isinstance(value, Mapping) else ""
    return Shown((*lines, email) if email else tuple(lines), kind.look)


def drawn(answer: Shown) -> SafeString:
    """The same for a page."""
    tag = {"list": "ul", "order": "ol"}.get(answer.look)
    if tag:
        rows = format_html_join("", "<li>{}</li>", ((line,) for line in answer.lines))
        return format_html("<{}>{}</{}>", SafeString(tag), rows, SafeString(tag))
    note = format_html(' <span class="small subtle">({})</span>', answer.note) if answer.note else ""
    return format_html_join("", "<p>{}{}</p>", ((line, note) for line in answer.lines))
