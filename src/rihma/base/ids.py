import uuid


def new_id() -> uuid.UUID:
    """Random, so that an address tells nothing about how many there are or what comes next."""
    return uuid.uuid4()
