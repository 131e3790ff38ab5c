"""What goes of an application when it has been kept for as long as its programme keeps it."""

from django.db import transaction

from rihma.applications import challenges
from rihma.applications.actions.letting_go import forget_files, let_go
from rihma.applications.actions.naming import keep_named
from rihma.applications.actions.row import locked
from rihma.applications.fields import ANSWER
from rihma.applications.models import Application, Wordlist
from rihma.teams import erasing as teams
from rihma.teams.models import Team


@transaction.atomic
def forget_draft(application: Application) -> None:
    """One that was never sent: all of it, and its team where that was formed for nothing else."""
    application = locked(application)
    team = application.team
    forget_files(application.files.all())
    application.delete()
    if team.state == Team.State.FORMING:
        team.delete()
    else:
        teams.forget(team)


@transaction.atomic
def forget_content(application: Application) -> None:
    """One that arrived: what was written, and who wrote it. That it arrived, when, and its digest stay as proof."""
    application = locked(application)
    application.answers, application.edits, application.written = {}, {}, {}
    application.save(update_fields=["answers", "edits", "written"])
    keep_named(application)
    application.receipts.update(content={})
    Wordlist.objects.filter(application=application).delete()
    application.uptakes.all().delete()
    forget_files(application.files.all())
    teams.forget(application.team)


@transaction.atomic
def forget_answer(application: Application, key: str) -> None:
    """One answer, wherever it stands; the digests of its receipts stay as proof of what arrived."""
    application = locked(application)
    name = f"{ANSWER}{key}"
    application.answers = {one: value for one, value in application.answers.items() if one != key}
    application.edits = {one: value for one, value in application.edits.items() if one != name}
    application.written = {one: value for one, value in application.written.items() if one != name}
    application.save(update_fields=["answers", "edits", "written"])
    keep_named(application)
    for receipt in application.receipts.all():
        if receipt.content.get("answers", {}).pop(key, None) is not None:
            receipt.save(update_fields=["content"])
    challenges.take_up(application)
    let_go(application)
    # Gathered anew by the next round, from what is left.
    Wordlist.objects.filter(application=application).delete()
