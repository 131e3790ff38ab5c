"""The mail folder of a demo, read back."""

import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path


@dataclass(frozen=True)
class Mail:
    subject: str
    to: str
    language: str
    at: datetime
    text: str


def last_mails(folder: Path, limit: int = 30) -> list[Mail]:
    """Newest first; file names begin with their moment."""
    paths = sorted(folder.glob("[!.]*.eml"), reverse=True)[:limit]
    return [_read(path) for path in paths]


def _read(path: Path) -> Mail:
    with path.open("rb") as file:
        message = BytesParser(_class=EmailMessage, policy=email.policy.default).parse(file)
    body = message.get_body(("plain",))
    return Mail(
        subject=str(message["Subject"]),
        to=str(message["To"]),
        language=str(message["Content-Language"] or ""),
        at=message["Date"].datetime,
        text=body.get_content() if body else "",
    )
