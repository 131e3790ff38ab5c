"""A page that is the same for every stranger is drawn once a second, and nobody gets somebody else's."""

import asyncio
from collections.abc import Callable

import pytest
from django.test import Client

from rihma.accounts.models import Person
from rihma.base.access import FOR_EVERYBODY
from rihma.calls.models import Call
from rihma.site import kept
from rihma.site.kept import Kept, Message, Receive, Scope, Send

PUBLIC = (b"cache-control", FOR_EVERYBODY.encode())


class Pages:
    """Draws a page with a number of its own each time."""

    def __init__(self, *headers: tuple[bytes, bytes], status: int = 200) -> None:
        self.drawn = 0
        self.start = {"type": "http.response.start", "status": status, "headers": [*headers, (b"x-request-id", b"1")]}

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        self.drawn += 1
        body = str(self.drawn).encode()
        await asyncio.sleep(0)
        await send(self.start)
        await send({"type": "http.response.body", "body": body})


async def ask(site: Kept, path: str = "/fi/", query: str = "", **headers: str) -> bytes:
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    await site(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "query_string": query.encode(),
            "headers": named,
        },
        receive,
        send,
    )
    return bytes(said[-1]["body"])


def asked(pages: Pages, *questions: dict[str, str]) -> list[bytes]:
    async def all_of_them() -> list[bytes]:
        site = Kept(pages)
        return [await ask(site, **question) for question in questions]

    return asyncio.run(all_of_them())


def test_strangers_share_a_page() -> None:
    assert asked(Pages(PUBLIC), {}, {}, {}) == [b"1", b"1", b"1"]


def test_strangers_who_come_while_it_is_drawn_anew_wait_for_it() -> None:
    async def many() -> list[bytes]:
        site = Kept(Pages(PUBLIC))
        await ask(site)
        site.kept = {key: kept.Answer(answer.messages, 0) for key, answer in site.kept.items()}
        return await asyncio.gather(*(ask(site) for _ in range(5)))

    assert asyncio.run(many()) == [b"2"] * 5


def test_page_is_drawn_anew_when_its_second_is_over() -> None:
    async def later() -> list[bytes]:
        site = Kept(Pages(PUBLIC))
        first = await ask(site)
        site.kept = {key: kept.Answer(answer.messages, 0) for key, answer in site.kept.items()}
        return [first, await ask(site)]

    assert asyncio.run(later()) == [b"1", b"2"]


@pytest.mark.parametrize("header", ["cookie", "authorization", "hx_request", "range"])
def test_who_says_anything_of_themselves_gets_a_page_of_their_own(header: str) -> None:
    assert asked(Pages(PUBLIC), {}, {header: "x"}, {header: "x"}) == [b"1", b"2", b"3"]


def test_pages_of_other_hosts_languages_and_encodings_stay_apart() -> None:
    others = [{"host": "a.example"}, {"host": "b.example"}, {"path": "/sv/"}, {"accept_encoding": "gzip"}]
    assert asked(Pages(PUBLIC), {}, *others) == [b"1", b"2", b"3", b"4", b"5"]


@pytest.mark.parametrize(
    "pages",
    [
        Pages(),
        Pages((b"cache-control", b"no-store")),
        Pages(PUBLIC, (b"set-cookie", b"session=1")),
        Pages(PUBLIC, (b"content-security-policy", b"script-src 'nonce-1'")),
        Pages(PUBLIC, status=404),
    ],
    ids=["unmarked", "private", "sets a cookie", "has a nonce", "not found"],
)
def test_answer_for_one_reader_is_never_kept(pages: Pages) -> None:
    assert asked(pages, {}, {}) == [b"1", b"2"]


def test_address_with_a_question_is_not_kept() -> None:
    async def twice() -> list[bytes]:
        site = Kept(Pages(PUBLIC))
        return [await ask(site, query="page=2") for _ in range(2)]

    assert asyncio.run(twice()) == [b"1", b"2"]


def test_call_page_is_the_same_for_every_stranger_and_sets_no_cookie(call: Call) -> None:
    answer = Client().get(f"/en/programmes/{call.programme.slug}/call/")
    assert answer.headers["Cache-Control"] == FOR_EVERYBODY
    assert answer.cookies == {}


def test_call_page_of_somebody_known_is_kept_nowhere(
    call: Call, cast: dict[str, Person], client_of: Callable[[Person | None], Client]
) -> None:
    answer = client_of(cast["owner"]).get(f"/en/programmes/{call.programme.slug}/call/")
    assert answer.headers["Cache-Control"] == "no-store"
