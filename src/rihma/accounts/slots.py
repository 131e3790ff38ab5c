"""What other areas' pages show of accounts."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from rihma.accounts.models import Person
from rihma.base import unsent


def unsent_notice(request: HttpRequest, person: object) -> str:
    """On every page but the one it was typed on, to whoever wrote it."""
    kept = unsent.kept_for(request) if isinstance(person, Person) else None
    if kept is None or request.path in (kept.path, reverse("accounts:unsent")):
        return ""
    return render_to_string("accounts/unsent_notice.html", {"unsent": kept}, request)


def person_menu(request: HttpRequest, _person: Person) -> str:
    return render_to_string("accounts/person_menu.html", {}, request)
