"""What other areas' pages show of lessons and lectures."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.base.written import Written
from rihma.experiments.models import Experiment
from rihma.library.models import Lesson
from rihma.library.queries import listed
from rihma.programmes.models import Programme
from rihma.teams.models import Team

FEW = 6
PUBLISHED = Written(lambda programme: listed(Lesson.objects.published()).filter(programme=programme)[:FEW])


def programme_lessons(request: HttpRequest, programme: Programme) -> str:
    lessons = PUBLISHED(programme.pk)
    context = {"lessons": lessons, "lectures": programme.lectures.all(), "programme": programme}
    return render_to_string("library/of_programme.html", context, request)


def lesson_of_experiment(request: HttpRequest, experiment: Experiment) -> str:
    """On the experiment's page: its lesson, or the button that begins one."""
    lesson = Lesson.objects.filter(experiment=experiment).first()
    works = Team.objects.worked_by(person_of(request)).filter(pk=experiment.team_id).exists()
    ready = experiment.state in {"concluded", "decided", "published"}
    context = {"lesson": lesson, "experiment": experiment, "works": works, "ready": ready}
    return render_to_string("library/of_experiment.html", context, request)
