import uuid


def new_id() -> uuid.UUID:
    """Random, so that an address tells nothing about how many there are or what comes next."""
    return uuid.uuid4()


def id_of(said: str) -> uuid.UUID | None:
    """As a page sends it back; none where it is no id."""
    try:
        return uuid.UUID(said)
    except ValueError:
        return None
