"""Two people at one form: both open it, the second saves after the first."""

from typing import Any, cast

from django.forms import Form
from django.http import QueryDict
from django.test import Client


def seen_on(client: Client, page: str) -> str:
    """The mark of what the form on a page was filled from."""
    return str(client.get(page).context["form"]["seen"].value())


def form_of(answer: Any) -> Form:
    form = answer.context["form"]
    assert isinstance(form, Form)
    return form


def as_shown(form: Form) -> dict[str, str]:
    """What a browser sends when the form is saved just as the page shows it."""
    return {name: str(values[-1]) for name, values in cast("QueryDict", form.data).lists()}
