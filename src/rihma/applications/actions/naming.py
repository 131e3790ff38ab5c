from rihma.actors.counting import id_in
from rihma.actors.models import Organisation
from rihma.applications.models import Application, NamedOrganisation
from rihma.calls.models import Question


def keep_named(application: Application) -> None:
    """Rows beside the answers that name organisations of the register; the caller has saved what was submitted."""
    before = NamedOrganisation.objects.filter(application=application)
    ids = {key: pk for key, value in application.answers.items() if (pk := id_in(value))}
    if ids == dict(before.values_list("question__key", "organisation")):
        return
    before.delete()
    # Of one that was merged meanwhile, the one that it is now.
    now = dict(Organisation.objects.filter(pk__in=ids.values()).values_list("pk", "same_as"))
    asked = Question.objects.filter(call=application.call_id, kind=Question.Kind.ORGANISATION, key__in=ids)
    NamedOrganisation.objects.bulk_create(
        NamedOrganisation(application=application, question=one, organisation_id=now[ids[one.key]] or ids[one.key])
        for one in asked
        if ids[one.key] in now
    )
