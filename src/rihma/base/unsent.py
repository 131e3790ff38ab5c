"""What somebody sent after their session had ended: it stays in the browser's session until they have signed in again.

It is theirs alone: whoever signs in as somebody else finds nothing. It is never carried out by itself.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

KEY = "unsent"
CSRF_FIELD = "csrfmiddlewaretoken"


class Resumed(QueryDict):
    """Fields as they were typed. A form that is bound to them shows them and does nothing else (`Form.is_valid`)."""


@dataclass(frozen=True)
class Unsent:
    # where it was sent, with what stood behind a question mark
    address: str
    # name → values, without the token, which is another after signing in
    fields: list[tuple[str, list[str]]]
    # Files cannot be given back to a page: people choose them again.
    had_files: bool

    @classmethod
    def of(cls, request: HttpRequest) -> "Unsent":
        fields = [(name, [str(one) for one in values]) for name, values in request.POST.lists() if name != CSRF_FIELD]
        return cls(request.get_full_path(), fields, had_files=bool(request.FILES))

    @property
    def path(self) -> str:
        return self.address.partition("?")[0]

    @property
    def typed(self) -> list[str]:
        """What a person wrote, without the marks that a form carries along."""
        return [value for name, values in self.fields for value in values if name not in MARKS and value.strip()]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.fields for value in values]


MARKS = frozenset({"seen", "version", "once", "next", "seq", "base", "seed", "page", "at"})


def keep(request: HttpRequest, writer: str) -> None:
    request.session[KEY] = {"writer": writer, **asdict(Unsent.of(request))}


def is_kept(request: HttpRequest) -> bool:
    return KEY in request.session


def kept_for(request: HttpRequest) -> Unsent | None:
    """Only to whoever wrote it."""
    if not request.user.is_authenticated:
        return None
    kept: dict[str, Any] | None = request.session.get(KEY)
    if kept is None or kept["writer"] != str(request.user.pk):
        return None
    return Unsent(kept["address"], [(name, values) for name, values in kept["fields"]], had_files=kept["had_files"])


def forget(session: SessionBase) -> None:
    session.pop(KEY, None)


def forget_of_others(session: SessionBase, person: object) -> None:
    if KEY in session and session[KEY]["writer"] != str(person):
        forget(session)


def forget_when_sent(request: HttpRequest) -> None:
    """The same form, or what saves it by itself, has been sent since."""
    kept = kept_for(request)
    if kept and request.path.startswith(kept.path):
        forget(request.session)


def resumed(request: HttpRequest) -> Resumed | None:
    """For the page that it was typed on. It stays kept until that page is sent: a reload must not lose it."""
    kept = kept_for(request)
    if kept is None or kept.path != request.path:
        return None
    fields = Resumed(mutable=True)
    for name, values in kept.fields:
        fields.setlist(name, values)
    messages.info(request, _("You are signed in again. What you had written is here, and not sent yet: save it."))
    if kept.had_files:
        messages.warning(request, _("Files cannot be kept. Choose them again before you save."))
    return fields
