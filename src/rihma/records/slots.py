"""What other areas' pages show of cases and requests."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from rihma.accounts.access import person_of
from rihma.applications.models import Application
from rihma.programmes.models import Programme
from rihma.records.models import Case
from rihma.teams.queries import is_in


def case_of_application(request: HttpRequest, application: Application) -> str:
    """Its register number; to its team the marks of secrecy, to those who run the programme the copy and the archive."""
    case = Case.objects.filter(application=application).first()
    person = person_of(request)
    runs, writes = application.call.programme.is_run_by(person), is_in(application.team, person)
    context = {"application": application, "case": case, "runs": runs and not application.is_draft, "writes": writes}
    return render_to_string("records/case_of_application.html", context, request)


def programme_tools(request: HttpRequest, programme: Programme) -> str:
    """For those who run the programme."""
    return render_to_string("records/programme_tools.html", {"programme": programme}, request)


def ask_for_documents(request: HttpRequest, programme: Programme) -> str:
    """For everybody, on the programme's public page."""
    return render_to_string("records/ask_link.html", {"programme": programme}, request)
