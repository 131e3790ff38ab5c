"""The form of a kind's file, so that what does not fit is told in words, with its line (programmes/file/shape.py)."""

from rihma.base.parts import SHAPES, TINTS
from rihma.canvases.kinds import FULL
from rihma.canvases.kinds.reading import FIELDS, LAYOUTS, MOST_IN_A_ZONE
from rihma.programmes.file import schema as s
from rihma.programmes.file.section import Schema

NAME = 120
SENTENCE = 400
MOST_ZONES = 24
MOST_FIELDS = 12
MOST_OPTIONS = 24


def _free(meaning: str) -> Schema:
    return {"type": "object", "description": meaning}


def _keys(meaning: str) -> Schema:
    return s.many(meaning, s.key("The key of a zone."))


ZONE = {
    "key": s.key("What items on canvases name it by."),
    "name": s.words("Its name.", most=NAME),
    "question": s.words("What one asks oneself there.", most=SENTENCE),
    "tint": s.choice("Its colour.", TINTS),
    "shape": s.choice("Its shape.", list(SHAPES)),
    "fits": s.whole("How many do it good.", most=MOST_IN_A_ZONE),
    "most": s.whole("How many it takes.", least=1, most=MOST_IN_A_ZONE),
    "admits": s.many("Which kinds of items it takes.", s.key("The key of an item.")),
}
OPTION = {"key": s.key("What items say."), "name": s.words("The words for it.", most=NAME)}
STEP = {"at": s.whole("Where on the scale.", most=FULL), "name": s.words("The words for it.", most=NAME)}
FIELD = {
    "key": s.key("What items name it by."),
    "type": s.choice("What it holds.", list(FIELDS)),
    "name": s.words("Its name.", most=NAME),
    "question": s.words("What is asked.", most=SENTENCE),
    "needed": s.yes_no("No item without it.", default=False),
    "default": s.whole("Where a scale begins.", most=FULL),
    "steps": s.rows("Words along a scale.", STEP, required=STEP, most=MOST_OPTIONS),
    "options": s.rows("What one may choose.", OPTION, required=OPTION, most=MOST_OPTIONS),
    "unit": s.words("Of a number.", most=NAME),
    "yes": s.words("The word for true.", most=NAME),
    "no": s.words("The word for false.", most=NAME),
    "among": s.key("The zone whose actors one chooses from."),
}
ITEM = {
    "key": s.key("What items on canvases name it by."),
    "name": s.words("Its name.", most=NAME),
    "prompt": s.words("What one is asked to write.", most=SENTENCE),
    "testable": s.yes_no("An experiment can be made of it.", default=False),
    "fields": s.rows(
        "What it says beside its text.", FIELD, required=["key", "type", "name", "question"], most=MOST_FIELDS
    ),
}
AXIS = s.table(
    "One direction of the plane.",
    {
        "field": s.key("The field that items stand by."),
        "falling": s.yes_no("It falls from start to end.", default=False),
        "start": s.words("The words at its start.", most=NAME),
        "end": s.words("The words at its end.", most=NAME),
    },
    required=["field", "start", "end"],
)
STRIP = {
    "title": s.words("Its title.", most=NAME),
    "zones": _keys("The zones in it."),
    "width": s.whole("How much room it takes.", least=1, most=12),
}
LAMP = s.table(
    "When a slice warns.",
    {
        "field": s.key("The field looked at."),
        "value": s.key("Its value."),
        "empty": s.key("The part that is empty."),
        "words": s.words("What it says.", most=SENTENCE),
    },
    required=["field", "value", "empty", "words"],
)
DRAWINGS = {
    "columns": s.rows("Zones under each other.", STRIP, required=["zones"], most=MOST_ZONES),
    "cards": s.rows("Zones row by row.", STRIP, required=["zones"], most=MOST_ZONES),
    "rings": s.table(
        "Actors by ring and sector.",
        {"rings": _keys("From the innermost."), "beside": _keys("Outside the rings.")},
        required=["rings", "beside"],
    ),
    "matrix": s.table(
        "Who gives what to whom.",
        {
            **{name: s.key("A zone or a field.") for name in ("actors", "squares", "giver", "taker")},
            "own": s.words("The words where row and column are the same.", most=SENTENCE),
            "beside": _keys("Outside the matrix."),
        },
        required=["actors", "squares", "giver", "taker", "own", "beside"],
    ),
    "pie": s.table(
        "A slice an actor.",
        {
            **{name: s.key("A zone or a field.") for name in ("centre", "actors", "owner")},
            "parts": _keys("The zones that a slice is made of."),
            "warning": LAMP,
            "beside": _keys("Outside the pie."),
        },
        required=["centre", "actors", "parts", "owner", "warning", "beside"],
    ),
    "chain": s.table(
        "Zones with arrows between.",
        {
            "links": _keys("From left to right."),
            "bridge": s.key("The zone of what stands on the arrows."),
            "field": s.key("The field that names the arrow."),
        },
        required=["links", "bridge", "field"],
    ),
    "plane": s.table(
        "Two axes.",
        {"x": AXIS, "y": AXIS, "corner": s.words("The words in the corner.", most=SENTENCE)},
        required=["x", "y", "corner"],
    ),
}
UPGRADE = {
    "from": s.whole("The version that it upgrades.", least=1),
    **{name: _free("Old key = new key.") for name in ("zones", "items", "fields", "values", "defaults")},
}
KIND = s.table(
    "A kind of canvas.",
    {
        "version": s.whole("Counts up when old items need an upgrade to be read.", least=1),
        "turn": s.whole("Its place among the others."),
        "layout": s.choice("How it is drawn.", list(LAYOUTS)),
        "minutes": s.whole("How long it takes.", least=5, most=240),
        "licence": s.needed_text("What others may do with it.", most=NAME),
        "inspiration": s.needed_text("Whose idea it was.", most=1_000),
        "name": s.words("What it is called.", most=NAME),
        "purpose": s.words("What it is for, in one sentence.", most=SENTENCE),
        "help": s.words("How it works.", most=2_000),
        "questions": {
            "type": "array",
            "description": "Questions to begin with.",
            "items": s.words("One of them.", most=SENTENCE),
            "maxItems": 12,
        },
        "zones": s.rows("Its zones.", ZONE, required=["key", "name", "question", "tint", "shape"], most=MOST_ZONES),
        "items": s.rows("Kinds of items.", ITEM, required=["key", "name", "prompt"], most=MOST_FIELDS),
        **DRAWINGS,
        "upgrades": s.rows("How old items read today.", UPGRADE, required=["from"], most=1_000),
    },
    required=[
        *("version", "layout", "minutes", "licence", "inspiration", "name", "purpose", "help", "questions"),
        *("zones", "items"),
    ],
)
