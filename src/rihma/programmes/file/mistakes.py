"""Turns what a schema check found into words that somebody who has never seen a schema understands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.programmes.file import schema as s
from rihma.programmes.file.section import Path, Problem, Schema
from rihma.programmes.rules import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True)
class Misfit:
    """One value that does not fit its schema, or a table (`where`) that lacks `key` or should not have it."""

    rule: str
    where: Path
    given: Any
    wanted: Any
    schema: Schema
    key: str = ""


def problem_of(misfit: Misfit) -> Problem:
    return EXPLAIN[misfit.rule](misfit)


def did_you_mean(word: str, known: list[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return _("Did you mean “%(word)s”?") % {"word": close[0]}
    return _("These are known: %(words)s.") % {"words": ", ".join(known)} if known else _("Remove it.")


def _unknown_key(misfit: Misfit) -> Problem:
    key = misfit.key
    what = _("There is no key “%(key)s” here.") % {"key": key}
    return Problem((*misfit.where, key), what, did_you_mean(key, list(misfit.schema["properties"])))


def _missing_key(misfit: Misfit) -> Problem:
    key = misfit.key
    example = example_of(misfit.schema["properties"][key])
    what = _("“%(key)s” is missing.") % {"key": key}
    if misfit.schema["properties"][key]["type"] == "object" and not misfit.where:
        return Problem((*misfit.where, key), what, _("Add a table [%(key)s].") % {"key": key})
    if misfit.schema["properties"][key].get("items", {}).get("type") == "object":
        return Problem((*misfit.where, key), what, _("Add a table [%(key)s].") % {"key": f"[{key}]"})
    return Problem((*misfit.where, key), what, _("Add a line such as: %(line)s") % {"line": f"{key} = {example}"})


def _wrong_type(misfit: Misfit) -> Problem:
    given, form = misfit.given, misfit.schema.get("format")
    example = example_of(misfit.schema)
    remedy = _("Write it like this: %(example)s") % {"example": example}
    if isinstance(given, date) and form and not FIRST_YEAR <= given.year <= LAST_YEAR:
        what = _("The year %(year)s cannot be right.") % {"year": given.year}
        return Problem(misfit.where, what, _("Choose a year from %(first)s on.") % {"first": FIRST_YEAR})
    if form == "local-date-time" and isinstance(given, datetime):
        return Problem(
            misfit.where, _("It has an offset from UTC."), _("Leave the offset out: the programme's time zone applies.")
        )
    if form == "local-date-time" and isinstance(given, date):
        what = _("The clock time is missing.")
        return Problem(
            misfit.where, what, _("Say the exact moment: %(moment)s") % {"moment": f"{given.isoformat()} 23:59:59"}
        )
    if form and isinstance(given, str):
        return Problem(misfit.where, _("A date stands without quotes."), remedy)
    return Problem(misfit.where, _("%(kind)s was expected here.") % {"kind": _kind_of(misfit.schema)}, remedy)


def _kind_of(schema: Schema) -> str:
    if schema.get("x-words"):
        return _("A text for each language")
    kinds = {
        "string": _("A text in quotes"),
        "date": _("A date"),
        "local-date-time": _("A date with a clock time"),
        "integer": _("A whole number"),
        "boolean": _("true or false"),
        "object": _("A table"),
        "array": _("A list"),
    }
    return kinds[schema.get("format") or schema["type"]]


def example_of(schema: Schema) -> str:
    """How a right value looks, as it stands in the file."""
    if schema.get("x-words"):
        return '{fi = "…", sv = "…", en = "…"}'
    if "enum" in schema:
        return f'"{schema["enum"][0]}"'
    by_pattern = {
        s.KEY: '"spring-2027"',
        s.CLOCK: '"09:00"',
        s.EMAIL: '"name@example.org"',
        s.URL: '"https://example.org"',
    }
    if schema.get("pattern") in by_pattern:
        return by_pattern[schema["pattern"]]
    examples = {
        "string": '"…"',
        "date": "2027-01-29",
        "local-date-time": "2027-01-15 23:59:59",
        "integer": str(schema.get("default", schema.get("minimum", 1))),
        "boolean": "true",
        "object": "[…]",
        "array": '["…", "…"]',
    }
    return examples[schema.get("format") or schema["type"]]


def _wrong_form(misfit: Misfit) -> Problem:
    what = {
        s.KEY: _("“%(given)s” has other than small letters a–z, numbers, - and _."),
        s.CLOCK: _("“%(given)s” is no clock time."),
        s.EMAIL: _("“%(given)s” is no e-mail address."),
        s.URL: _("“%(given)s” is no web address."),
    }.get(misfit.wanted, _("The text is empty."))
    given = {"given": str(misfit.given)[:60]}
    return Problem(
        misfit.where, what % given, _("Write it like this: %(example)s") % {"example": example_of(misfit.schema)}
    )


def _not_an_option(misfit: Misfit) -> Problem:
    what = _("“%(given)s” is not one of the choices.") % {"given": str(misfit.given)[:60]}
    return Problem(misfit.where, what, did_you_mean(str(misfit.given), list(misfit.wanted)))


def _too_small(misfit: Misfit) -> Problem:
    n = misfit.wanted
    return Problem(misfit.where, _("%(n)s is too small.") % {"n": misfit.given}, _("The least is %(n)s.") % {"n": n})


def _too_big(misfit: Misfit) -> Problem:
    n = misfit.wanted
    return Problem(misfit.where, _("%(n)s is too big.") % {"n": misfit.given}, _("The most is %(n)s.") % {"n": n})


def _too_long(misfit: Misfit) -> Problem:
    most, over = misfit.wanted, len(misfit.given) - misfit.wanted
    what = _("The text is longer than %(most)s characters.") % {"most": most}
    remedy = ngettext("Shorten it by %(n)s character.", "Shorten it by %(n)s characters.", over)
    return Problem(misfit.where, what, remedy % {"n": over})


def _too_many(misfit: Misfit) -> Problem:
    what = _("There are %(n)s of these.") % {"n": len(misfit.given)}
    return Problem(misfit.where, what, _("The most is %(n)s.") % {"n": misfit.wanted})


def _control(misfit: Misfit) -> Problem:
    return Problem(
        misfit.where, _("The text has a character that cannot be shown."), _("Type the text anew at that place.")
    )


EXPLAIN: dict[str, Callable[[Misfit], Problem]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "type": _wrong_type,
    "pattern": _wrong_form,
    "enum": _not_an_option,
    "minimum": _too_small,
    "maximum": _too_big,
    "maxLength": _too_long,
    "maxItems": _too_many,
    "x-shown": _control,
}
