"""Which area answers for which place on a page of an area below it (see base/slots.py)."""

SLOTS: dict[str, list[str]] = {}
