from dataclasses import dataclass, field
from typing import Any


class Refused(Exception):
    """The server did not take an operation; `code` says why for programs."""

    def __init__(self, operation: str, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.operation = operation
        self.code = code
        self.message = message


@dataclass
class Item:
    id: str
    kind: str
    zone: str
    order: str
    text: str
    lang: str
    fields: dict[str, Any] = field(default_factory=dict)
    removed: bool = False
    # the number of the operation that last set the text
    text_seq: int = 0
    by: str | None = None
    # what docs/asyncapi.yaml calls so: tags, a group, links, translations
    marks: dict[str, Any] = field(default_factory=dict)
    # somebody flagged it: its words are kept from everybody for now
    hidden: bool = False


def item_of(sent: dict[str, Any]) -> Item:
    names = ("id", "kind", "zone", "order", "text", "lang", "fields", "by", "text_seq", "marks", "hidden")
    return Item(**{name: sent[name] for name in names})


def step(items: dict[str, Item], row: dict[str, Any]) -> None:
    """What one row of the log makes of the items."""
    said, pk = row["payload"], row["item"]
    if row["verb"] == "add":
        items[pk] = Item(
            pk, said["kind"], said["zone"], said["order"], said["text"], said["lang"], said["fields"], by=row["by"]
        )
    elif "restored" in row:
        items[pk] = item_of(row["restored"])
    item = items.get(pk)
    if item is None:
        return
    item.removed = row["verb"] == "remove" if row["verb"] in ("remove", "restore") else item.removed
    if row["verb"] in ("hide", "erase"):
        item.text, item.marks, item.hidden = "", {}, row["verb"] == "hide"
        item.removed = item.removed or row["verb"] == "erase"
        return
    item.marks = marked(item.marks, said, item.text_seq)
    for name in ("zone", "order", "text", "lang"):
        if name in said:
            setattr(item, name, said[name])
    item.fields = {**item.fields, **said.get("fields", {})}
    if "text" in said:
        item.text_seq = row["seq"]


def marked(marks: dict[str, Any], said: dict[str, Any], of: int) -> dict[str, Any]:
    """The marks of an item after one more row."""
    new = dict(marks)
    for name in ("group", "people", "same_as", "came_from"):
        if name in said:
            new[name] = said[name]
    if "tag" in said or "untag" in said:
        gone = (said.get("tag"), said.get("untag"))
        new["tags"] = [tag for tag in marks.get("tags", ()) if tag not in gone] + [
            said[key] for key in ("tag",) if key in said
        ]
    if "link" in said or "unlink" in said:
        to = said["link"]["to"] if "link" in said else said["unlink"]
        new["links"] = [one for one in marks.get("links", ()) if one["to"] != to]
        new["links"] += [said["link"]] if "link" in said else []
    if "translation" in said:
        one = {"of": of, **said["translation"]}
        lang = one.pop("lang")
        others = {code: other for code, other in marks.get("translations", {}).items() if code != lang}
        new["translations"] = {**others, lang: one} if one["text"] else others
    return {name: value for name, value in new.items() if value}
