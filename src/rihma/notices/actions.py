from uuid import UUID

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from rihma.accounts.models import Person
from rihma.notices.models import Message


@transaction.atomic
def tell(kind: str, to: Person, *, key: str, scope: UUID | None = None, **context: object) -> Message:
    """Put a message in the outbox; telling the same (kind, person, key) again does nothing.

    `kind` names the template `<kind>.txt`: its first line is the subject, the rest the body.
    """
    known = Message.objects.filter(kind=kind, to=to, key=key).first()
    if known:
        return known
    with translation.override(to.language):
        subject, body = _render(kind, {**context, "to": to})
    return Message.objects.create(
        kind=kind, key=key, scope=scope, to=to, language=to.language, subject=subject, body=body
    )


def _render(kind: str, context: dict[str, object]) -> tuple[str, str]:
    subject, _, body = render_to_string(f"{kind}.txt", context).strip().partition("\n")
    return " ".join(subject.split())[:300], body.strip() + "\n"
