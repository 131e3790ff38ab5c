"""Who may read which file: whoever may read the answer that names it."""

from uuid import UUID

from rihma.accounts.models import Person
from rihma.applications.answers.reading import Role, visible_answers
from rihma.applications.models import AnswerFile, Application
from rihma.applications.models.file import ids_in
from rihma.calls.models import Call
from rihma.teams.models import Team


def file_read_by(person: Person | None, application_id: UUID, key: str, file_id: UUID) -> AnswerFile | None:
    found = AnswerFile.objects.filter(application=application_id, key=key, pk=file_id).first()
    if found is None:
        return None
    application = Application.objects.select_related("call", "receipt").get(pk=application_id)
    return found if str(file_id) in _readable(person, application, key) else None


def _readable(person: Person | None, application: Application, key: str) -> set[str]:
    """The files of this answer that somebody may read."""
    own = Application.objects.filter(pk=application.pk)
    if own.written_by(person).exists():
        return {str(pk) for pk in application.files.filter(key=key).values_list("pk", flat=True)}
    if own.handled_by(person).exists():
        # What arrived, be it with a version that no longer counts; not what is written since.
        arrived = application.receipts.values_list("content__answers", flat=True)
        return ids_in([application.answers.get(key), *(one.get(key) for one in arrived if one)])
    role = _role(person, application)
    if role is None:
        return set()
    shown = [one.value for one in visible_answers(application, role) if one.question.key == key]
    return ids_in(shown)


def _role(person: Person | None, application: Application) -> Role | None:
    """Others read only what teams told that are in the programme, as the page of the answers shows it."""
    admitted = Team.objects.admitted().filter(programme=application.call.programme_id)
    if application.state != Application.State.SUBMITTED or not admitted.filter(pk=application.team_id).exists():
        return None
    if not Call.objects.visible_to(person).filter(pk=application.call_id).exists():
        return None
    return "teams" if admitted.with_member(person).exists() else "public"
