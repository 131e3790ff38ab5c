"""The form of a call as tables: a part of the programme file, and a file of its own in JSON."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rihma.base.files.kinds import GROUPS
from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls import rules
from rihma.calls.models import Call, Question, Section, plain
from rihma.programmes.file import Problem, Row, Tables
from rihma.programmes.file import schema as s
from rihma.programmes.file.shape import problems_in

BILLION = 1_000_000_000
# Named in the file although they always read, because a list that names nobody would be left out.
OWNERS = "owners"
READERS = [OWNERS, *rules.READERS]
DAYS = ("required_by", "frozen_after")
WORDS = ("label", "help", "plain", "unit", "secret_because")

OPTION = s.table(
    "One of the answers to choose from.",
    {
        "key": s.key("Names it in answers for ever."),
        "label": s.words("Its words."),
        "places": s.whole("How many may choose it, for `places`.", least=1, most=10_000),
    },
    required=["key", "label"],
)
CONDITION = s.table(
    "Asked only after certain answers to an earlier question.",
    {
        "question": s.key("The key of that question, which chooses or consents."),
        "values": s.many("Keys of its options; `yes` or `no` of a consent.", s.key("One answer.")),
    },
    required=["question", "values"],
)
SECTION = s.rows(
    "Sections of the application form, in this order.",
    {
        "key": s.key("Names it for its questions."),
        "title": s.words("Its title."),
        "intro": s.words("What stands under the title. Markdown.", most=2_000),
    },
    required=["key", "title"],
    most=50,
)
QUESTION = s.rows(
    "What applicants are asked, in this order; those of no section first.",
    {
        "key": s.key("Names the answer for ever, also when the words change."),
        "section": s.key("The key of its section."),
        "label": s.words("The question."),
        "help": s.words("What helps to answer.", most=1000),
        "plain": s.words("The same in plain language.", most=1000),
        "kind": s.choice("How it is answered.", Question.Kind.values, default=Question.Kind.LONG.value),
        "required": s.yes_no("It must be answered before submitting.", default=True),
        "required_by": s.day("It may be answered later, until this day has passed."),
        "frozen_after": s.day("The last day on which the answer can be changed."),
        "most_words": s.whole("How many words at most, for `short` and `long`.", least=1, most=5000, default=300),
        "unit": s.words("In what a `number` is counted.", most=60),
        "least": s.whole("The least number, options or people.", least=-BILLION, most=BILLION),
        "most": s.whole("The most; of `file` how many, at most 20.", least=-BILLION, most=BILLION),
        "options": s.many("For `choice`, `several`, `ranking` and `places`.", OPTION, most=100),
        "shown_if": CONDITION,
        "readers": s.many(
            "Who reads the answer; the team and the owners always do.", s.choice("One of them.", READERS), most=4
        )
        | {"default": ["jurors"]},
        "secret_because": s.words("Why the answer may contain secret information.", most=500),
        "file_kinds": s.many("Which kinds of `file`.", s.choice("One of them.", list(GROUPS)), most=len(GROUPS))
        | {"default": list(GROUPS)},
        "most_megabytes": s.whole(
            "How large each `file` may be.", least=1, most=rules.MOST_MEGABYTES, default=rules.MOST_MEGABYTES
        ),
        "ties_jurors": s.yes_no("Jurors of the `organisation` that is named do not read it.", default=False),
        "asked_in": s.choice(
            "In which stage it is asked, where the call has two.",
            list(rules.ASKED_IN),
            default=rules.BOTH,
        ),
        "kept_months": s.whole("How many months after the programme the answer is kept.", least=1, most=1200),
    },
    required=["key", "label"],
)
TABLES = {"section": SECTION, "question": QUESTION}


def check_form(sections: list[Row], questions: list[Row]) -> Iterator[Problem]:
    """What no schema can say: keys once each, sections that there are, and questions that make sense."""
    yield from _once(
        "section", sections, _("Section %(n)s has the key “%(key)s” too."), _("Give each section its own.")
    )
    told = _("Question %(n)s has the key “%(key)s” too.")
    yield from _once("question", questions, told, _("Give each question a key of its own."))
    order = [one.get("key") for one in sections]
    whole = [(number, row) for number, row in enumerate(questions) if row.get("key") and row.get("label")]
    for number, row in whole:
        if row.get("section") and row["section"] not in order:
            what = _("There is no section “%(key)s”.") % {"key": row["section"]}
            remedy = _("Add a table [[%(key)s]], or leave this out.") % {"key": "section"}
            yield Problem(("question", number, "section"), what, remedy)
    yield from _unsound(sorted(whole, key=lambda pair: _place(order, pair[1])))


def _unsound(rows: list[tuple[int, Row]]) -> Iterator[Problem]:
    earlier: list[rules.Asked] = []
    for number, row in rows:
        asked = rules.Asked.of(plain(row))
        earlier.append(asked)
        try:
            rules.check_question(asked)
            rules.check_conditions(earlier)
        except Refused as refused:
            earlier[-1] = rules.Asked.of({**plain(row), "shown_if": None})
            yield Problem(("question", number, refused.field or "key"), str(refused), _("Mend it here."))


def _place(order: list[str | None], row: Row) -> int:
    section = row.get("section")
    return order.index(section) + 1 if section in order else 0


def _once(table: str, rows: list[Row], what: str, remedy: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        key = row.get("key")
        if key in seen:
            yield Problem((table, number, "key"), what % {"n": seen[key], "key": key}, remedy)
        elif key:
            seen[key] = number + 1


def read_form(call: Call, tables: Tables) -> None:
    """Makes the sections and questions, after all checks have passed."""
    first = call.sections.current().count() + 1
    sections = {
        row["key"]: Section.objects.create(
            call=call,
            number=number,
            key=row["key"],
            title=Words(row.get("title")),
            intro=Words(row.get("intro")),
        )
        for number, row in enumerate(tables.get("section", []), start=first)
    }
    rows = sorted(tables.get("question", []), key=lambda row: _place(list(sections), row))
    for number, row in enumerate(rows, start=call.questions.current().count() + 1):
        Question.objects.create(call=call, number=number, **_as_kept(row, sections))


def _as_kept(row: Row, sections: Mapping[str, Section]) -> dict[str, Any]:
    kept = {**row, **{name: Words(row.get(name)) for name in WORDS}}
    kept["section"] = sections.get(row.get("section", ""))
    kept["readers"] = [one for one in row.get("readers", ["jurors"]) if one != OWNERS]
    return kept


def form_tables(call: Call) -> Tables:
    """What `read_form` makes the same form of."""
    return {
        "section": [{"key": one.key, **one.facts} for one in call.sections.current()],
        "question": [_as_told(one) for one in call.questions.current()],
    }


def _as_told(question: Question) -> Row:
    facts: Row = {"key": question.key, **question.facts}
    days = {name: getattr(question, name) for name in DAYS}
    options = [one for one in question.options if not one.get("retired")]
    return {**facts, **days, "options": options, "readers": question.readers or [OWNERS]}


def to_json(call: Call) -> str:
    """The form alone; what is as usual is left out."""
    tables = form_tables(call)
    lean = {
        name: [
            {key: value for key, value in row.items() if not _is_usual(value, schema["items"]["properties"][key])}
            for row in tables[name]
        ]
        for name, schema in TABLES.items()
    }
    return json.dumps({"rihma_form": 1, **lean}, ensure_ascii=False, indent=2, default=str) + "\n"


def _is_usual(value: object, schema: dict[str, Any]) -> bool:
    return value in (None, "", [], {}) or value == schema.get("default")


def from_json(text: str) -> tuple[Tables, list[Problem]]:
    """The tables, and what is wrong with them; `read_form` takes them if nothing is."""
    try:
        given = json.loads(text)
    except ValueError as error:
        return {}, [Problem((), _("This is not JSON."), str(error))]
    if not isinstance(given, dict) or given.pop("rihma_form", None) != 1:
        remedy = _('It begins with: {"rihma_form": 1, …}. Take one that was downloaded from a call.')
        return {}, [Problem((), _("This is not a form of Rihma."), remedy)]
    tables = {name: [_dated(row) for row in rows] if isinstance(rows, list) else rows for name, rows in given.items()}
    schema = {"type": "object", "properties": TABLES, "required": [], "additionalProperties": False}
    problems = problems_in(tables, schema)
    return tables, problems or list(check_form(tables.get("section", []), tables.get("question", [])))


def _dated(row: Any) -> Any:
    """JSON has no dates; the schema wants them."""
    if not isinstance(row, dict):
        return row
    return {key: _day(value) if key in DAYS else value for key, value in row.items()}


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value
