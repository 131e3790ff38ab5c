"""Calendar files: of one workshop and of a programme for anybody, and of a person for whoever knows the address."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from rihma.accounts.access import public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.programmes.models import Programme
from rihma.workshops import actions
from rihma.workshops.ics import Entry, calendar
from rihma.workshops.links import feed_behind, feed_token
from rihma.workshops.models import Rsvp, Workshop
from rihma.workshops.queries import answers_of

ANYBODY = "public, max-age=300"
# A shared cache must not keep it, and a private one must ask each time: an old address is dead at once.
ONE_PERSON = "private, no-cache"


@public
@require_safe
def workshop(request: HttpRequest, workshop_id: UUID) -> HttpResponse:
    found = get_object_or_404(Workshop.objects.visible_to(None), pk=workshop_id)
    with translation.override(_language(request)):
        body = calendar([entry_of(found)], name=str(found.programme))
    response = _answer(request, body, caching=ANYBODY)
    response.headers["Content-Disposition"] = f'attachment; filename="workshop-{found.number}.ics"'
    return response


@public
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Programme.objects.public(), slug=slug)
    workshops = found.workshops.select_related("programme")
    with translation.override(_language(request)):
        body = calendar(map(entry_of, workshops), name=str(found))
    return _answer(request, body, caching=ANYBODY)


@public
@require_safe
def person(request: HttpRequest, token: str) -> HttpResponse:
    """All workshops of the person's teams and roles, with the links and their own answers; nothing of anybody else."""
    feed = feed_behind(token)
    if feed is None:
        raise Http404
    workshops = Workshop.objects.open_to(feed.person).filter(programme__in=Programme.objects.public())
    answers = answers_of(feed.person, workshops)
    with translation.override(_language(request, feed.person.language)):
        entries = [entry_of(each, participant=True, rsvp=answers.get(each.pk)) for each in workshops]
        body = calendar(entries, name=_("My workshops"))
    response = _answer(request, body, caching=ONE_PERSON)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@signed_in
@require_safe
def subscribe(request: PersonRequest) -> HttpResponse:
    """The address of one's own feed, and how to give it to a calendar."""
    address = settings.BASE_URL + reverse("calendar:person", args=[feed_token(actions.feed_of(request.user))])
    webcal = f"webcal://{address.partition('://')[2]}"
    context = {
        "address": address,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}",
        "outlook": f"https://outlook.office.com/calendar/0/addfromweb?{urlencode({'url': address, 'name': 'Rihma'})}",
    }
    return render(request, "workshops/subscribe.html", context)


@signed_in
@require_POST
def renew(request: PersonRequest) -> HttpResponse:
    actions.renew(request.user)
    messages.success(request, _("Your calendar has a new address. The old one no longer works."))
    return redirect("workshops:subscribe")


def entry_of(workshop: Workshop, *, participant: bool = False, rsvp: Rsvp | None = None) -> Entry:
    title = f"{workshop} – {workshop.programme}"
    return Entry(
        uid=f"{workshop.pk}@rihma",
        sequence=workshop.sequence,
        changed_at=workshop.changed_at,
        begins=workshop.begins,
        finishes=workshop.finishes,
        title=_("Cancelled: %(title)s") % {"title": title} if workshop.is_cancelled else title,
        place=workshop.place,
        text="\n\n".join(filter(None, text_of(workshop, participant=participant, rsvp=rsvp))),
        url=settings.BASE_URL + workshop.get_absolute_url(),
        cancelled=workshop.is_cancelled,
        free=bool(rsvp and rsvp.answer == Rsvp.Answer.NOT_COMING),
    )


def text_of(workshop: Workshop, *, participant: bool, rsvp: Rsvp | None) -> Iterable[str]:
    yield workshop.cancelled_because
    if participant and not workshop.is_cancelled:
        yield _("My answer: %(answer)s") % {"answer": answer_in_words(rsvp)}
    yield str(workshop.description)
    if workshop.bring:
        yield _("Bring: %(what)s") % {"what": workshop.bring}
    if participant and workshop.remote_link:
        yield _("Take part remotely: %(link)s") % {"link": workshop.remote_link}
    yield settings.BASE_URL + workshop.get_absolute_url()


def answer_in_words(rsvp: Rsvp | None) -> str:
    if rsvp is None:
        return _("not answered yet")
    waits = rsvp.state == Rsvp.State.WAITING
    return _("in the room, waiting for a seat") if waits else rsvp.get_answer_display()


def _answer(request: HttpRequest, body: bytes, *, caching: str) -> HttpResponse:
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = quote_etag(hashlib.sha256(body).hexdigest())
    response.headers["Cache-Control"] = caching
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def _language(request: HttpRequest, default: str = settings.LANGUAGE_CODE) -> str:
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else default
