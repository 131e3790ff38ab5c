"""What stands on the frame of every page: the main menu and the links at the foot."""

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string


def menu(request: HttpRequest, _user: object) -> str:
    return render_to_string("site/menu.html", {}, request)


def foot(request: HttpRequest, _user: object) -> str:
    return render_to_string("site/foot.html", {"source_url": settings.SOURCE_URL}, request)
