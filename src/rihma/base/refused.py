from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refused(Exception):
    """The only way a rule says no.

    `code` is for programs, `message` for people (translated), `field` names the form field that the
    message belongs to. One middleware turns it into a page message, an htmx fragment or an API problem.
    """

    def __init__(self, code: str, message: "str | _StrPromise", field: str | None = None) -> None:
        super().__init__(code, str(message))
        self.code = code
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
