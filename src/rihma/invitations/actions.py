from collections.abc import Iterable

from django.db import transaction

from rihma.accounts.actions import get_or_invite
from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.ids import new_id
from rihma.calls.models import Call
from rihma.history.actions import record
from rihma.invitations import rules
from rihma.invitations.lists import Invited
from rihma.invitations.models import Invitation
from rihma.invitations.secrets import digest_of, secret_of
from rihma.notices.actions import tell_secret

State = Invitation.State


@transaction.atomic
def invite(call: Call, people: Iterable[Invited], *, words: str = "", by: Person) -> list[Invitation]:
    """A mail to each who has none yet; whoever has been invited already is left in peace."""
    call = _locked(call)
    wanted = {one.email: one for one in people}
    rules.check_may_invite(
        for_invited=call.is_for_invited, public=call.programme.is_public, over=_is_over(call), count=len(wanted)
    )
    known = {one.person.email: one for one in call.invitations.select_related("person")}
    made = []
    for email, one in wanted.items():
        before = known.get(email)
        if before is None:
            person = get_or_invite(email, language=one.language)
            before = Invitation(pk=new_id(), call=call, person=person, generation=0)
        elif before.state != State.REVOKED:
            continue
        made.append(_sent_anew(before, one.name, words, by))
    if made:
        record(made[0], "invited", scope=call.programme_id, by=by, count=len(made))
    return made


def _sent_anew(invitation: Invitation, name: str, words: str, by: Person) -> Invitation:
    """With a link of its own, so that the one of an invitation that was taken back stays dead."""
    invitation.name, invitation.words, invitation.by = name, words.strip(), by
    invitation.state, invitation.answered_at, invitation.shown_at = State.INVITED, None, None
    invitation.invited_at, invitation.mails = clock.now(), 0
    invitation.generation += 1
    invitation.digest = digest_of(secret_of(invitation.pk, invitation.generation))
    _mail(invitation)
    return invitation


def _mail(invitation: Invitation) -> None:
    invitation.mails += 1
    invitation.sent_at = clock.now()
    invitation.save()
    call = invitation.call
    tell_secret(
        "invitations/notices/invitation",
        invitation.person,
        key=f"{invitation.pk}:{invitation.generation}:{invitation.mails}",
        scope=call.programme_id,
        good_until=call.closes,
        invitation=invitation,
        secret=secret_of(invitation.pk, invitation.generation),
        call=call,
        programme=call.programme,
        again=invitation.mails > 1,
    )


@transaction.atomic
def remind(invitation: Invitation, *, by: Person) -> Invitation:
    """The same mail again, with the same link."""
    invitation = _fresh(invitation)
    over = _is_over(invitation.call)
    rules.check_may_remind(
        invitation.state, mails=invitation.mails, sent_at=invitation.sent_at, now=clock.now(), over=over
    )
    _mail(invitation)
    _note(invitation, "reminded", by)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: Person) -> Invitation:
    """Its link opens nothing any more."""
    return _moved(invitation, State.REVOKED, by, begun=True)


@transaction.atomic
def accept(invitation: Invitation, *, by: Person) -> Invitation:
    if invitation.state == State.ACCEPTED:
        return invitation
    return _moved(invitation, State.ACCEPTED, by)


@transaction.atomic
def decline(invitation: Invitation, *, by: Person) -> Invitation:
    if invitation.state == State.DECLINED:
        return invitation
    return _moved(invitation, State.DECLINED, by, begun=True)


def show(invitation: Invitation) -> None:
    """Those who invited see that the link was opened, not by whom."""
    Invitation.objects.filter(pk=invitation.pk, shown_at=None).update(shown_at=clock.now())


@transaction.atomic
def begin(call: Call, *, by: Person) -> None:
    """Refuses whoever is not invited where one must be; starting is an answer, whatever was answered before."""
    if not call.is_for_invited:
        return
    found = Invitation.objects.select_for_update().filter(call=call, person=by).first()
    rules.check_invited(found.state if found else "", contact=call.programme.contact)
    if found is None or found.begun_at:
        return
    if found.state != State.ACCEPTED:
        found = _moved(found, State.ACCEPTED, by)
    found.begun_at = clock.now()
    found.save(update_fields=["begun_at"])


def _moved(invitation: Invitation, to: State, by: Person, *, begun: bool = False) -> Invitation:
    """`begun`: not once an application has been started by it."""
    invitation = _fresh(invitation)
    over = _is_over(invitation.call)
    rules.check_may_move(invitation.state, to, over=over, begun=begun and invitation.begun_at is not None)
    invitation.state, invitation.answered_at = to, clock.now()
    invitation.save(update_fields=["state", "answered_at"])
    _note(invitation, str(to), by)
    return invitation


def _is_over(call: Call) -> bool:
    return bool(call.late_by(clock.now()))


def _fresh(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).whole().get(pk=invitation.pk)


def _locked(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)


def _note(invitation: Invitation, verb: str, by: Person) -> None:
    record(invitation, verb, scope=invitation.call.programme_id, by=by)
