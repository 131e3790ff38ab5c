"""Whom one invited, once that has not to be kept any more."""

from django.db import transaction

from rihma.accounts.models import Person
from rihma.invitations.models import Invitation
from rihma.invitations.rules import MOST_MAILS
from rihma.notices.erasing import forget_about
from rihma.programmes.models import Programme

MAILS = ("invitations/notices/invitation",)


@transaction.atomic
def forget_invitation(invitation: Invitation) -> None:
    """Who was invited, with which words, and what they answered. What they applied with is kept for itself."""
    generations = range(1, invitation.generation + 1)
    mails = range(1, MOST_MAILS + 1)
    forget_about(MAILS, [f"{invitation.pk}:{one}:{mail}" for one in generations for mail in mails])
    invitation.delete()


def erase_words_about(programme: Programme, person: Person) -> int:
    """What others called somebody and wrote to them when they invited them; that they may apply stays.

    Answers with nothing erased, because nobody else's words are counted as theirs.
    """
    Invitation.objects.filter(call__programme=programme, person=person).update(name="", words="")
    return 0
