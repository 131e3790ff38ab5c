"""What is said of an item beside its words and fields: tags, a group, how many say it, links, translations.

Each mark is set and taken away by itself, so that two who mark the same item at once do not undo each other.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypedDict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from rihma.base.refused import Refused
from rihma.canvases.types import Payload, Row, State

LONGEST_TAG = 40
LONGEST_TITLE = 80
MOST_TAGS = 12
MOST_LINKS = 30
MOST_PEOPLE = 1000
BY_WHOM = frozenset({"human", "machine"})
# What `mark` may say, and what of it may come along with `add`.
SAYS = frozenset({"tag", "untag", "group", "people", "link", "unlink", "translation"})
WITH_ADD = frozenset({"tag", "group", "people", "came_from"})
# Words of people in marks: blanked where an item is hidden or erased.
WORDS = frozenset({"tag", "untag", "group", "link", "translation"})


class Link(TypedDict):
    """`to` is an item of the same canvas; `word` says how the two belong together, or nothing."""

    to: str
    word: str


class Translation(TypedDict):
    """`of`: the number of the log whose text this says in another language."""

    text: str
    made: str
    of: int


def is_stale(state: State, translation: Translation) -> bool:
    """The text was changed after it was translated."""
    return translation["of"] < state.text_seq


def step(state: State, row: Row) -> dict[str, Any]:
    """The marks of an item after one more row."""
    marks = dict(state.marks)
    said = row.payload
    for key in said.keys() & CHANGES.keys():
        CHANGES[key](marks, said[key])
    if row.verb == "restore":
        marks.pop("same_as", None)
    return marks


def inverse(before: State, said: Payload) -> Payload:
    """What takes the marks back that somebody set."""
    marks, back = before.marks, Payload()
    if "tag" in said and said["tag"] not in marks.get("tags", ()):
        back["untag"] = said["tag"]
    if "untag" in said and said["untag"] in marks.get("tags", ()):
        back["tag"] = said["untag"]
    if "group" in said:
        back["group"] = marks.get("group", "")
    if "people" in said:
        back["people"] = marks.get("people", 0)
    if "link" in said:
        back |= _relink(marks, said["link"]["to"])
    if "unlink" in said:
        back |= _relink(marks, said["unlink"])
    if "translation" in said:
        lang = said["translation"]["lang"]
        was = marks.get("translations", {}).get(lang, {"text": "", "made": "human"})
        back["translation"] = {"lang": lang, "text": was["text"], "made": was["made"]}
    return back


def between(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[Payload]:
    """What makes of the marks of now those of then."""
    tags, old_tags = now.get("tags", ()), then.get("tags", ())
    links, old_links = now.get("links", ()), then.get("links", ())
    texts, old_texts = now.get("translations", {}), then.get("translations", {})
    said = [Payload(untag=tag) for tag in tags if tag not in old_tags]
    said += [Payload(tag=tag) for tag in old_tags if tag not in tags]
    if now.get("group", "") != then.get("group", ""):
        said.append(Payload(group=then.get("group", "")))
    if now.get("people", 0) != then.get("people", 0):
        said.append(Payload(people=then.get("people", 0)))
    ends = {link["to"] for link in old_links}
    said += [Payload(unlink=link["to"]) for link in links if link["to"] not in ends]
    said += [Payload(link=link) for link in old_links if link not in links]
    gone = [lang for lang in texts if lang not in old_texts]
    said += [Payload(translation={"lang": lang, "text": "", "made": "human"}) for lang in gone]
    changed = [lang for lang, one in old_texts.items() if texts.get(lang, {}).get("text") != one["text"]]
    said += [
        Payload(translation={"lang": lang, "text": old_texts[lang]["text"], "made": old_texts[lang]["made"]})
        for lang in changed
    ]
    return said


def check(state: State | None, said: Payload, languages: frozenset[str], longest_text: int) -> None:
    """Shape and room; that a link's other end is on this canvas is for whoever has the canvas at hand."""
    marks: Mapping[str, Any] = state.marks if state else {}
    if "tag" in said:
        _check_line(said["tag"], LONGEST_TAG, "tag")
        if said["tag"] not in marks.get("tags", ()) and len(marks.get("tags", ())) >= MOST_TAGS:
            raise Refused("full", _("An item takes at most %(most)s tags.") % {"most": MOST_TAGS}, "tag")
    if said.get("group"):
        _check_line(said["group"], LONGEST_TITLE, "group")
    if not 0 <= said.get("people", 0) <= MOST_PEOPLE:
        raise Refused("invalid", _("Write a number from 0 to %(most)s.") % {"most": MOST_PEOPLE}, "people")
    if "link" in said:
        _check_link(marks, said["link"])
    if "translation" in said:
        _check_translation(state, said["translation"], languages, longest_text)


def ends(said: Payload) -> list[UUID]:
    """Other items that an operation speaks of."""
    found = [said["link"]["to"]] if "link" in said else []
    return [UUID(pk) for pk in [*found, *([said["same_as"]] if "same_as" in said else [])]]


def _check_line(text: str, longest: int, field: str) -> None:
    if not text.strip() or len(text) > longest or not text.isprintable():
        raise Refused("invalid", _("Write one line of at most %(most)s characters.") % {"most": longest}, field)


def _check_link(marks: Mapping[str, Any], link: Mapping[str, str]) -> None:
    if link["word"]:
        _check_line(link["word"], LONGEST_TITLE, "word")
    others = [other for other in marks.get("links", ()) if other["to"] != link["to"]]
    if len(others) >= MOST_LINKS:
        raise Refused("full", _("An item takes at most %(most)s links.") % {"most": MOST_LINKS}, "to")


def _check_translation(
    state: State | None, said: Mapping[str, str], languages: frozenset[str], longest_text: int
) -> None:
    if said["lang"] not in languages or (state and said["lang"] == state.lang):
        raise Refused("invalid", _("Choose another language than that of the text."), "lang")
    if len(said["text"]) > longest_text:
        raise Refused(
            "invalid", _("The text is too long (at most %(most)s characters).") % {"most": longest_text}, "text"
        )
    if said["made"] not in BY_WHOM:
        raise Refused("invalid", _("Say whether a person or a machine translated it."), "made")


def _tag(marks: dict[str, Any], tag: str) -> None:
    marks["tags"] = [*(other for other in marks.get("tags", ()) if other != tag), tag]


def _untag(marks: dict[str, Any], tag: str) -> None:
    _put(marks, "tags", [other for other in marks.get("tags", ()) if other != tag])


def _link(marks: dict[str, Any], link: Link) -> None:
    marks["links"] = [*(other for other in marks.get("links", ()) if other["to"] != link["to"]), dict(link)]


def _unlink(marks: dict[str, Any], to: str) -> None:
    _put(marks, "links", [other for other in marks.get("links", ()) if other["to"] != to])


def _translate(marks: dict[str, Any], said: Mapping[str, Any]) -> None:
    others = {lang: one for lang, one in marks.get("translations", {}).items() if lang != said["lang"]}
    if said["text"]:
        others[said["lang"]] = {"text": said["text"], "made": said["made"], "of": said["of"]}
    _put(marks, "translations", others)


def _put(marks: dict[str, Any], key: str, value: object) -> None:
    """A mark that says nothing is none."""
    if value:
        marks[key] = value
    else:
        marks.pop(key, None)


def _relink(marks: Mapping[str, Any], to: str) -> Payload:
    was = next((link for link in marks.get("links", ()) if link["to"] == to), None)
    return {"link": was} if was else {"unlink": to}


CHANGES: Mapping[str, Callable[[dict[str, Any], Any], None]] = {
    "tag": _tag,
    "untag": _untag,
    "link": _link,
    "unlink": _unlink,
    "group": lambda marks, group: _put(marks, "group", group),
    "people": lambda marks, people: _put(marks, "people", people),
    "same_as": lambda marks, to: _put(marks, "same_as", to),
    "translation": _translate,
    "came_from": lambda marks, origin: _put(marks, "came_from", origin),
}
