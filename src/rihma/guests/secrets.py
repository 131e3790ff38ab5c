"""A link's secret and code are worked out from the server's key, so that the database holds digests only, and the QR
code can be shown again to those who may see it.
"""

import base64
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import salted_hmac

from rihma.guests.rules import CODE_SIGNS, SIGNS

SECRET_BYTES = 16


def secret_of(link: UUID) -> str:
    """128 bits, for the address's fragment, which no server log ever sees."""
    return base64.urlsafe_b64encode(_mac("secret", link)[:SECRET_BYTES]).decode().rstrip("=")


def code_of(link: UUID) -> str:
    number, signs = int.from_bytes(_mac("code", link)), ""
    for _ in range(CODE_SIGNS):
        number, rest = divmod(number, len(SIGNS))
        signs += SIGNS[rest]
    return signs


def digest_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _mac(purpose: str, link: UUID) -> bytes:
    return salted_hmac(f"rihma.guests.{purpose}", link.hex, algorithm="sha256").digest()
