"""Where mail goes: into the outbox first, from there to a mail server or a folder."""

import email.policy
import smtplib
from collections.abc import Sequence
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from rihma.notices.actions import post


class Outbox(BaseEmailBackend):
    """What other packages send waits in the outbox too.

    So a slow mail server slows no page, and an unknown address takes as long as a known one.
    """

    def __init__(self, *, good_for_minutes: int = 15, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.good_for = timedelta(minutes=good_for_minutes)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            for address in mail.recipients():
                post("accounts/mail", address, subject=str(mail.subject), body=str(mail.body), good_for=self.good_for)
        return len(email_messages)


class _Watched(smtplib.SMTP):
    """Remembers whether the text of the last mail was on its way: after that a silence may mean a delivery."""

    handed_over = False

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        self.handed_over = False
        return super().mail(sender, options)

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.handed_over = True
        return super().data(msg)


class _WatchedTls(_Watched, smtplib.SMTP_SSL):
    pass


class Smtp(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _WatchedTls if self.use_ssl else _Watched

    @property
    def handed_over(self) -> bool:
        return isinstance(self.connection, _Watched) and self.connection.handed_over


class Files(BaseEmailBackend):
    """A file a mail, named so that a listing is in order of time. Writing the same mail again replaces it."""

    def __init__(self, *, folder: str | Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder)

    def open(self) -> bool:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.open()
        for mail in email_messages:
            message = mail.message(policy=email.policy.SMTP)
            moment = parsedate_to_datetime(message["Date"]).strftime("%Y%m%dT%H%M%S")
            name = f"{moment}-{message['Message-ID'].strip('<>').partition('@')[0]}"
            unfinished = self.folder / f".{name}"
            unfinished.write_bytes(message.as_bytes())
            unfinished.replace(self.folder / f"{name}.eml")
        return len(email_messages)
