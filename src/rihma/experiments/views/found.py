"""How each view finds an experiment: through the person who asks."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from rihma.accounts.http import PersonRequest
from rihma.base.forms import Form
from rihma.experiments import queries
from rihma.experiments.models import Experiment


def worked(request: PersonRequest, experiment_id: UUID) -> Experiment:
    return _there(queries.WORKED.first(experiment_id, request.user.pk))


def seen(request: PersonRequest, experiment_id: UUID) -> Experiment:
    return _there(queries.SEEN.first(experiment_id, request.user.pk))


def _there(found: Experiment | None) -> Experiment:
    if found is None:
        raise Http404
    return found


def form_page(request: PersonRequest, name: str, found: Experiment, form: Form, **more: object) -> HttpResponse:
    context = {"experiment": found, "programme": found.team.programme, "form": form, **more}
    return render(request, f"experiments/{name}.html", context, status=422 if form.errors else 200)
