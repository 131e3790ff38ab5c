from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rihma.accounts.models import Person
from rihma.base.forms import posted
from rihma.canvases import kinds
from rihma.canvases.access import WhoRequest, open_to_guests
from rihma.canvases.kinds import Kind
from rihma.canvases.models import Canvas
from rihma.canvases.rules import check_known
from rihma.facilitation import actions, exports, queries, rules
from rihma.facilitation.answers import done, dots, page_of, part, placed, voted
from rihma.facilitation.forms import FocusForm, PlaceForm, TimerForm, VoteForm
from rihma.facilitation.models import Vote


@open_to_guests
def now(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    """What stands above the canvas, asked for again when something about it has changed."""
    canvas = _seen(request, canvas_id)
    return done(request, canvas) if request.htmx else redirect(canvas)


@open_to_guests
def votes(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    """All of them, the newest first."""
    canvas = _seen(request, canvas_id)
    context = page_of(request, canvas) | {"votes": canvas.votes.counted().newest_first()}
    return render(request, "facilitation/votes.html", context)


@open_to_guests
def vote(request: WhoRequest, canvas_id: UUID, vote_id: UUID) -> HttpResponse:
    """One vote and, once they are shown, its results."""
    canvas, vote = _vote(request, canvas_id, vote_id)
    context = page_of(request, canvas) | {"vote": vote, "standing": queries.standing(vote, canvas, request.who)}
    return render(request, "facilitation/vote.html", context)


@open_to_guests
def export_vote(request: WhoRequest, canvas_id: UUID, vote_id: UUID) -> HttpResponse:
    canvas, vote = _vote(request, canvas_id, vote_id)
    rules.check_may_export_vote(is_shown=vote.shows_results)
    standing = queries.standing(vote, canvas, request.who)
    response = HttpResponse(exports.to_csv(standing.rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="votes.csv"'
    return response


@open_to_guests
def start_vote(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    """Anew as the last one was, to be changed or not."""
    canvas, person = _led(request, canvas_id)
    last = canvas.votes.newest_first().first()
    names = ("title", "budget", "most", "results", "zones")
    initial = {name: getattr(last, name) for name in names} if last and "again" in request.GET else {}
    form = VoteForm(_kind(canvas), posted(request), initial=initial)
    if form.is_valid() and form.attempt(actions.start_vote, canvas, by=person, **form.cleaned_data):
        return voted(request, canvas)
    return _opened(request, canvas, form, _("Start a vote"))


@open_to_guests
@require_POST
def close_vote(request: WhoRequest, canvas_id: UUID, vote_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    actions.close_vote(get_object_or_404(canvas.votes, pk=vote_id), by=person)
    return voted(request, canvas)


@open_to_guests
@require_POST
def reopen_vote(request: WhoRequest, canvas_id: UUID, vote_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    actions.reopen_vote(get_object_or_404(canvas.votes, pk=vote_id), by=person)
    return voted(request, canvas)


@open_to_guests
def dots_on(request: WhoRequest, canvas_id: UUID, vote_id: UUID, item_id: UUID) -> HttpResponse:
    """In the panel of an item, asked for again when somebody has voted."""
    canvas, _found = _vote(request, canvas_id, vote_id)
    context = dots(request, canvas, item_id, in_panel=True)
    return render(request, "facilitation/dots.html", context) if request.htmx else redirect(canvas)


@open_to_guests
@require_POST
def place_dot(request: WhoRequest, canvas_id: UUID, vote_id: UUID, item_id: UUID) -> HttpResponse:
    canvas = get_object_or_404(Canvas.objects.worked_by(request.who), pk=canvas_id)
    actions.place_dot(get_object_or_404(canvas.votes, pk=vote_id), item_id, by=request.who)
    return placed(request, canvas, item_id)


@open_to_guests
@require_POST
def take_dot(request: WhoRequest, canvas_id: UUID, vote_id: UUID, item_id: UUID) -> HttpResponse:
    canvas = get_object_or_404(Canvas.objects.worked_by(request.who), pk=canvas_id)
    actions.take_dot(get_object_or_404(canvas.votes, pk=vote_id), item_id, by=request.who)
    return placed(request, canvas, item_id)


@open_to_guests
def start_timer(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    form = TimerForm(_kind(canvas), posted(request))
    if form.is_valid() and form.attempt(actions.start_timer, canvas, by=person, **form.cleaned_data):
        return done(request, canvas)
    return _opened(request, canvas, form, _("Start a timer"))


@open_to_guests
@require_POST
def extend_timer(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    actions.extend_timer(canvas, by=person)
    return done(request, canvas)


@open_to_guests
@require_POST
def stop_timer(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    actions.stop_timer(canvas, by=person)
    return done(request, canvas)


@open_to_guests
def focus(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    form = FocusForm(_kind(canvas), posted(request))
    if form.is_valid() and form.attempt(actions.focus, canvas, by=person, **form.cleaned_data):
        return done(request, canvas)
    return _opened(request, canvas, form, _("Ask everybody to look"))


@open_to_guests
@require_POST
def end_focus(request: WhoRequest, canvas_id: UUID) -> HttpResponse:
    canvas, person = _led(request, canvas_id)
    actions.end_focus(canvas, by=person)
    return done(request, canvas)


def _seen(request: WhoRequest, canvas_id: UUID) -> Canvas:
    return get_object_or_404(Canvas.objects.seen_by(request.who).select_related("team", "programme"), pk=canvas_id)


def _vote(request: WhoRequest, canvas_id: UUID, vote_id: UUID) -> tuple[Canvas, Vote]:
    canvas = _seen(request, canvas_id)
    return canvas, get_object_or_404(Vote.objects.counted(), canvas=canvas, pk=vote_id)


def _led(request: WhoRequest, canvas_id: UUID) -> tuple[Canvas, Person]:
    """Those with an account who work there lead; guests take part."""
    if not isinstance(request.who, Person):
        raise Http404
    mine = Canvas.objects.worked_by(request.who).select_related("team", "programme")
    return get_object_or_404(mine, pk=canvas_id), request.who


def _kind(canvas: Canvas) -> Kind:
    return check_known(kinds.of(canvas))


def _opened(request: WhoRequest, canvas: Canvas, form: PlaceForm, heading: str) -> HttpResponse:
    context = page_of(request, canvas) | {"form": form, "heading": heading}
    return part(request, "facilitation/form.html", context, failed=form)
