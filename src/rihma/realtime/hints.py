"""Somebody outside the live part wrote: its hub should look. A hint may be lost or come twice; numbers decide."""

from collections.abc import Callable

type Listener = Callable[[str, int], None]

_listeners: set[Listener] = set()


def listen(listener: Listener) -> None:
    _listeners.add(listener)


def forget(listener: Listener) -> None:
    _listeners.discard(listener)


def tell(key: str, head: int) -> None:
    """`key` has come to `head`, and it is committed."""
    for listener in tuple(_listeners):
        listener(key, head)
