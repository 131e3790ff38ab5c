"""The [[rule]] tables of the programme file."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rihma.base.expressions import BadExpression, read
from rihma.programmes.file import Document, Problem
from rihma.programmes.file import schema as s
from rihma.programmes.requirements.names import names_with
from rihma.programmes.requirements.requirement import KEPT_KEYS

RULE = s.rows(
    "A rule of the programme's own that each team must meet, beside those of [eligibility].",
    {
        "key": s.key("Names the rule for ever, also when its words change."),
        "title": s.words("The rule in some words, as the call and the application tell it.", most=200),
        "remedy": s.words("What to do where it is not met.", most=500),
        "holds": s.needed_text("The condition, in the language of docs/rules.md.", most=1000),
        "binding": s.yes_no("A team without it is not eligible. If not, it is a wish.", default=True),
    },
    required=["key", "title", "holds"],
    most=40,
)


def check(document: Document) -> Iterator[Problem]:
    names = names_with({row["key"]: row.get("kind", "") for row in document.rows("question") if "key" in row})
    seen: dict[str, int] = {}
    for number, row in enumerate(document.rows("rule")):
        key = row.get("key")
        if key in KEPT_KEYS:
            what = _("The key “%(key)s” is that of a rule in [eligibility].") % {"key": key}
            yield Problem(("rule", number, "key"), what, _("Give the rule a key of its own."))
        elif key in seen:
            what = _("Rule %(n)s has the key “%(key)s” too.") % {"n": seen[key], "key": key}
            yield Problem(("rule", number, "key"), what, _("Give each rule a key of its own."))
        elif key:
            seen[key] = number + 1
        if "holds" in row:
            try:
                read(row["holds"], names)
            except BadExpression as bad:
                where = _("Line %(line)s of the condition, character %(column)s:") % bad.place._asdict()
                yield Problem(("rule", number, "holds"), f"{where} {bad.what}", bad.remedy)
