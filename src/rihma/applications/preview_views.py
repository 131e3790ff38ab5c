"""The form of a call as others will see it, before anybody does: per language and per reader.

Here and not beside the form builder, because only this area knows how answers are drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications.answers import field_of, name_of
from rihma.applications.answers.drawing import DrawnField, FormPart, progress
from rihma.applications.queries import asked
from rihma.base.parts import Option
from rihma.calls.models import Call, Question
from rihma.calls.question_form import QuestionForm
from rihma.calls.rules import FULL, IDEA, Asked, visible
from rihma.calls.tabs import tabs

ROLES = {
    "applicants": gettext_lazy("Applicants"),
    "jurors": gettext_lazy("Jurors"),
    "teams": gettext_lazy("Other teams"),
    "public": gettext_lazy("Everybody"),
}


@dataclass(frozen=True)
class Look:
    """What somebody wants to see the form as."""

    language: str
    role: str
    # `idea` or `full`, in a call that has two stages
    stage: str = ""

    @classmethod
    def of(cls, request: HttpRequest, *, staged: bool = False) -> "Look":
        given = request.POST if request.method == "POST" else request.GET
        language, role = given.get("lang", ""), given.get("role", "")
        spoken = dict(settings.LANGUAGES)
        here = translation.get_language() or settings.LANGUAGE_CODE
        stage = FULL if given.get("stage") == FULL else IDEA
        return cls(
            language if language in spoken else here, role if role in ROLES else "applicants", stage if staged else ""
        )

    def at(self, **other: str) -> str:
        """The address of the same look with something else."""
        said = {"lang": self.language, "role": self.role, **({"stage": self.stage} if self.stage else {}), **other}
        return f"?{urlencode(said)}"

    @property
    def spoken(self) -> list[tuple[str, str]]:
        return [(str(code), str(name)) for code, name in settings.LANGUAGES]

    def languages(self) -> list[Option]:
        return [Option(spoken, self.at(lang=code), active=code == self.language) for code, spoken in settings.LANGUAGES]

    def roles(self) -> list[Option]:
        return [Option(name, self.at(role=role), active=role == self.role) for role, name in ROLES.items()]

    def stages(self) -> list[Option]:
        named = {IDEA: _("Idea stage"), FULL: _("Full stage")} if self.stage else {}
        return [Option(name, self.at(stage=stage), active=stage == self.stage) for stage, name in named.items()]


@signed_in
@require_safe
def preview(request: PersonRequest, slug: str) -> HttpResponse:
    """The whole form in one language: for applicants to be filled, for readers what they will see of it."""
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    look = Look.of(request, staged=call.is_staged)
    context = {
        "call": call,
        "programme": call.programme,
        "tabs": tabs(call, "calls:questions"),
        "look": look,
        "drawn": _drawn_form(request, call, look),
    }
    return render(request, "applications/preview.html", context)


@signed_in
@require_POST
def preview_question(request: PersonRequest, slug: str) -> HttpResponse:
    """One question while it is written, however unfinished."""
    call = get_object_or_404(Call.objects.run_by(request.user), programme__slug=slug)
    kind = request.POST.get("kind", "")
    if kind not in Question.Kind.values:
        return HttpResponse(status=422)
    form = QuestionForm(kind, asked(call), list(call.sections.current()), request.POST, staged=call.is_staged)
    form.is_valid()
    return HttpResponse(_drawn_question(request, form.drafted(_("Your question")), Look.of(request)))


def _drawn_form(request: HttpRequest, call: Call, look: Look) -> SafeString:
    questions = [one for one in asked(call) if one.is_asked_in(look.stage)]
    with translation.override(look.language):
        sections = _sections(call, questions)
        context = {"sections": sections, "role": look.role, "programme": call.programme}
        if look.role != "applicants":
            context["read"] = {one.key for one in questions if one.is_read_by(look.role)}
        template = (
            "applications/preview_form.html" if look.role == "applicants" else "applications/preview_reading.html"
        )
        return render_to_string(template, context, request)


def _sections(call: Call, questions: Sequence[Asked]) -> list[FormPart]:
    form = _form(questions)
    parts = progress(call, questions, {})
    seen = {one.key for one in visible(questions, {})}
    for one in questions:
        parts[one.section].fields.append(DrawnField(one, {"field": form[name_of(one)]}, one.key not in seen))
    return [part for part in parts.values() if part.fields]


def _form(questions: Iterable[Asked]) -> forms.Form:
    form = forms.Form(auto_id="preview_%s")
    for one in questions:
        form.fields[name_of(one)] = field_of(one)
    return form


def _drawn_question(request: HttpRequest, one: Asked, look: Look) -> SafeString:
    with translation.override(look.language):
        context = {"question": one, "field": _form([one])[name_of(one)], "look": look}
        return render_to_string("applications/preview_question.html", context, request)
