from msgspec import Struct


class Settings(Struct, frozen=True):
    """From where sockets may be opened, and how much each sender and each server takes."""

    origins: list[str]
    per_second: float = 30
    burst: float = 120
    most: int = 5000
    most_each: int = 8
    retry_after: float = 1.0
    # A ticket that was given to a signed-in browser opens a socket in that browser only.
    session_cookie: str = "session"
    # how long somebody may not read what was sent to them
    patience: float = 30
