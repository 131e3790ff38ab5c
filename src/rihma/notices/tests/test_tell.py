from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from rihma.notices.actions import post, tell
from rihma.notices.models import Message
from rihma.site import mail
from tests.conftest import Cast


@pytest.fixture
def words(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A notice that only these tests know."""
    folder = tmp_path_factory.mktemp("templates")
    (folder / "greeting.txt").write_text("Terve {{ to.name }}\n\nNäemme {{ place }}.\n")
    (folder / "moment.txt").write_text("{% load rihma %}{{ at|moment }}\n\n{{ team }}\n")
    templates = settings.TEMPLATES[0] | {"DIRS": [folder]}
    settings.TEMPLATES = [templates]


@pytest.mark.usefixtures("words")
def test_first_line_is_the_subject_and_the_rest_the_body(cast: Cast) -> None:
    message = tell("greeting", cast["owner"], key="1", place="Turussa")
    assert (message.subject, message.body) == ("Terve Aino Lehtoranta", "Näemme Turussa.\n")


@pytest.mark.usefixtures("words")
def test_text_is_plain_and_nothing_in_it_is_escaped(cast: Cast) -> None:
    at = datetime(2023, 1, 13, 21, 59, 59, tzinfo=UTC)
    message = tell("moment", cast["owner"], key="1", at=at, team='Bröd & "Rosor"')
    assert (message.subject, message.body) == ("13.1.2023 klo 23.59.59 Suomen aikaa", 'Bröd & "Rosor"\n')


@pytest.mark.usefixtures("words")
def test_message_is_in_the_language_of_the_reader(cast: Cast) -> None:
    assert tell("greeting", cast["facilitator"], key="1").language == "sv"


@pytest.mark.usefixtures("words")
def test_same_news_is_told_once_to_each(cast: Cast) -> None:
    for person in ("owner", "owner", "facilitator"):
        tell("greeting", cast[person], key="1")
    tell("greeting", cast["owner"], key="2")
    assert sorted(Message.objects.values_list("to__name", "key")) == [
        ("Aino Lehtoranta", "1"),
        ("Aino Lehtoranta", "2"),
        ("Bertil Sandvik", "1"),
    ]


@pytest.mark.usefixtures("words")
@pytest.mark.django_db(transaction=True)
def test_deed_undone_is_not_told(cast: Cast) -> None:
    with transaction.atomic():
        tell("greeting", cast["owner"], key="1")
        transaction.set_rollback(True)
    assert (Message.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.usefixtures("words")
@pytest.mark.django_db(transaction=True)
def test_one_task_is_enough_for_much_news(cast: Cast) -> None:
    for number in range(3):
        tell("greeting", cast["owner"], key=str(number))
    assert [job.task_path for job in DBTaskResult.objects.all()] == ["rihma.notices.delivery.deliver"]


@pytest.mark.django_db
def test_mail_of_other_packages_waits_in_the_outbox(settings: Settings) -> None:
    settings.MAILERS = mail.mailers("", settings.MAIL_DIR)
    EmailMessage("Your\n code", "123 456", to=["new@somewhere.example"]).send()
    message = Message.objects.get()
    assert (message.to, message.recipient, message.subject) == (None, "new@somewhere.example", "Your code")
    assert message.good_until is not None


def test_mail_to_a_known_address_is_theirs(cast: Cast) -> None:
    message = post("accounts/mail", "AINO@virasto.example", subject="Code", body="1", good_for=timedelta(minutes=1))
    assert message.to == cast["owner"]
