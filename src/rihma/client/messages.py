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


def item_of(sent: dict[str, Any]) -> Item:
    names = ("id", "kind", "zone", "order", "text", "lang", "fields", "by", "text_seq")
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
    for name in ("zone", "order", "text", "lang"):
        if name in said:
            setattr(item, name, said[name])
    item.fields = {**item.fields, **said.get("fields", {})}
    if "text" in said:
        item.text_seq = row["seq"]
