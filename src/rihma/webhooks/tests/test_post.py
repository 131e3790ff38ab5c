"""The way out leads to public machines only, whatever an address looks like."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.conf import LazySettings

from rihma.webhooks import post as way_out
from rihma.webhooks.post import post
from rihma.webhooks.tests.conftest import Listener


def port_of(listener: Listener) -> str:
    return listener.url.rpartition(":")[2].partition("/")[0]


@pytest.mark.req("S17")
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0177.0.0.1", "0"]
)
def test_loopback_hears_nothing_however_it_is_written(listener: Listener, host: str, scheme: str) -> None:
    answer = post(f"{scheme}://{host}:{port_of(listener)}/", b"{}", {})
    assert (answer.status, answer.error in {"not_public", "no_such_name"}, listener.came) == (None, True, [])


@pytest.mark.req("S17")
@pytest.mark.parametrize("host", ["169.254.169.254", "10.0.0.1", "[fd00::1]"])
def test_machine_of_the_inner_network_is_not_asked(host: str) -> None:
    assert post(f"https://{host}/latest/meta-data/", b"{}", {}).error == "not_public"


@pytest.mark.req("S17")
def test_plain_http_goes_only_where_the_operator_admits_it(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_where, **_how: found)
    assert post("http://example.org/", b"{}", {}).error == "not_public"


@pytest.mark.req("S17")
def test_name_is_looked_up_once_and_that_very_machine_is_called(
    listener: Listener, admitted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means another machine by the time of the call would get past a check of the name."""
    port, asked = int(port_of(listener)), []

    def changing(host: str, *_where: object, **_how: object) -> list[tuple[object, ...]]:
        asked.append(host)
        place = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, port))]

    monkeypatch.setattr(way_out.socket, "getaddrinfo", changing)
    answer = post(f"http://hooks.example:{port}/", b"{}", {})
    heard = listener.came[0][0]["host"]
    assert (answer.status, asked, heard) == (204, ["hooks.example"], f"hooks.example:{port}")


@pytest.mark.req("S17")
def test_one_address_that_is_not_public_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    places = ["93.184.215.14", "127.0.0.1"]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (place, 443)) for place in places]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_where, **_how: found)
    assert post("https://example.org/", b"{}", {}).error == "not_public"


@pytest.mark.req("S17")
def test_redirect_is_an_answer_and_not_followed(listener: Listener, admitted: None) -> None:
    listener.answers, listener.headers = [307], {"Location": "http://169.254.169.254/"}
    assert (post(listener.url, b"{}", {}).status, len(listener.came)) == (307, 1)


def test_silence_is_told(nobody: str, admitted: None) -> None:
    assert post(nobody, b"{}", {}).error == "no_answer"


@pytest.fixture
def dripping() -> Iterator[str]:
    """Answers a letter at a time, for ever."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def drip() -> None:
            guest, _where = door.accept()
            with guest, suppress(OSError):
                while not ended.wait(0.02):
                    guest.sendall(b"H")

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/"
        ended.set()
        thread.join()


def test_answer_that_drips_is_cut_off(dripping: str, admitted: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way_out, "WHOLE_SECONDS", 0.3)
    assert post(dripping, b"{}", {}).error == "slow"


def test_certificate_that_nobody_vouches_for_is_refused(
    listener: Listener, settings: LazySettings, admitted: None
) -> None:
    """The listener speaks no TLS at all, which looks the same from here."""
    assert post(f"https://127.0.0.1:{port_of(listener)}/", b"{}", {}).error == "certificate"
