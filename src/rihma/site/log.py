"""What goes to standard error: one JSON object a line, or plain lines for somebody who watches a terminal.

Never a body, a query string or a secret part of an address: logs travel further than the database.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

# Needed to find the lines of the log that belong to a person's error page.
correlation: ContextVar[str] = ContextVar("correlation", default="")

LONGEST_WORD = 40
DETAIL = re.compile(r"^DETAIL:.*$", re.MULTILINE)


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": message_of(record),
            **getattr(record, "facts", {}),
        }
        if correlation.get():
            line["request"] = correlation.get()
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name it has in logging
        # Cut, because PostgreSQL quotes the row that did not fit, which holds people's own words.
        return DETAIL.sub("DETAIL: …", super().formatException(ei))


class Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={value}" for name, value in getattr(record, "facts", {}).items())
        line = f"{record.levelname.lower()}: {message_of(record)} {facts}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def message_of(record: logging.LogRecord) -> str:
    """Django's own lines on a request hold its path; ours hold its route, so that no link with a secret is kept."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return f"{str(record.msg).partition(':')[0]}: {place_of(request)}"
    return record.getMessage()


def place_of(request: HttpRequest) -> str:
    """The route with the ids in it, but without captured words, which may be secrets."""
    match = request.resolver_match
    if match is None:
        return "/".join(word if len(word) <= LONGEST_WORD else "…" for word in request.path.split("/"))
    ids = [str(value) for value in match.kwargs.values() if isinstance(value, UUID | int)]
    return " ".join([f"/{match.route}", *ids])


def logging_settings(level: str, *, plain: bool) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"{__name__}.{'Plain' if plain else 'Json'}"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Only failures, because a line for every request is written already, with its status.
            "django.request": {"level": "ERROR"},
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # Not an alarm, because robots ask for other names all day; their answer is in the log like any other.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django_tasks_db": {"level": "WARNING"},
            "django.tasks": {"level": "WARNING"},
            "uvicorn": {"level": "WARNING"},
        },
    }
