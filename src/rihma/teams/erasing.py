"""A team that is not in the programme, once nothing of it has to be kept any more."""

from django.db import transaction

from rihma.accounts.models import Person
from rihma.notices.erasing import forget_about
from rihma.programmes.models import Programme
from rihma.teams.models import Contact, Letter, Team

LETTER_MAILS = ("teams/notices/letter",)
CONTACT_MAILS = ("teams/notices/address_shown", "teams/notices/contact_reported")
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
    for contact in team.contacts.all():
        forget_contact(contact)
    team.contacts.all().delete()
    team.partners.all().delete()


@transaction.atomic
def forget_contact(contact: Contact) -> None:
    """What the two sides wrote to each other, the mails with it too. Whoever may write to no team any more still may not."""
    forget_about(LETTER_MAILS, contact.letters.values_list("pk", flat=True))
    forget_about(CONTACT_MAILS, [contact.pk, *(f"{contact.pk}:{one.pk}" for one in contact.shown_by.all())])
    if contact.barred_at is None:
        contact.delete()
        return
    contact.letters.all().delete()
    contact.shown_by.clear()
    contact.reported_because = ""
    contact.save(update_fields=["reported_because"])


@transaction.atomic
def erase_letters_of(programme: Programme, person: Person) -> int:
    """All that one person wrote to teams of this programme, or for one of them. What others wrote to them stays."""
    letters = Letter.objects.filter(by=person, contact__team__programme=programme)
    keys = [str(pk) for pk in letters.values_list("pk", flat=True)]
    forget_about(LETTER_MAILS, keys)
    Contact.objects.filter(team__programme=programme, reported_by=person).update(reported_because="")
    letters.delete()
    return len(keys)
