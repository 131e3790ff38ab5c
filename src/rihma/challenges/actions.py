from django.conf import settings
from django.db import transaction

from rihma.accounts.actions import get_or_invite
from rihma.accounts.models import Person
from rihma.accounts.rules import tidy_email
from rihma.actors.rules import key_of
from rihma.base import clock
from rihma.base.seen import check_seen
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.challenges import rules
from rihma.challenges.models import Challenge, Enquiry, Poster
from rihma.history.actions import record
from rihma.notices.actions import tell
from rihma.webhooks.actions import tell as tell_programs

State = Challenge.State
NOTHING = Words()


@transaction.atomic
def let_in(call: Call, *, email: str, organisation: str, language: str = "fi", by: Person) -> Poster:
    """Somebody of a partner may post challenges to this call; they get a mail with the way to it."""
    person = get_or_invite(tidy_email(email), language=language)
    poster, new = Poster.objects.select_for_update().get_or_create(
        call=call, person=person, defaults={"organisation": organisation, "by": by, "since": clock.now()}
    )
    if not new and not poster.ended_at and poster.organisation == organisation:
        return poster
    poster.organisation, poster.organisation_key = organisation, key_of(organisation)
    poster.ended_at, poster.by, poster.since = None, by, clock.now()
    poster.save()
    record(poster, "let_in", scope=call.programme_id, by=by)
    tell(
        "challenges/notices/let_in",
        person,
        key=f"{poster.pk}:{poster.since.isoformat()}",
        scope=call.programme_id,
        poster=poster,
        programme=call.programme,
        by=by,
    )
    return poster


@transaction.atomic
def let_out(poster: Poster, *, by: Person) -> None:
    """What they posted stays, and is handled by those who run the programme."""
    poster.ended_at = poster.ended_at or clock.now()
    poster.save(update_fields=["ended_at"])
    record(poster, "let_out", scope=poster.call.programme_id, by=by)


@transaction.atomic
def post(call: Call, *, by: Person, organisation: str, **texts: Words) -> Challenge:
    """As a draft, which only those who handle it see."""
    challenge = Challenge.objects.create(
        call=call, by=by, made_at=clock.now(), organisation=organisation, organisation_key=key_of(organisation), **texts
    )
    _note(challenge, "posted", by)
    return challenge


@transaction.atomic
def edit(challenge: Challenge, *, seen: str, by: Person, **facts: object) -> Challenge:
    challenge = _fresh(challenge)
    check_seen(seen, challenge.mark)
    rules.check_may_edit(challenge.state)
    for name, value in facts.items():
        setattr(challenge, name, value)
    challenge.organisation_key = key_of(challenge.organisation)
    if challenge.state != State.DRAFT:
        rules.check_may_move("draft", "published", over=False, lacks=_lacks(challenge))
    challenge.save()
    _note(challenge, "edited", by)
    return challenge


@transaction.atomic
def publish(challenge: Challenge, *, by: Person) -> Challenge:
    """From now on everybody reads it with the call, and applications may answer it."""
    challenge = _moved(challenge, State.PUBLISHED, by)
    tell_programs("challenge.published", challenge.call.programme_id, call=challenge.call_id, challenge=challenge.pk)
    return challenge


@transaction.atomic
def close(challenge: Challenge, *, by: Person) -> Challenge:
    """No new answers; those that were given count as before."""
    return _moved(challenge, State.CLOSED, by)


@transaction.atomic
def withdraw(challenge: Challenge, *, because: Words = NOTHING, by: Person) -> Challenge:
    """It stays readable with the reason. Teams that answer it are told by `applications.challenges.withdraw`."""
    challenge = _moved(challenge, State.WITHDRAWN, by, because)
    tell_programs("challenge.withdrawn", challenge.call.programme_id, call=challenge.call_id, challenge=challenge.pk)
    return challenge


@transaction.atomic
def ask(challenge: Challenge, question: str, *, by: Person) -> Enquiry:
    """Whoever posted the challenge gets it by mail, without an address; all read it once it is answered."""
    challenge = _fresh(challenge)
    count = Enquiry.objects.filter(challenge__call=challenge.call_id, by=by).count()
    rules.check_may_ask(challenge.state, over=challenge.is_over(clock.now()), count=count)
    known = Enquiry.objects.filter(challenge=challenge, by=by, question=question.strip()).first()
    if known:
        return known
    enquiry = Enquiry.objects.create(challenge=challenge, question=question.strip(), by=by, asked_at=clock.now())
    _note(challenge, "asked", by)
    _tell("asked", enquiry, challenge.by, key=str(enquiry.pk))
    return enquiry


@transaction.atomic
def answer(enquiry: Enquiry, words: str, *, by: Person) -> Enquiry:
    """In public, to all alike; who asked hears that it is there. An answer may be mended later."""
    enquiry = Enquiry.objects.select_for_update(of=("self",)).select_related("challenge__call").get(pk=enquiry.pk)
    rules.check_may_answer(enquiry.challenge.state, words)
    enquiry.answer, enquiry.answered_by, enquiry.answered_at = words.strip(), by, clock.now()
    enquiry.save(update_fields=["answer", "answered_by", "answered_at"])
    _note(enquiry.challenge, "answered", by)
    if enquiry.by:
        _tell("answered", enquiry, enquiry.by, key=str(enquiry.pk))
    return enquiry


def _moved(challenge: Challenge, to: State, by: Person, because: Words = NOTHING) -> Challenge:
    challenge = _fresh(challenge)
    over = challenge.is_over(clock.now())
    rules.check_may_move(challenge.state, to, over=over, lacks=_lacks(challenge), because=because)
    challenge.state, challenge.because = to, because
    challenge.published_at = challenge.published_at or (clock.now() if to == State.PUBLISHED else None)
    challenge.save(update_fields=["state", "because", "published_at"])
    _note(challenge, str(to), by)
    return challenge


def _lacks(challenge: Challenge) -> list[str]:
    texts = (challenge.title, challenge.problem)
    return [lang for lang in settings.NATIONAL_LANGUAGES if not all(text.get(lang) for text in texts)]


def _fresh(challenge: Challenge) -> Challenge:
    return Challenge.objects.select_for_update(of=("self",)).whole().get(pk=challenge.pk)


def _note(challenge: Challenge, verb: str, by: Person) -> None:
    record(challenge, verb, scope=challenge.call.programme_id, by=by)


def _tell(what: str, enquiry: Enquiry, to: Person, *, key: str) -> None:
    challenge = enquiry.challenge
    tell(
        f"challenges/notices/{what}",
        to,
        key=key,
        scope=challenge.call.programme_id,
        enquiry=enquiry,
        challenge=challenge,
    )
