"""What a team answers after it has submitted, because the call asks for it by a later day."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rihma.accounts.access import signed_in
from rihma.accounts.http import PersonRequest
from rihma.applications import actions
from rihma.applications.answers import field_of, missing, name_of
from rihma.applications.answers.files import is_sent_apart
from rihma.applications.answers.organisations import ask_back, asks_back
from rihma.applications.answers.reading import files_at
from rihma.applications.found import every
from rihma.applications.models import Application
from rihma.applications.queries import asked_later, taken_places, today_of
from rihma.base.forms import Form, posted
from rihma.calls.rules import Asked, Value


class LaterForm(Form):
    def __init__(self, application: Application, questions: Sequence[Asked], data: QueryDict | None) -> None:
        super().__init__(data, initial={name_of(one): application.answers.get(one.key) for one in questions})
        self.application, self.questions = application, questions
        self.taken = taken_places(application, questions)
        for one in questions:
            value, taken = application.answers.get(one.key), self.taken.get(one.key)
            self.fields[name_of(one)] = field_of(one, value, taken, files_at(application))

    @property
    def answers(self) -> dict[str, Value]:
        """What is typed. Files are there already, and may be more than when this form was made."""
        names = {one.key: name_of(one) for one in self.questions}
        return {key: self.cleaned_data[name] for key, name in names.items() if not is_sent_apart(self.fields[name])}

    @property
    def faults(self) -> list[str]:
        """What the answers still lack; they are kept all the same."""
        today = today_of(self.application.call)
        return [
            words
            for one in self.questions
            for words in missing(one, self.cleaned_data[name_of(one)], today=today, taken=self.taken.get(one.key))
        ]


@signed_in
@require_http_methods(["GET", "POST"])
def answer_later(request: PersonRequest, application_id: UUID) -> HttpResponse:
    found = get_object_or_404(every().written_by(request.user).filter(state="submitted"), pk=application_id)
    questions = asked_later(found, today_of(found.call))
    form = LaterForm(found, questions, posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and form.attempt(actions.answer_later, found, form.answers, by=request.user)
    ):
        if request.POST.get("files"):
            return redirect("applications:files", found.pk, request.POST["files"])
        if asks_back(form):
            again = LaterForm(form.result, questions, None)
            if ask_back(again, form):
                return _page(request, found, again, status=422)
        for words in form.faults:
            messages.warning(request, words)
        messages.success(request, _("Your answers are saved."))
        return redirect("applications:application", found.pk)
    return _page(request, found, form)


def _page(request: PersonRequest, found: Application, form: LaterForm, status: int = 200) -> HttpResponse:
    about = {"application": found, "call": found.call, "programme": found.call.programme, "team": found.team}
    drawn = [{"question": one, "field": form[name_of(one)]} for one in form.questions]
    context = {**about, "form": form, "drawn": drawn}
    return render(request, "applications/answer_later.html", context, status=status)
