"""How a message reads before it is in the outbox: for `tell`, and for whoever wants to read it before it goes."""

from django.template import Context, Engine
from django.utils import translation

from rihma.accounts.models import Person


def drafted(kind: str, to: Person, **context: object) -> tuple[str, str]:
    """Subject and body as this person gets them: plain text, in which an ampersand stays one."""
    template = Engine.get_default().get_template(f"{kind}.txt")
    with translation.override(to.language):
        text = template.render(Context({**context, "to": to}, autoescape=False))
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split())[:300], body.strip() + "\n"
