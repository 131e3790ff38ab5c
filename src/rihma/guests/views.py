from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from rihma.accounts.access import person_of, public
from rihma.accounts.http import place_of
from rihma.base.forms import posted
from rihma.guests import access, actions, rules
from rihma.guests.forms import ComeForm
from rihma.guests.places import address_of


@public
def come(request: HttpRequest, link_id: UUID | None = None) -> HttpResponse:
    """The door of a link: by QR code the address holds the secret in its fragment, else the code is typed.

    Looking at the page uses nothing up: previews of messengers come here, too.
    """
    form = ComeForm(posted(request), initial={"language": request.LANGUAGE_CODE})
    if form.is_valid() and form.attempt(_come, request, link_id, form.cleaned_data):
        address, secret = form.result
        response = redirect(address)
        if secret:
            access.remember(request, response, secret)
        return response
    return render(request, "guests/come.html", {"form": form})


def _come(request: HttpRequest, link_id: UUID | None, said: dict[str, str]) -> tuple[str, str]:
    link = actions.find_by_secret(link_id, said["secret"]) if link_id and said["secret"] else None
    if link is None and said["code"]:
        link = actions.find_by_code(said["code"], place=place_of(request))
    with translation.override(said["language"]):
        address = address_of(link.key) if link else None
    if link is None or address is None:
        raise rules.unknown()
    known = access.guest_of(request, link.key)
    if known and known.link_id == link.pk:
        return address, ""
    _guest, secret = actions.come_in(link, name=said["name"], language=said["language"], person=person_of(request))
    return address, secret
