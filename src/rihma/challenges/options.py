"""What a question of the form offers that asks which challenge an application answers (`calls` asks by the settings)."""

from uuid import UUID

from rihma.calls.rules import Option
from rihma.challenges.models import Challenge


def options_of(call: UUID) -> tuple[Option, ...]:
    """Also those that take no more answers, so that an answer that chose one stays readable."""
    found = Challenge.objects.public().filter(call=call)
    return tuple(Option(str(one.pk), one.label, retired=not one.is_open) for one in found)
