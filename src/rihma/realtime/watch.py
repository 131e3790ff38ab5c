"""Once a second: whatever hint was lost, and whoever lost a role or signed out, is noticed."""

import asyncio
import logging
from typing import TYPE_CHECKING

from rihma.realtime import clerk, frames
from rihma.realtime.ledger import Ledger

if TYPE_CHECKING:
    from rihma.realtime.connection import Connection
    from rihma.realtime.hub import Hub

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 1.0
# As long as nobody but this server's writer has written, rights can only have ended by the clock.
LOOK_SECONDS = 2.0


class Watch:
    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.looked: dict[str, tuple[object, float]] = {}

    async def forever(self) -> None:
        hub = self.hub
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            hub.forget_old()
            for area, ledger in hub.ledgers.items():
                members = [one for one in hub.connections.values() if one.room and one.key.startswith(area)]
                waited = [key for key in hub.follower.waiting.keys if key.startswith(area)]
                if members or waited:
                    try:
                        if await self._has_moved(area, ledger):
                            await self._look(ledger, members, waited)
                    except Exception:
                        # A database that is away for a while must not end the looking.
                        logger.exception("Rights could not be read")

    async def _has_moved(self, area: str, ledger: Ledger) -> bool:
        loop = self.hub.loop
        version = await loop.run_in_executor(self.hub.writer, clerk.version, ledger)
        last, looked_at = self.looked.get(area, (None, 0.0))
        if version is not None and version == last and loop.time() - looked_at < LOOK_SECONDS:
            return False
        self.looked[area] = version, loop.time()
        return True

    async def _look(self, ledger: Ledger, members: "list[Connection]", waited: list[str]) -> None:
        asked = [(one.key, one.doer) for one in members]
        admitted, heads = await self.hub.read(clerk.look, ledger, asked, waited)
        for key, head in heads.items():
            self.hub.follower.hinted(key, head)
        for one in members:
            admission = admitted.get((one.key, one.doer.id, one.doer.session))
            if admission is None:
                one.put_out(frames.NOT_YOURS, "you may no longer see this")
            elif admission != one.admission:
                turned = admission.nameless != one.admission.nameless
                told = admission.role, admission.status
                if told != (one.admission.role, one.admission.status):
                    one.say(frames.Changed(*told))
                one.admission = admission
                if turned and one.room:
                    one.room.turn(one)
