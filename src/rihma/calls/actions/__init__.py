from rihma.calls.actions.access import set_access
from rihma.calls.actions.amending import NOTHING, keep_form
from rihma.calls.actions.calls import create, edit, set_rules, set_times
from rihma.calls.actions.criteria import add_criterion, edit_criterion, move_criterion, remove_criterion
from rihma.calls.actions.form import take_form
from rihma.calls.actions.intakes import add_cut_off, count_places, move_cut_off, remove_cut_off
from rihma.calls.actions.questions import add_question, edit_question, move_question, remove_question
from rihma.calls.actions.sections import add_section, edit_section, move_section, remove_section
from rihma.calls.actions.two_stages import Stages, drop_stages, set_stages

__all__ = [
    "NOTHING",
    "Stages",
    "add_criterion",
    "add_cut_off",
    "add_question",
    "add_section",
    "count_places",
    "create",
    "drop_stages",
    "edit",
    "edit_criterion",
    "edit_question",
    "edit_section",
    "keep_form",
    "move_criterion",
    "move_cut_off",
    "move_question",
    "move_section",
    "remove_criterion",
    "remove_cut_off",
    "remove_question",
    "remove_section",
    "set_access",
    "set_rules",
    "set_stages",
    "set_times",
    "take_form",
]
