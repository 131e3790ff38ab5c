from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from rihma import __version__
from rihma.accounts.access import person_of, public
from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.written import Written
from rihma.calls.queries import answerable
from rihma.history.queries import news_for
from rihma.insights.queries import stages_of
from rihma.library.models import Lesson
from rihma.library.queries import listed
from rihma.programmes.models import Programme
from rihma.site import tasks
from rihma.teams.models import Team
from rihma.teams.queries import read_places

FEW = 6


def _teams(person: UUID) -> QuerySet[Team]:
    """Those in which the person has a place, and those that they mentor, each marked."""
    own = (
        Team.objects.with_member(Person(pk=person))
        .exclude(state__in=[Team.State.LEFT, Team.State.CONTINUED])
        .order_by()
        .values("pk")
    )
    guided = Team.objects.admitted().filter(mentors=person).order_by().values("pk")
    marks = {"is_own": Q(pk__in=own), "is_guided": Q(pk__in=guided)}
    marked = {name: ExpressionWrapper(mark, output_field=BooleanField()) for name, mark in marks.items()}
    found = Team.objects.filter(marks["is_own"] | marks["is_guided"]).annotate(**marked)
    return found.select_related("programme", "theme", "application__call")


TEAMS = Written(_teams)
RUN = Written(lambda person: Programme.objects.run_by(Person(pk=person)))


@public
@require_safe
def front_door(request: HttpRequest) -> HttpResponse:
    """The address without a language leads to the reader's own."""
    response = redirect("home")
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To somebody known: what to do next. To everybody else: what is open and what was learned."""
    person = person_of(request)
    if person:
        return render(request, "site/my_page.html", _mine(person))
    now = clock.now()
    calls = answerable(now)
    lessons = listed(Lesson.objects.published())[:FEW]
    return render(request, "site/home.html", {"calls": calls, "lessons": lessons})


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    context = {"version": __version__, "source_url": settings.SOURCE_URL, "contact": settings.CONTACT}
    return render(request, "site/about.html", context)


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html", {"contact": settings.CONTACT})


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html", {"contact": settings.CONTACT})


def _mine(person: Person) -> dict[str, object]:
    now = clock.now()
    every = TEAMS(person.pk)
    teams = [team for team in every if vars(team)["is_own"]]
    read_places(teams)
    runs = RUN(person.pk)
    stages = stages_of([team for team in teams if team.state == Team.State.ADMITTED], now)
    return {
        "person": person,
        "today": now,
        "tasks": tasks.next_for(person, now, teams, runs),
        "teams": [(team, stages.get(team.pk)) for team in teams],
        "mentored": [team for team in every if vars(team)["is_guided"]],
        "runs": runs,
        "events": news_for(person, [team.pk for team in teams]),
    }
