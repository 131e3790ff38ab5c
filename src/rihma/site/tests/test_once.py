"""The same press of a button is one deed, however often a browser sends it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from rihma.base import clock
from rihma.base.middleware import SentBack
from rihma.site.models import Sent
from rihma.site.once import Once

pytestmark = [pytest.mark.django_db, pytest.mark.req("R15")]
BROWSER = {"Accept": "text/html,*/*"}
TOKEN = {"csrfmiddlewaretoken": "drawn when the page was made"}


def press(once: Once, headers: dict[str, str] = BROWSER, **said: str) -> HttpResponse:
    answer = once(RequestFactory().post("/en/somewhere/", {**TOKEN, **said}, headers=headers))
    assert isinstance(answer, HttpResponse)
    return answer


def doing(answer: Callable[[int], HttpResponse]) -> tuple[Once, list[int]]:
    """`answer` gets how often it was done."""
    done: list[int] = []

    def do(_request: HttpRequest) -> HttpResponse:
        done.append(1)
        return answer(len(done))

    return Once(do), done


def test_second_click_is_led_where_the_first_led() -> None:
    once, done = doing(lambda n: HttpResponseRedirect(f"/en/made/{n}/"))
    assert [press(once, text="Hello").headers["Location"] for _n in range(3)] == ["/en/made/1/"] * 3
    assert press(once, text="Another").headers["Location"] == "/en/made/2/"
    assert len(done) == 2


@pytest.mark.django_db(transaction=True)
def test_twenty_in_parallel_are_done_once() -> None:
    once, done = doing(lambda n: HttpResponseRedirect(f"/en/made/{n}/"))

    def pressed(_n: int) -> str:
        try:
            return press(once).headers["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(pressed, range(20))) == ["/en/made/1/"] * 20
    assert len(done) == 1


@pytest.mark.parametrize("answer", [HttpResponse("Mend it", status=422), SentBack("/en/somewhere/")])
def test_what_was_not_done_may_be_tried_again(answer: HttpResponse) -> None:
    once, done = doing(lambda _n: answer)
    press(once)
    press(once)
    assert (len(done), Sent.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "application/json"}, {**BROWSER, "HX-Request": "true"}, {**BROWSER, "X-Requested-With": "fetch"}],
)
def test_scripts_and_programs_name_what_they_send_themselves(headers: dict[str, str]) -> None:
    once, done = doing(lambda _n: HttpResponseRedirect("/en/"))
    press(once, headers)
    press(once, headers)
    assert len(done) == 2


def test_who_comes_back_to_an_open_page_means_it() -> None:
    once, done = doing(lambda _n: HttpResponseRedirect("/en/"))
    press(once)
    with clock.at(clock.now() + timedelta(minutes=2)):
        press(once)
        press(once)
    assert len(done) == 2


def test_what_is_kept_tells_nobody_where_it_led() -> None:
    once, _done = doing(lambda _n: HttpResponseRedirect("/en/asked/a-secret/"))
    press(once)
    kept = Sent.objects.get()
    assert (len(kept.led_to) > 0, "secret" in bytes.fromhex(kept.led_to).decode(errors="replace")) == (True, False)
