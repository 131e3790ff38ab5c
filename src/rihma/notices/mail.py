"""A message as a mail."""

from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from rihma.notices.models import Message


def mail_of(message: Message) -> EmailMultiAlternatives:
    """The same message always makes the same mail, by which mailboxes know a second copy."""
    name = str(message.to) if message.to else ""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[_with_name(name, message.recipient)],
        reply_to=[settings.MAIL_REPLY_TO] if settings.MAIL_REPLY_TO else None,
        headers={
            "Message-ID": f"<{message.pk}@{urlsplit(settings.BASE_URL).hostname}>",
            "Date": format_datetime(message.queued_at),
            "Content-Language": message.language,
            # So that no holiday answers come back (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )
    with translation.override(message.language):
        html = render_to_string("notices/mail.html", {"message": message})
    mail.attach_alternative(html, "text/html")
    return mail


def _with_name(name: str, address: str) -> str:
    """`Name <address>`, or the bare address where a name cannot stand in a header."""
    _, bare = parseaddr(address)
    clean = " ".join(name.split())
    try:
        return str(Address(clean, addr_spec=bare)) if clean else bare
    except ValueError:
        return bare
