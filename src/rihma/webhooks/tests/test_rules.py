import base64
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from itertools import pairwise

import pytest

from rihma.base.refused import Refused
from rihma.webhooks import rules
from rihma.webhooks.rules import Answer, State

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
EXAMPLE_SECRET = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")


def test_signature_is_the_one_that_libraries_of_the_scheme_make() -> None:
    """Their own example: whoever checks by one of them believes ours."""
    made = rules.signature(EXAMPLE_SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, '{"test": 2432232314}')
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_signature_covers_id_time_and_body() -> None:
    signed = [
        rules.signature(EXAMPLE_SECRET, "msg_1", 1_614_265_330, "{}"),
        rules.signature(EXAMPLE_SECRET, "msg_2", 1_614_265_330, "{}"),
        rules.signature(EXAMPLE_SECRET, "msg_1", 1_614_265_331, "{}"),
        rules.signature(EXAMPLE_SECRET, "msg_1", 1_614_265_330, "{ }"),
        rules.signature(b"another", "msg_1", 1_614_265_330, "{}"),
    ]
    assert len(set(signed)) == len(signed)


def test_waits_grow_to_about_three_days() -> None:
    assert all(shorter < longer for shorter, longer in pairwise(rules.PAUSES))
    assert timedelta(days=3) <= sum(rules.PAUSES, timedelta()) <= timedelta(days=4)


@pytest.mark.parametrize("status", [200, 202, 204, 299])
def test_any_answer_in_the_two_hundreds_is_taken(status: int) -> None:
    assert rules.outcome(Answer(status), tries=1, now=NOW).state is State.DELIVERED


@pytest.mark.parametrize("answer", [Answer(301), Answer(404), Answer(500), Answer(error="slow")])
def test_anything_else_is_tried_again_until_the_waits_are_used_up(answer: Answer) -> None:
    outcomes = [rules.outcome(answer, tries=tries, now=NOW) for tries in range(1, len(rules.PAUSES) + 2)]
    assert [one.next_at for one in outcomes[:-1]] == [NOW + pause for pause in rules.PAUSES]
    assert outcomes[-1].state is State.FAILED


def test_gone_is_believed_at_once() -> None:
    assert rules.outcome(Answer(410), tries=1, now=NOW).state is State.FAILED
    assert rules.is_over(Answer(410), failing_since=NOW, now=NOW)


def test_stop_comes_after_three_days_and_not_a_second_before() -> None:
    edges = [rules.STOP_AFTER - timedelta(seconds=1), rules.STOP_AFTER]
    assert [rules.is_over(Answer(500), failing_since=NOW, now=NOW + after) for after in edges] == [False, True]


@pytest.mark.req("S17")
@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "0.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "fe80::1%eth0",
        "fd00::1",
        "224.0.0.1",
        "255.255.255.255",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "::",
    ],
)
def test_address_that_is_not_public_is_known(address: str) -> None:
    assert not rules.is_public(address)


@pytest.mark.req("S17")
@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_public_address_is_known(address: str) -> None:
    assert rules.is_public(address)


def test_operator_admits_a_network_and_no_more() -> None:
    admitted = [ip_network("10.20.0.0/16")]
    assert [rules.is_public(one, admitted) for one in ("10.20.1.1", "10.21.1.1", "::ffff:10.20.1.1")] == [
        True,
        False,
        True,
    ]


@pytest.mark.req("S17")
@pytest.mark.parametrize(
    "address",
    [
        "",
        "hooks",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "http://example.org/",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org:25/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org/\r\nHost: elsewhere",
    ],
)
def test_address_that_cannot_be_told_is_refused_with_what_to_do(address: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_address(address, plain_allowed=False)
    assert refused.value.field == "address"


@pytest.mark.parametrize("address", ["https://example.org", "https://example.org:8443/a?b=c"])
def test_address_of_the_internet_is_fine(address: str) -> None:
    rules.check_address(address, plain_allowed=False)


@pytest.mark.parametrize("fact", [["a"], {"a": 1}, "x" * 201, 1.5])
def test_only_ids_and_short_facts_are_told(fact: object) -> None:
    with pytest.raises(TypeError):
        rules.check_told({"fact": fact})
