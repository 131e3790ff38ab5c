"""Mail servers of this machine, with the tempers that real ones have."""

import asyncio
from asyncio.base_events import Server
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mail
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from rihma.site import mail

PATIENCE = 0.4


class Post:
    """A mail server that keeps what it took, and answers with the next of `answers` at each stage named."""

    def __init__(self) -> None:
        self.taken: list[Mail] = []
        self.asked = 0
        self.answers: dict[str, list[str]] = {"RCPT": [], "DATA": []}
        # A stage of this name is never answered.
        self.silent_at = ""
        self.let_go = asyncio.Event()

    async def handle_RCPT(  # noqa: N802 - the package's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = await self._answer("RCPT")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - likewise
        answer = await self._answer("DATA")
        if answer.startswith("250"):
            content: Any = envelope.content
            self.taken.append(message_from_bytes(content))
        return answer

    async def _answer(self, stage: str) -> str:
        self.asked += stage == "RCPT"
        if self.silent_at == stage:
            await self.let_go.wait()
        return self.answers[stage].pop(0) if self.answers[stage] else "250 OK"


class OnFreePort(Controller):
    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # the package annotates most of it


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    """The mail server that Rihma hands its mail to in this test."""
    handler = Post()
    controller = OnFreePort(handler, hostname="127.0.0.1", port=0)
    controller.start()
    use_server(settings, f"smtp://127.0.0.1:{controller.port}")
    yield handler
    controller.loop.call_soon_threadsafe(handler.let_go.set)
    controller.stop()


def use_server(settings: Settings, url: str) -> None:
    mailers = mail.mailers(url, settings.MAIL_DIR)
    mailers["transport"]["OPTIONS"]["timeout"] = PATIENCE
    settings.MAILERS = mailers
