"""Answers that are chosen: one, several, in order, one of which there are few, and consent."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rihma.applications.answers.kinds import Drawing, Kind, said
from rihma.applications.answers.widgets import FewRadios, Ranks
from rihma.calls.rules import Asked, Option, Value

# More than these are quicker to find in a list that opens.
MOST_RADIOS = 9


class OneField(forms.ChoiceField):
    def valid_value(self, value: Any) -> bool:
        """Also what is no longer offered: `faults` says so, and a draft keeps it."""
        return len(str(value)) <= MOST_KEY


class SeveralField(forms.MultipleChoiceField):
    def valid_value(self, value: Any) -> bool:
        return len(str(value)) <= MOST_KEY


MOST_KEY = 60


def _choices(asked: Asked, drawing: Drawing) -> list[tuple[str, str]]:
    """What is offered now, and what was chosen when it still was."""
    held = drawing.value if isinstance(drawing.value, list) else [drawing.value]
    offered = [option for option in asked.options if not option.retired or option.key in held]
    return [(option.key, _name(option)) for option in offered]


def _name(option: Option) -> str:
    return _("%(option)s (no longer offered)") % {"option": option.label} if option.retired else str(option.label)


def _choice(asked: Asked, drawing: Drawing) -> forms.Field:
    choices = _choices(asked, drawing)
    if len(choices) > MOST_RADIOS:
        return OneField(choices=[("", _("Choose")), *choices], widget=forms.Select({"data-width": "medium"}))
    return OneField(choices=_with_none(asked, choices), widget=forms.RadioSelect)


def _with_none(asked: Asked, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A round button that was pressed can only be let go by pressing another."""
    return choices if asked.required else [*choices, ("", _("No answer"))]


def _several(asked: Asked, drawing: Drawing) -> forms.Field:
    return SeveralField(choices=_choices(asked, drawing), widget=forms.CheckboxSelectMultiple)


def _places(asked: Asked, drawing: Drawing) -> forms.Field:
    full = set()
    choices = []
    for option in asked.options:
        if option.retired and option.key != drawing.value:
            continue
        left = _left(option, drawing.taken)
        if left <= 0 and option.key != drawing.value:
            full.add(option.key)
        choices.append((option.key, f"{_name(option)} – {_places_told(option, left)}"))
    return OneField(choices=_with_none(asked, choices), widget=FewRadios(full))


def _left(option: Option, taken: Mapping[str, int]) -> int:
    return max((option.places or 0) - taken.get(option.key, 0), 0)


def _places_told(option: Option, left: int) -> str:
    if not left:
        return _("full")
    return ngettext("%(n)s place left of %(of)s", "%(n)s places left of %(of)s", left) % {
        "n": left,
        "of": option.places,
    }


def _ranking(asked: Asked, drawing: Drawing) -> forms.Field:
    return Ranks.field([("", "–"), *_choices(asked, drawing)], count=asked.most or len(asked.offered))


def _challenge(asked: Asked, drawing: Drawing) -> forms.Field:
    """One, unless the question lets a team put several in order."""
    return _ranking(asked, drawing) if (asked.most or 1) > 1 else _choice(asked, drawing)


def _consent(_asked: Asked, _drawing: Drawing) -> forms.Field:
    return forms.BooleanField()


def _one_faults(asked: Asked, value: Value) -> Iterator[str]:
    option = asked.option(value)
    if option is None or option.retired:
        chosen = option.label if option else said(value)
        yield _("“%(label)s”: “%(option)s” is no longer offered. Choose again.") % {
            "label": asked.label,
            "option": chosen,
        }


def _keys(value: Value) -> list[str]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str) and one]


def _each_faults(asked: Asked, value: Value) -> Iterator[str]:
    for key in _keys(value):
        yield from _one_faults(asked, key)


def _several_faults(asked: Asked, value: Value) -> Iterator[str]:
    yield from _each_faults(asked, value)
    count = len(_keys(value))
    if asked.least is not None and count < asked.least:
        yield _("“%(label)s”: choose at least %(n)s.") % {"label": asked.label, "n": asked.least}
    if asked.most is not None and count > asked.most:
        yield _("“%(label)s”: choose at most %(n)s.") % {"label": asked.label, "n": asked.most}


def _ranking_faults(asked: Asked, value: Value) -> Iterator[str]:
    yield from _each_faults(asked, value)
    keys = _keys(value)
    if len(set(keys)) < len(keys):
        yield _("“%(label)s”: the same option stands in two places. Let each stand once.") % {"label": asked.label}
    # By default every option is put in its place, because a list of some does not tell what the rest weighs.
    wanted = asked.least if asked.least is not None else min(asked.most or len(asked.offered), len(asked.offered))
    if len(set(keys)) < wanted:
        yield _("“%(label)s”: put %(n)s in order.") % {"label": asked.label, "n": wanted}


def _challenge_faults(asked: Asked, value: Value) -> Iterator[str]:
    """Fewer than there may be are enough: a team need not want more than one."""
    yield from _each_faults(asked, value)
    keys = _keys(value)
    if len(set(keys)) < len(keys):
        yield _("“%(label)s”: the same option stands in two places. Let each stand once.") % {"label": asked.label}
    if len(keys) > (most := asked.most or 1):
        yield _("“%(label)s”: choose at most %(n)s.") % {"label": asked.label, "n": most}


def _no_faults(_asked: Asked, _value: Value) -> Iterator[str]:
    yield from ()


def _chosen_lines(asked: Asked, value: Value) -> list[str]:
    found = [(key, asked.option(key)) for key in _keys(value)]
    return [str(option.label) if option else key for key, option in found] or [said(value)]


def _consent_lines(_asked: Asked, value: Value) -> list[str]:
    return [_("Yes") if value is True else _("No")]


CHOICE = Kind(_choice, _one_faults, _chosen_lines)
SEVERAL = Kind(_several, _several_faults, _chosen_lines, "list")
PLACES = Kind(_places, _one_faults, _chosen_lines)
RANKING = Kind(_ranking, _ranking_faults, _chosen_lines, "order")
CHALLENGE = Kind(_challenge, _challenge_faults, _chosen_lines, "order")
CONSENT = Kind(_consent, _no_faults, _consent_lines)
