"""Programs that ask by HTTP and wait until a log goes on, without a thread for any of them."""

import asyncio
from collections import defaultdict

MOST = 1000
# An answer with this header is no answer yet: seconds, number and key, behind which there is nothing new.
WAIT = "Rihma-Wait"


class Waiting:
    def __init__(self) -> None:
        self.waiting: defaultdict[str, set[tuple[int, asyncio.Event]]] = defaultdict(set)
        self.count = 0
        self.over = False

    @property
    def keys(self) -> list[str]:
        return list(self.waiting)

    async def until_behind(self, head: int, key: str, seconds: float) -> None:
        """Until the log is behind `head`, or `seconds` are over; at once where too many wait already."""
        if self.over or self.count >= MOST:
            return
        one = head, asyncio.Event()
        self.waiting[key].add(one)
        self.count += 1
        try:
            async with asyncio.timeout(seconds):
                await one[1].wait()
        except TimeoutError:
            pass
        finally:
            self.count -= 1
            self.waiting[key].discard(one)
            if not self.waiting[key]:
                del self.waiting[key]

    def came(self, key: str, head: int) -> None:
        if key in self.waiting:
            for seen, event in self.waiting[key]:
                if head > seen:
                    event.set()

    def end(self) -> None:
        """The server stops: everybody is answered now."""
        self.over = True
        for several in self.waiting.values():
            for _, event in several:
                event.set()
