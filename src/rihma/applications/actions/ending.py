from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from rihma.accounts.models import Person
from rihma.applications import rules
from rihma.applications.actions.row import locked, note, tell_elsewhere
from rihma.applications.models import Application
from rihma.teams.actions import take_down_card


@transaction.atomic
def withdraw(application: Application, *, by: Person) -> Application:
    """Taken back by the team, which looks for nobody any more; what arrived and its receipt stay known."""
    application = locked(application)
    rules.check_may_withdraw(application.state)
    application.state = Application.State.WITHDRAWN
    application.save(update_fields=["state"])
    note(application, "withdrawn", by)
    take_down_card(application.team, by=by)
    tell_elsewhere("application.withdrawn", application)
    for path in settings.APPLICATION_WITHDRAWN:
        import_string(path)(application, by=by)
    return application


@transaction.atomic
def merge(application: Application, into: Application, *, by: Person) -> Application:
    """It goes on as part of another: it can be read as it was sent, and is no longer chosen from."""
    application = locked(application)
    rules.check_may_merge(application.state, into.state)
    application.state = Application.State.MERGED
    application.save(update_fields=["state"])
    note(application, "merged", by, into=str(into.pk))
    return application
