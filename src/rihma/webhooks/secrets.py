"""An endpoint's secret is worked out from the server's key, so the database holds nothing that could sign.

After a change of the server's key, the old one goes on signing too for as long as the operator keeps it among the old
keys: receivers believe either signature.
"""

import base64
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

SECRET_BYTES = 32


def secret_of(endpoint: UUID, generation: int) -> str:
    """As the receiver is given it."""
    return f"whsec_{base64.b64encode(_mac(endpoint, generation, settings.SECRET_KEY)).decode()}"


def secrets_of(endpoint: UUID, *generations: int) -> Iterator[bytes]:
    """All that sign a message, the newest first."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        for generation in generations:
            yield _mac(endpoint, generation, key)


def _mac(endpoint: UUID, generation: int, key: str) -> bytes:
    said = f"{endpoint.hex}:{generation}"
    return salted_hmac("rihma.webhooks.secret", said, secret=key, algorithm="sha256").digest()[:SECRET_BYTES]
