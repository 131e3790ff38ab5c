"""The secret of an invitation's link is worked out from the server's key; the database holds its digest only."""

import base64
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

SECRET_BYTES = 16


def secret_of(invitation: UUID, generation: int) -> str:
    """`generation` goes up when somebody is invited anew, so that an old link opens nothing."""
    said = f"{invitation.hex}:{generation}"
    mac = salted_hmac("rihma.invitations.secret", said, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac[:SECRET_BYTES]).decode().rstrip("=")


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
