from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rihma.base.access import public
from rihma.notices.queries import last_mails


@public
def mailbox(request: HttpRequest) -> HttpResponse:
    """In a demo nothing leaves the machine: sign-in codes and receipts are read here instead."""
    if not settings.DEMO:
        raise Http404
    return render(request, "notices/mailbox.html", {"mails": last_mails(settings.MAIL_DIR)})
