"""How mail leaves, from one address in the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# Short, because the worker waits so long for every mail while a server is stuck; a page never does.
PATIENCE = 10

SCHEMES = {
    "smtp": {},
    "smtps": {"use_ssl": True},
    "starttls": {"use_tls": True},
}


def mailers(smtp_url: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Everything goes to the outbox; the outbox uses `transport`: a mail server, or a folder where none is set."""
    return {
        "default": {"BACKEND": "rihma.notices.backends.Outbox"},
        "transport": (
            {"BACKEND": "rihma.notices.backends.Smtp", "OPTIONS": server(smtp_url)}
            if smtp_url
            else {"BACKEND": "rihma.notices.backends.Files", "OPTIONS": {"folder": folder}}
        ),
    }


def server(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ValueError(
            "RIHMA_SMTP_URL begins with smtp://, smtps:// or starttls:// and names a host, "
            "as in starttls://user:password@mail.example:587"
        )
    return {
        "host": parts.hostname,
        "port": parts.port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "timeout": PATIENCE,
        **SCHEMES[parts.scheme],
    }
