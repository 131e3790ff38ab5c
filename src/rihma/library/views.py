from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rihma.accounts.access import person_of, public, signed_in
from rihma.accounts.http import PersonRequest
from rihma.base.forms import posted
from rihma.base.seen import facts_of
from rihma.experiments.models import Experiment
from rihma.library import actions, rules
from rihma.library.filters import Filters
from rihma.library.forms import FIELDS, LessonForm, PublishForm, WithdrawForm
from rihma.library.models import Lesson
from rihma.library.queries import listed, narrowed
from rihma.library.records import lesson_record

A_PAGE = 24


@public
@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    filters = Filters.of(request.GET)
    found = narrowed(listed(Lesson.objects.published()), **filters.chosen)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "library/lessons.html", {"page": page, "filters": filters})


@public
@require_safe
def lesson(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(listed(Lesson.objects.visible_to(person_of(request))), slug=slug)
    context = {
        "lesson": found,
        "programme": found.programme,
        "team": found.experiment.team,
        "writes": Lesson.objects.written_by(person_of(request)).filter(pk=found.pk).exists(),
    }
    return render(request, "library/lesson.html", context, status=410 if found.state == "withdrawn" else 200)


@public
@require_safe
def lesson_json(request: HttpRequest, slug: str) -> JsonResponse:
    found = get_object_or_404(listed(Lesson.objects.published()), slug=slug)
    return JsonResponse(lesson_record(found), json_dumps_params={"ensure_ascii": False, "indent": 2})


@signed_in
@require_POST
def draft(request: PersonRequest, experiment_id: UUID) -> HttpResponse:
    experiment = get_object_or_404(Experiment.objects.worked_by(request.user), pk=experiment_id)
    return redirect("library:edit", actions.draft(experiment, by=request.user).pk)


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: PersonRequest, lesson_id: UUID) -> HttpResponse:
    found = _written(request, lesson_id)
    form = LessonForm.of(found, posted(request))

    def newest() -> dict[str, object]:
        return facts_of(Lesson.objects.get(pk=found.pk), FIELDS)

    if form.is_valid() and form.attempt_seen(
        actions.edit, found, form.seen_then, newest=newest, by=request.user, **form.texts
    ):
        messages.success(request, _("The lesson is saved."))
        return redirect("library:publish" if found.state != "published" else "library:lesson", _onward(found))
    return render(request, "library/edit.html", {**_page(found), "form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def publish(request: PersonRequest, lesson_id: UUID) -> HttpResponse:
    """The lesson as everybody will read it, with what it still lacks, and the button."""
    found = _written(request, lesson_id)
    form = PublishForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.publish, found, although=form.cleaned_data["although"], by=request.user)
    ):
        messages.success(request, _("The lesson is public."))
        return redirect(form.result)
    lacks = rules.missing_languages({name: getattr(found, name) for name in rules.TOLD}, settings.NATIONAL_LANGUAGES)
    return render(request, "library/publish.html", {**_page(found), "form": form, "lacks": _in_words(lacks)})


@signed_in
@require_http_methods(["GET", "POST"])
def withdraw(request: PersonRequest, lesson_id: UUID) -> HttpResponse:
    found = _written(request, lesson_id)
    form = WithdrawForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.withdraw, found, form.cleaned_data["because"], by=request.user)
    ):
        return redirect(form.result)
    return render(request, "library/withdraw.html", {**_page(found), "form": form})


def _written(request: PersonRequest, lesson_id: UUID) -> Lesson:
    return get_object_or_404(listed(Lesson.objects.written_by(request.user)), pk=lesson_id)


def _onward(found: Lesson) -> object:
    return found.slug if found.state == "published" else found.pk


def _page(found: Lesson) -> dict[str, object]:
    return {"lesson": found, "team": found.experiment.team, "programme": found.programme}


def _in_words(lacks: dict[str, list[str]]) -> list[str]:
    names = dict(settings.LANGUAGES)
    labels = LessonForm.base_fields
    return [
        f"{labels[name].label}: {', '.join(names[lang] for lang in languages)}"
        for name, languages in lacks.items()
        if name in FIELDS
    ]
