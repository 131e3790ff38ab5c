"""Tickets are looked at together: when a room of two hundred comes in at once, each look serves all who wait."""

import asyncio
from typing import TYPE_CHECKING

from rihma.realtime import clerk
from rihma.realtime.clerk import Admitted, Asked

if TYPE_CHECKING:
    from rihma.realtime.hub import Hub


class Door:
    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.waiting: list[tuple[Asked, asyncio.Future[Admitted | None]]] = []
        self.is_looking = False

    async def ask(self, key: str, ticket: str) -> Admitted | None:
        """Who comes with this ticket and what they may do, or None. A ticket is used up by asking."""
        answer: asyncio.Future[Admitted | None] = self.hub.loop.create_future()
        self.waiting.append(((key, ticket), answer))
        if not self.is_looking:
            self.is_looking = True
            self.hub.run(self._look())
        return await answer

    async def _look(self) -> None:
        try:
            while self.waiting:
                group, self.waiting = self.waiting, []
                await self._let_in(group)
        finally:
            self.is_looking = False

    async def _let_in(self, group: list[tuple[Asked, asyncio.Future[Admitted | None]]]) -> None:
        looked = self.hub.loop.create_task(self.hub.read(clerk.let_in, self.hub.ledgers, [asked for asked, _ in group]))
        await asyncio.wait([looked])
        problem = looked.exception()
        found = [None] * len(group) if problem else looked.result()
        for (_, answer), admitted in zip(group, found, strict=True):
            # Who hung up meanwhile waits no more.
            if answer.done():
                continue
            if problem:
                answer.set_exception(problem)
            else:
                answer.set_result(admitted)
