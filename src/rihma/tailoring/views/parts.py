"""Where the parts of a draft are written, a page each."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import SeenForm, posted
from rihma.base.words import Words
from rihma.canvases import kinds
from rihma.canvases.kinds.reading import MOST_IN_A_ZONE
from rihma.tailoring import actions, choices, drafts
from rihma.tailoring.choices import Place
from rihma.tailoring.forms import (
    AddZoneForm,
    RemoveZoneForm,
    TextsForm,
    WordsForm,
    ZoneForm,
    first_texts,
    first_words,
    first_zone,
)
from rihma.tailoring.models import OwnKind
from rihma.tailoring.option_forms import OptionsForm, first_options
from rihma.tailoring.queries import canvases_on
from rihma.tailoring.tabs import tabs


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    own = _own(request, slug, key)
    form = TextsForm.of(own, posted(request))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        if form.attempt(actions.edit_texts, own, seen=seen, by=request.user, **form.texts()):
            return _saved(request, "tailoring:edit", own)
        _show_newer(form, own, first_texts)
    return render(request, "tailoring/edit.html", _page(own, "tailoring:edit") | {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def words(request: PersonRequest, slug: str, key: str, part: str) -> HttpResponse:
    """Of the items, or of the drawing where it has words of its own."""
    own = _own(request, slug, key)
    if part not in ("items", "layout") or not any(kinds.texts_in(own.draft[drafts.place_of(own.draft, part)])):
        raise Http404(part)
    form = WordsForm.of(own, part, posted(request))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        if form.attempt(actions.edit_words, own, part, form.words(), seen=seen, by=request.user):
            return _saved(request, "tailoring:words", own, part)
        _show_newer(form, own, lambda newest: first_words(newest, part))
    chosen = choices.places(own.draft) if part == "items" else []
    context = _page(own, "tailoring:words", part) | {"form": form, "part": part, "choices": _named(chosen)}
    return render(request, "tailoring/words.html", context)


def _named(places: Sequence[Place]) -> list[dict[str, Any]]:
    """For links to the words of each field in which one chooses."""
    return [
        {
            "item": place.item["key"],
            "field": place.field["key"],
            "of": Words(place.item["name"]),
            "name": Words(place.field["name"]),
        }
        for place in places
    ]


@signed_in
@require_http_methods(["GET", "POST"])
def options(request: PersonRequest, slug: str, key: str, item: str, field: str) -> HttpResponse:
    """The words among which one chooses in a field."""
    own = _own(request, slug, key)
    place = choices.place_in(own.draft, item, field)
    if place is None:
        raise Http404(field)
    form = OptionsForm.of(own, item, field, posted(request))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        if form.attempt(actions.edit_options, own, item, field, seen=seen, by=request.user, **form.said()):
            return _saved(request, "tailoring:words", own, "items")
        _show_newer(form, own, lambda newest: first_options(newest, item, field))
    context = _page(own, "tailoring:words", "items") | {"form": form, "place": _named([place])[0]}
    return render(request, "tailoring/options.html", context)


@signed_in
@require_safe
def zones(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    own = _own(request, slug, key)
    rows = []
    for zone in own.kind.zones:
        room = drafts.room_of(own.draft, zone.key)
        among = drafts.movable(own.draft, zone.key)
        rows.append(
            {
                "zone": zone,
                "up": zone.key in among[1:],
                "down": zone.key in among[:-1],
                "goes": room is not None,
                "limited": zone.most < MOST_IN_A_ZONE,
            }
        )
    return render(request, "tailoring/zones.html", _page(own, "tailoring:zones") | {"rows": rows})


@signed_in
@require_http_methods(["GET", "POST"])
def add_zone(request: PersonRequest, slug: str, key: str) -> HttpResponse:
    own = _own(request, slug, key)
    form = AddZoneForm.for_draft(own, posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.said()
        if form.attempt(actions.add_zone, own, form.cleaned_data["room"], said.pop("admits"), by=request.user, **said):
            return _saved(request, "tailoring:zones", own)
    context = _page(own, "tailoring:zones") | {"form": form, "heading": _("Add a zone")}
    return render(request, "tailoring/zone_form.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def edit_zone(request: PersonRequest, slug: str, key: str, zone: str) -> HttpResponse:
    own = _with_zone(request, slug, key, zone)
    form = ZoneForm.of(own, zone, posted(request))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        if form.attempt(actions.edit_zone, own, zone, seen=seen, by=request.user, **form.said()):
            return _saved(request, "tailoring:zones", own)
        _show_newer(form, own, lambda newest: first_zone(newest, zone))
    context = _page(own, "tailoring:zones") | {"form": form, "heading": _("Edit the zone")}
    return render(request, "tailoring/zone_form.html", context)


@signed_in
@require_POST
def move_zone(request: PersonRequest, slug: str, key: str, zone: str) -> HttpResponse:
    own = _with_zone(request, slug, key, zone)
    actions.move_zone(own, zone, up="up" in request.POST, by=request.user)
    return redirect("tailoring:zones", slug, key)


@signed_in
@require_http_methods(["GET", "POST"])
def remove_zone(request: PersonRequest, slug: str, key: str, zone: str) -> HttpResponse:
    own = _with_zone(request, slug, key, zone)
    form = RemoveZoneForm.of(own, zone, posted(request))
    if request.method == "POST" and form.is_valid():
        if form.attempt(actions.remove_zone, own, zone, by=request.user, **form.cleaned_data):
            return _saved(request, "tailoring:zones", own)
        _show_newer(form, own, lambda newest: {"seen": first_zone(newest, zone)["seen"]})
    there = drafts.zone_in(own.draft, zone) or {}
    context = _page(own, "tailoring:zones") | {
        "form": form,
        "zone": Words(there.get("name", {})),
        "canvases": canvases_on(own),
        "has_heir": bool(drafts.heirs(own.draft, zone)),
        "heading": _("Remove the zone"),
    }
    return render(request, "tailoring/remove_zone.html", context)


def _show_newer(form: SeenForm, own: OwnKind, first: Callable[[OwnKind], dict[str, Any]]) -> None:
    newest = OwnKind.objects.get(pk=own.pk)
    facts = first(newest)
    form.show_newer(facts, str(facts.pop("seen")))


def _saved(request: PersonRequest, route: str, own: OwnKind, *more: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(route, own.programme.slug, own.key, *more)


def _own(request: PersonRequest, slug: str, key: str) -> OwnKind:
    found = OwnKind.objects.run_by(request.user).select_related("programme")
    return get_object_or_404(found, programme__slug=slug, key=key)


def _with_zone(request: PersonRequest, slug: str, key: str, zone: str) -> OwnKind:
    """A zone that somebody removed meanwhile is still found by who saves, so that the action says what happened."""
    own = _own(request, slug, key)
    if request.method == "GET" and drafts.zone_in(own.draft, zone) is None:
        raise Http404(zone)
    return own


def _page(own: OwnKind, route: str, part: str = "") -> dict[str, Any]:
    return {"own": own, "programme": own.programme, "tabs": tabs(own, route, part)}
