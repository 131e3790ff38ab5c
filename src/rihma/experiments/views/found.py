"""How each view finds an experiment: through the person who asks."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from rihma.accounts.http import PersonRequest
from rihma.base.forms import Form
from rihma.experiments import queries
from rihma.experiments.models import Experiment


def worked(request: PersonRequest, experiment_id: UUID) -> Experiment:
    return get_object_or_404(queries.whole(Experiment.objects.worked_by(request.user)), pk=experiment_id)


def form_page(request: PersonRequest, name: str, found: Experiment, form: Form, **more: object) -> HttpResponse:
    context = {"experiment": found, "programme": found.team.programme, "form": form, **more}
    return render(request, f"experiments/{name}.html", context, status=422 if form.errors else 200)
