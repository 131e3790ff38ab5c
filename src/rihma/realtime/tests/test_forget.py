"""What was hidden or erased is given to nobody from memory."""

from typing import cast

import pytest

from rihma.realtime.hub import Hub
from rihma.realtime.room import Room


class Clockwork:
    """A loop in which nothing happens by itself."""

    def call_soon(self, *_: object) -> None: ...

    def call_later(self, *_: object) -> None: ...

    def time(self) -> float:
        return 0.0


class Keeper:
    loop = Clockwork()

    def __init__(self) -> None:
        self.snapshots: dict[str, object] = {"canvases:x": object()}


@pytest.mark.parametrize("verb", ["hide", "erase"])
def test_room_forgets_older_rows_once_words_are_silenced(verb: str) -> None:
    keeper = Keeper()
    room = Room(cast("Hub", keeper), "canvases:x", 0)
    room.take([(1, b'{"verb":"add","payload":{"text":"secret"}}')])
    room.take([(2, b'{"verb":"%b"}' % verb.encode())])
    assert (room.rows_after(0), list(room.rows), keeper.snapshots) == (
        None,
        [(2, b'{"verb":"%b"}' % verb.encode())],
        {},
    )
