"""A team that is not in the programme, once nothing of it has to be kept any more."""

from django.db import transaction

from rihma.teams.models import Team

WORDS = ("phenomenon", "looking_for", "search_words", "experiment_idea")


@transaction.atomic
def forget(team: Team) -> None:
    """Its words and who was in it. Its name stays, because registers and decisions name it."""
    team = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    for name in WORDS:
        setattr(team, name, "")
    team.search_is_public = False
    team.save(update_fields=[*WORDS, "search_is_public"])
    team.members.all().delete()
    team.contacts.all().delete()
    team.partners.all().delete()
