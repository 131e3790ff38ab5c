from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rihma.base.access import public


@public
def front_door(request: HttpRequest) -> HttpResponse:
    """The address without a language leads to the reader's own."""
    response = redirect("home")
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "site/home.html")
