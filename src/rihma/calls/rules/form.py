"""What makes one question, and a whole form, sound."""

from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.base.words import Words
from rihma.calls.rules.asked import DECIDING, MOST_FILES, MOST_MEGABYTES, NO, WITH_OPTIONS, YES, Asked, Option
from rihma.calls.rules.lines import key_of
from rihma.calls.rules.stages import Stage
from rihma.calls.rules.two_stages import BOTH

FEWEST_OPTIONS = 2


def check_question(asked: Asked) -> None:
    """What the question itself must have, whatever stands around it."""
    if asked.kind in WITH_OPTIONS:
        _check_options(asked)
    if asked.kind == "file":
        _check_files(asked)
    if asked.least is not None and asked.most is not None and asked.least > asked.most:
        raise Refused("range", _("The least is more than the most. Change one of the two."), "most")
    if asked.required_by and asked.frozen_after and asked.frozen_after < asked.required_by:
        raise Refused(
            "frozen_early",
            _("The answer would be frozen before it has to be there. Freeze it on that day or later."),
            "frozen_after",
        )
    if asked.secret_because and not {"teams", "public"}.isdisjoint(asked.readers):
        raise Refused(
            "secret",
            _("An answer that may contain secret information is not shown to other teams or the public."),
            "readers",
        )


def _check_files(asked: Asked) -> None:
    if not asked.file_kinds:
        raise Refused("file_kinds", _("Choose at least one kind of file."), "file_kinds")
    if asked.most is not None and not 1 <= asked.most <= MOST_FILES:
        raise Refused("most", _("From 1 to %(n)s files.") % {"n": MOST_FILES}, "most")
    if not 1 <= asked.most_megabytes <= MOST_MEGABYTES:
        raise Refused("most_megabytes", _("From 1 to %(n)s MB.") % {"n": MOST_MEGABYTES}, "most_megabytes")


def _check_options(asked: Asked) -> None:
    offered = asked.offered
    if len(offered) < FEWEST_OPTIONS:
        raise Refused("options", _("Give at least two options to choose from."), "options")
    for option in offered:
        if not option.label:
            raise Refused("options", _("Each option needs words in some language."), "options")
        if asked.kind == "places" and not option.places:
            raise Refused("options", _("Say for each option how many places it has."), "options")
    keys = [option.key for option in asked.options]
    if len(set(keys)) < len(keys):
        raise Refused("options", _("Two options have the same key. Give each a key of its own."), "options")


def check_conditions(questions: Sequence[Asked]) -> None:
    """Each condition asks an earlier question that has such answers; `questions` in their order."""
    earlier: dict[str, Asked] = {}
    for number, one in enumerate(questions, start=1):
        if one.condition:
            source = earlier.get(one.condition.question)
            if source is None:
                raise Refused(
                    "condition",
                    _(
                        "Question %(n)s is asked only after certain answers to an earlier question. Keep that one before it."
                    )
                    % {"n": number},
                    "shown_if",
                )
            if source.asked_in not in {BOTH, one.asked_in}:
                raise Refused(
                    "condition",
                    _("Question %(n)s waits for an answer to a question that is not asked in each of its stages.")
                    % {"n": number},
                    "asked_in",
                )
            if not one.condition.values or not one.condition.values <= set(ways(source)):
                raise Refused(
                    "condition",
                    _("Question %(n)s waits for an answer that nobody can give. Choose its condition anew.")
                    % {"n": number},
                    "shown_if",
                )
        earlier[one.key] = one


def ways(source: Asked) -> list[str]:
    """All ways in which it can be answered, as far as a condition can name them."""
    if source.kind == "consent":
        return [YES, NO]
    return [option.key for option in source.offered] if source.kind in DECIDING else []


def check_nobody_reads_yet(stage: Stage) -> None:
    if stage is not Stage.AHEAD:
        raise Refused(
            "read", _("People may have read the form already. Change it question by question, with a reason.")
        )


def check_new_keys(known: Collection[str], new: Iterable[str]) -> None:
    for key in new:
        if key in known:
            raise Refused("known", _("The form has a question or a section “%(key)s” already.") % {"key": key}, "text")


def keyed(options: Iterable[Option], before: Sequence[Option], *, keep_old: bool) -> list[dict[str, object]]:
    """As they are stored: new ones get a key from their words; what was taken out stays, once people may have chosen it."""
    given = list(options)
    taken = {option.key for option in (*before, *given) if option.key}
    rows = []
    for option in given:
        key = option.key or key_of(option.label, taken)
        taken.add(key)
        rows.append(Option(key, option.label, option.places))
    kept = {option.key for option in rows}
    gone = [Option(one.key, one.label, one.places, retired=True) for one in before if one.key not in kept and keep_old]
    return [option.facts for option in (*rows, *gone)]


def words_of_way(source: Asked, value: str, yes: str, no: str) -> Words | str:
    """How a page says one of the `ways`."""
    if source.kind == "consent":
        return yes if value == YES else no
    option = source.option(value)
    return option.label if option else value
