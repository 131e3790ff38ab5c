"""What is done to organisations. Pages say who may; what follows for teams is told them after the commit."""

from rihma.actors.actions.describing import FACTS, add, become, edit, rename, set_kind, set_parent, turn
from rihma.actors.actions.ending import end
from rihma.actors.actions.merging import merge
from rihma.actors.actions.naming import join, name_organisation, spell, tell_past

__all__ = [
    "FACTS",
    "add",
    "become",
    "edit",
    "end",
    "join",
    "merge",
    "name_organisation",
    "rename",
    "set_kind",
    "set_parent",
    "spell",
    "tell_past",
    "turn",
]
