from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from rihma.calls.rules import Asked

CHALLENGE = "challenge"


def with_options(asked: Asked, call: UUID) -> Asked:
    """A question for a challenge offers those there are, which the area knows that the settings name: it stands above."""
    if asked.kind != CHALLENGE:
        return asked
    return replace(asked, options=import_string(settings.CALL_CHALLENGES)(call))
