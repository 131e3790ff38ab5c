"""Canvases that teams work on.

Nouns: canvas, item (one thing on it, whatever its shape), operation, kind (one TOML file each). A canvas is an
ordered log: an operation (add, set, move, remove, restore) is a row with a number, items are what the log amounts to,
and both are written in one transaction by `actions.apply`. Other verbs: open, freeze, reopen.
"""
