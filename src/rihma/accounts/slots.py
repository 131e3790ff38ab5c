"""What other areas' pages show of accounts."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.models import Person


def person_menu(request: HttpRequest, _person: Person) -> str:
    return render_to_string("accounts/person_menu.html", {}, request)
