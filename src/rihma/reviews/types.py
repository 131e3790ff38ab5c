from datetime import date, time
from typing import Required, TypedDict


class ReviewingFields(TypedDict, total=False):
    """How a call is read. What is not given stays as it is."""

    readers: Required[int]
    blind: Required[bool]
    families: bool
    why_no_families: str
    posters_read: bool
    only_known: bool
    opens_on: date | None
    opens_at: time | None
    due_on: date | None
    due_at: time | None
    talk_on: date | None
    talk_at: time | None
    ends_on: date | None
    ends_at: time | None
    after_due: str
