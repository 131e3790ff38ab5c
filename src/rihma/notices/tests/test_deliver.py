"""Delivery by a real mail server of this machine, with its tempers, and into a folder."""

import email.policy
import threading
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.notices.actions import post as put
from rihma.notices.delivery import deliver_due
from rihma.notices.models import Message
from rihma.notices.rules import LEASE, PAUSES
from rihma.notices.tests.conftest import Post, use_server
from rihma.site import mail
from tests.conftest import Cast


def queued(to: Person, number: int = 1, **fields: object) -> Message:
    return Message.objects.create(
        kind="test",
        key=str(number),
        to=to,
        language="sv",
        subject="Kvitto ä",
        body="Hej!\n\nhttps://a.example/?a=1&b=2\n",
        **fields,
    )


def state_of(message: Message) -> str:
    message.refresh_from_db()
    return message.state


@pytest.mark.req("R23")
def test_message_arrives_once_and_is_marked_sent(cast: Cast, post: Post) -> None:
    message = queued(cast["owner"])
    assert [deliver_due(clock.now()), deliver_due(clock.now())] == [1, 0]
    assert len(post.taken) == 1
    assert (state_of(message), message.tries) == ("sent", 1)
    assert message.sent_at is not None


def test_mail_says_who_wrote_when_and_in_which_language(cast: Cast, post: Post, settings: Settings) -> None:
    settings.MAIL_REPLY_TO = "team@rihma.example"
    message = queued(cast["owner"])
    deliver_due(clock.now())
    (taken,) = post.taken
    assert taken["Message-ID"] == f"<{message.pk}@testserver>"
    assert taken["To"] == "Aino Lehtoranta <aino@virasto.example>"
    assert taken["Reply-To"] == "team@rihma.example"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken["Content-Language"] == "sv"
    assert datetime.strptime(taken["Date"], "%a, %d %b %Y %H:%M:%S %z") == message.queued_at.replace(microsecond=0)


def test_mail_has_the_same_text_as_plain_and_as_html(cast: Cast, post: Post) -> None:
    message = queued(cast["owner"])
    Message.objects.filter(pk=message.pk).update(body="<b>Hej</b>\n\nhttps://a.example/?a=1&b=2\n")
    deliver_due(clock.now())
    plain, html = message_from_bytes(bytes(post.taken[0]), policy=email.policy.default).iter_parts()
    assert plain.get_content() == "<b>Hej</b>\n\nhttps://a.example/?a=1&b=2\n"
    assert "<p>&lt;b&gt;Hej&lt;/b&gt;</p>" in html.get_content()
    assert '<a href="https://a.example/?a=1&amp;b=2"' in html.get_content()


def test_name_cannot_add_a_header(cast: Cast, post: Post) -> None:
    Person.objects.filter(pk=cast["owner"].pk).update(name='Eve"\r\nBcc: all@b.example')
    queued(cast["owner"])
    deliver_due(clock.now())
    assert post.taken[0]["Bcc"] is None


def test_person_who_changed_address_is_written_to_the_new_one(cast: Cast, post: Post) -> None:
    queued(cast["owner"])
    Person.objects.filter(pk=cast["owner"].pk).update(email="aino@new.example")
    deliver_due(clock.now())
    assert post.taken[0]["To"] == "Aino Lehtoranta <aino@new.example>"


@pytest.mark.req("R23")
def test_refused_address_is_given_up_and_the_others_go(cast: Cast, post: Post) -> None:
    post.answers["RCPT"] = ["550 No such person"]
    refused, other = queued(cast["owner"], 1), queued(cast["owner"], 2)
    deliver_due(clock.now())
    assert (state_of(refused), state_of(other)) == ("failed", "sent")
    assert "550" in refused.error


@pytest.mark.req("R23")
def test_later_means_later_and_the_others_go(cast: Cast, post: Post) -> None:
    post.answers["DATA"] = ["451 Come back later"]
    late, other = queued(cast["owner"], 1), queued(cast["owner"], 2)
    now = clock.now()
    deliver_due(now)
    assert (state_of(late), state_of(other)) == ("queued", "sent")
    assert deliver_due(now) == 0
    assert deliver_due(clock.now() + PAUSES[0]) == 1
    assert state_of(late) == "sent"


@pytest.mark.req("R23")
def test_server_that_falls_silent_before_the_text_is_tried_again(cast: Cast, post: Post) -> None:
    post.silent_at = "RCPT"
    message = queued(cast["owner"])
    deliver_due(clock.now())
    assert (state_of(message), len(post.taken)) == ("queued", 0)


@pytest.mark.req("R23")
def test_server_that_falls_silent_after_the_text_is_not_tried_again(cast: Cast, post: Post) -> None:
    post.silent_at = "DATA"
    message = queued(cast["owner"])
    deliver_due(clock.now())
    post.silent_at = ""
    assert deliver_due(clock.now() + timedelta(days=3)) == 0
    assert state_of(message) == "unsure"


@pytest.mark.req("R23")
def test_outage_costs_no_message_a_try(cast: Cast, settings: Settings) -> None:
    use_server(settings, "smtp://127.0.0.1:1")
    message = queued(cast["owner"])
    assert deliver_due(clock.now()) == 0
    assert (state_of(message), message.tries) == ("queued", 0)


def test_sender_that_died_leaves_the_message_unsure(cast: Cast, post: Post) -> None:
    message = queued(cast["owner"], state="sending", leased_until=clock.now())
    deliver_due(clock.now() + timedelta(seconds=1))
    assert (state_of(message), len(post.taken)) == ("unsure", 0)


def test_sender_at_work_is_left_alone(cast: Cast, post: Post) -> None:
    message = queued(cast["owner"], state="sending", leased_until=clock.now() + LEASE)
    deliver_due(clock.now())
    assert (state_of(message), len(post.taken)) == ("sending", 0)


def test_code_is_forgotten_once_it_was_sent(cast: Cast, post: Post) -> None:
    message = put("accounts/mail", "aino@virasto.example", subject="Code", body="1234", good_for=timedelta(minutes=5))
    deliver_due(clock.now())
    assert (state_of(message), message.body) == ("sent", "")
    assert "1234" in post.taken[0].as_string()


def test_code_that_is_too_late_is_not_sent(cast: Cast, post: Post) -> None:
    message = put("accounts/mail", "aino@virasto.example", subject="Code", body="1234", good_for=timedelta(minutes=5))
    deliver_due(clock.now() + timedelta(minutes=6))
    assert (state_of(message), message.body, len(post.taken)) == ("failed", "", 0)


@pytest.mark.req("R23")
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(cast: Cast, post: Post) -> None:
    messages = [queued(cast["owner"], number) for number in range(12)]
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        deliver_due(clock.now())
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken["Message-ID"] for taken in post.taken) == sorted(f"<{each.pk}@testserver>" for each in messages)
    assert {state_of(message) for message in messages} == {"sent"}


def test_without_a_mail_server_each_mail_is_a_file(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.MAILERS = mail.mailers("", tmp_path / "mail")
    message = queued(cast["owner"], queued_at=datetime(2023, 1, 27, 9, 0, tzinfo=timezone.get_default_timezone()))
    assert deliver_due(clock.now()) == 1
    assert [path.name for path in (tmp_path / "mail").iterdir()] == [f"20230127T070000-{message.pk}.eml"]
    assert state_of(message) == "sent"


@pytest.mark.req("R23")
@pytest.mark.django_db(transaction=True)
def test_page_that_writes_to_somebody_does_not_wait_for_the_mail_server(cast: Cast, post: Post) -> None:
    post.silent_at = "RCPT"
    for role in ("owner", "convener", "member"):
        assert Client().post("/en/account/sign-in/", {"email": cast[role].email}).status_code == 302
    # How long the page takes is measured in bench/; here it has answered before anybody spoke to the mail server.
    assert post.asked == 0
    assert {state_of(message) for message in Message.objects.all()} == {"queued"}
    post.silent_at = ""
    assert (deliver_due(clock.now()), post.asked) == (3, 3)
