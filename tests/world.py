"""The demo as a world for tests that walk over every route: what each part of an address stands for in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

from django.conf import settings
from django.db.models import QuerySet
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from PIL import Image

from rihma.accounts import demo
from rihma.accounts.models import ApiToken, Person
from rihma.applications.models import Application
from rihma.attachments import actions as attachments
from rihma.attachments.models import Attachment
from rihma.base import clock
from rihma.base.files import store
from rihma.base.words import Words
from rihma.brainwriting import actions as brainwriting
from rihma.brainwriting.models import Note, Round
from rihma.brainwriting.rules import places_in
from rihma.calls.models import Call, Criterion, Question, Section
from rihma.canvases import actions as canvases
from rihma.canvases import kinds
from rihma.canvases.models import Canvas, Item
from rihma.canvases.rules import check_known
from rihma.challenges import actions as challenges
from rihma.challenges.models import Challenge, Poster
from rihma.experiments.models import Experiment
from rihma.facilitation import actions as facilitation
from rihma.guests import actions as guests
from rihma.invitations import actions as invitations
from rihma.invitations import lists
from rihma.invitations.models import Invitation
from rihma.invitations.secrets import secret_of
from rihma.library.models import Lesson
from rihma.mergers import actions as mergers
from rihma.mergers.models import Merger
from rihma.moderation import actions as moderation
from rihma.moderation.models import Flag
from rihma.programmes.models import Programme, Role
from rihma.records import actions as records
from rihma.records.parts import parts_of
from rihma.records.queries import token_of
from rihma.reviews.models import Assignment, Review
from rihma.selection import choosing
from rihma.selection.models import Decision, Search
from rihma.site.cast import CAST
from rihma.tailoring import actions as tailoring
from rihma.tailoring import choices
from rihma.talk import actions as talk
from rihma.talk.models import Comment
from rihma.teams import shortfalls
from rihma.teams.models import Member, Team
from rihma.webhooks import actions as webhooks
from rihma.webhooks.models import Delivery
from rihma.workshops.actions import feed_of
from rihma.workshops.links import answer_token, feed_token
from rihma.workshops.models import Workshop
from tests.joining import named, written_to

ANONYMOUS = "anonymous"
GUEST = "guest"
ROLES = (ANONYMOUS, *(part.role for part in CAST), GUEST)
PICTURE = (640, 480)
RUNNING, NEXT = "ekosysteemikoulu-3", "ekosysteemikoulu-4"
type Values = dict[str, object]


@dataclass
class World:
    """`values`: what a parameter of an address stands for; `special`: the routes for which it stands for another."""

    people: dict[str, Person]
    values: Values
    special: dict[str, Values] = field(default_factory=dict)
    # what the device of a guest of the canvas keeps
    guest_secret: str = ""

    def address(self, route: str, parameters: list[str]) -> str:
        known = {**self.values, **self.special.get(route.partition(":")[0], {}), **self.special.get(route, {})}
        with translation.override("en"):
            return reverse(route, kwargs={name: known[name] for name in parameters})

    def client(self, role: str) -> Client:
        client = Client(headers={"accept-language": "en"}, raise_request_exception=True)
        if role == GUEST:
            client.cookies[settings.GUEST_COOKIE_NAME] = self.guest_secret
        elif role != ANONYMOUS:
            client.force_login(self.people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def of_demo() -> World:
    """Where the demo is: the convener's own team in the running round, and their draft to the open call."""
    people = {part.role: Person.objects.get(email=part.email) for part in CAST}
    running = Programme.objects.get(slug=RUNNING)
    team = Team.objects.get(programme=running, members__person=people["convener"])
    experiment = Experiment.objects.get(team=team)
    canvas = experiment.assumption.canvas
    workshop = Workshop.objects.filter(programme=running).order_by("-date")[0]
    published = Lesson.objects.published()[0]
    draft = Application.objects.get(call__programme__slug=NEXT, started_by=people["convener"])
    member = Member.objects.get(team=team, person=people["member"])
    link = canvases.let_guests_in(
        canvas,
        role="writer",
        ends_at=clock.now() + timedelta(days=2),
        most=60,
        is_anonymous=False,
        by=people["convener"],
    )
    item = Item.objects.live().filter(canvas=canvas)[0]
    _guest, secret = guests.come_in(link, name="Aamu", language="en")
    vote = facilitation.start_vote(canvas, budget=5, most=2, results="at_once", by=people["convener"])
    facilitation.start_timer(canvas, minutes=5, what_for="Write alone", by=people["convener"])
    facilitation.focus(canvas, "wanted", by=people["convener"])
    begun = brainwriting.start(canvas, by=people["convener"])
    own = tailoring.copy(running, canvas.kind, by=people["owner"])
    told = _told(running, people["owner"])
    posted = _posted(people["owner"], people["expert"])
    asked_for = _invited(people["owner"], people["convener"])
    asked = records.ask(running, what="All decisions", address="", language="fi", place="elsewhere")
    values: Values = {
        "slug": RUNNING,
        "key": own.key,
        "zone": own.kind.zones[0].key,
        "part": "texts",
        "role_id": Role.objects.get(programme=running, role=Role.Kind.JUROR).pk,
        "team_id": team.pk,
        "member_id": member.pk,
        "application_id": draft.pk,
        "number": 1,
        "call_id": draft.call_id,
        "invitation_id": asked_for.pk,
        "secret": secret_of(asked_for.pk, asked_for.generation),
        "challenge_id": posted.pk,
        "poster_id": Poster.objects.get().pk,
        "enquiry_id": challenges.ask(posted, "Who reads the letters?", by=people["convener"]).pk,
        "workshop_id": workshop.pk,
        "canvas_id": canvas.pk,
        "item_id": item.pk,
        "lang": "sv" if item.lang != "sv" else "fi",
        "experiment_id": experiment.pk,
        "lesson_id": published.pk,
        "question_id": Question.objects.filter(call__programme=running)[0].pk,
        "section_id": Section.objects.filter(call__programme__slug=NEXT)[0].pk,
        "criterion_id": Criterion.objects.filter(call__programme=running)[0].pk,
        "form": "csv",
        "assignment_id": _reviewed(people["juror"])["assignment_id"],
        "link_id": link.pk,
        "endpoint_id": told.endpoint.pk,
        "delivery_id": told.pk,
        "request_id": asked.pk,
        "vote_id": vote.pk,
        "round_id": begun.pk,
        "note_id": _written_alone(begun, people["convener"]).pk,
        "file_id": _attached(canvas, people["convener"]).pk,
        "size": "small",
        "source_id": Application.objects.get(team=team).pk,
        "partner_id": named(team, people["outsider"], people["convener"]).pk,
        "contact_id": written_to(team, people["outsider"], people["convener"]).pk,
        "comment_id": _commented(item, people["convener"]).pk,
        "flag_id": _flagged(canvas, item, people["member"]).pk,
        "kind": canvas.kind,
        "file": "svg",
    }
    demo.api_token(people["convener"])
    own_token = ApiToken.objects.get(person=people["convener"])
    special: dict[str, Values] = {
        "teams:set_kind": {"organisation_id": member.organisation_id},
        "organisations": {"organisation_id": member.organisation_id},
        "teams": {"rule": _excepted(team, people["owner"])},
        "calls": {"key": running.own_rules[0]["key"]},
        "accounts:demo_sign_in": {"token": "forged"},
        "accounts:revoke_token": {"token": own_token.pk},
        "api:lesson": {"slug": published.slug},
        "api:react": {"kind": "agree"},
        "applications:answer_later": {"application_id": Application.objects.get(team=team).pk},
        "calls:edit_section": {"slug": NEXT},
        "calls:move_section": {"slug": NEXT},
        "calls:remove_section": {"slug": NEXT},
        "api:submit": {"application_id": draft.pk},
        **dict.fromkeys(["applications:files", "applications:file", "applications:remove_file"], _sent_along(draft)),
        "api:application_file": _sent_along(draft),
        **dict.fromkeys(["reviews:file", "api:review_file"], _read_along(people["juror"])),
        "moderation:file": {"flag_id": _flagged_file(canvas, people["member"]).pk},
        "library:lesson": {"slug": published.slug},
        "library:json": {"slug": published.slug},
        "tailoring:options": _choosing(running, people["owner"]),
        "tailoring:words": {"part": "items"},
        "reviews": _reviewed(people["juror"]),
        "mergers": {"slug": NEXT, "merger_id": _merger(people["owner"], people["other_convener"]).pk},
        "challenges": {"slug": NEXT},
        "selection:chosen": {"slug": RUNNING},
        "selection:leave_programme": {"team_id": team.pk},
        "selection:letter": {"application_id": Decision.objects.get(application__team=team).application_id},
        "selection": {"slug": NEXT, "application_id": _submitted().pk, "search_id": _searched(people["owner"]).pk},
        "records:asked": {"token": token_of(asked)},
        "records:decide": {"application_id": _submitted().pk, "part": _marked(_submitted())},
        "records:copy": {"application_id": _submitted().pk},
        "records:own": {"application_id": _sent().filter(started_by=people["other_convener"])[0].pk},
        "records:redacted": {"application_id": _submitted().pk},
        "records:take_out": {"application_id": _submitted().pk},
        "records:unmark": {"part": _marked(draft)},
        "calendar:person": {"token": feed_token(feed_of(people["convener"]))},
        "workshops:answer_by_link": {"token": answer_token(workshop, people["convener"])},
    }
    return World(people, values, special, secret)


def _excepted(team: Team, by: Person) -> str:
    """A rule that is not asked of the team."""
    return shortfalls.grant_exception(team, "organisations", "One of two is on leave.", by=by).rule


def _choosing(programme: Programme, by: Person) -> Values:
    """A field of a kind of one's own in which one chooses."""
    own = tailoring.copy(programme, "ground_rules", by=by)
    place = choices.places(own.draft)[0]
    return {"key": own.key, "item": place.item["key"], "field": place.field["key"]}


def _commented(item: Item, by: Person) -> Comment:
    talk.react(item, "agree", by=by)
    return talk.comment(item, "Who says so?", lang="en", by=by)


def _written_alone(begun: Round, by: Person) -> Note:
    zone, kind = next(places_in(check_known(kinds.of(begun.canvas))))
    return brainwriting.write(begun, zone=zone.key, kind=kind.key, text="Unread", lang="en", client_id="1", by=by)


def _flagged(canvas: Canvas, other: Item, by: Person) -> Flag:
    """Something of the canvas that is not the item of the other routes."""
    item = canvas.items.live().exclude(pk=other.pk)[0]
    return moderation.flag(canvas, item, reason="private", by=by)


def _flagged_file(canvas: Canvas, by: Person) -> Flag:
    return moderation.flag(canvas, _attached(canvas, by), reason="private", by=by)


def _attached(canvas: Canvas, by: Person) -> Attachment:
    zone = canvas.items.live()[0].zone
    drawn = BytesIO()
    Image.new("L", PICTURE).save(drawn, "PNG")
    return attachments.attach(canvas, drawn.getvalue(), name="dot.png", zone=zone, alt="A dot", lang="en", by=by)


def _sent_along(draft: Application) -> Values:
    """What the convener has sent along with the draft."""
    found = draft.files.get()
    if not store.holds(found.file):
        # Where the rows of the demo were brought here from elsewhere, its bytes were not.
        found.file = store.put(b"Scanned.", b"")
        found.save(update_fields=["file"])
    return {"application_id": draft.pk, "key": found.key, "file_id": found.pk}


def _read_along(juror: Person) -> Values:
    """The same of an application that lies before the juror."""
    own = Assignment.objects.read_by(juror).filter(application__files__isnull=False)[0]
    return {**_sent_along(own.application), "assignment_id": own.pk}


def _told(programme: Programme, by: Person) -> Delivery:
    """A program elsewhere, with one message for it that nobody sends."""
    address = "https://hooks.example.org/rihma"
    endpoint, _secret = webhooks.add(programme.pk, address=address, types=["call.amended"], by=by)
    webhooks.try_out(endpoint)
    return endpoint.deliveries.get()


def _invited(by: Person, guest: Person) -> Invitation:
    """To the open call, which for a moment is for the invited only."""
    call = Call.objects.filter(programme__slug=NEXT)
    before = call.get().access
    call.update(access=Call.Access.INVITED)
    made = invitations.invite(call.get(), [lists.Invited(guest.email)], by=by)[0]
    call.update(access=before)
    return made


def _posted(owner: Person, poster: Person) -> Challenge:
    """Of a partner whom the owner has let in, public with the open call."""
    call = Call.objects.get(programme__slug=NEXT)
    challenges.let_in(call, email=poster.email, organisation="Rannikon kaupunki", by=owner)
    title = Words(fi="Avaamatta jäävät kirjeet", sv="Brev som inte öppnas", en="Letters nobody opens")
    posted = challenges.post(call, organisation="Rannikon kaupunki", title=title, problem=title, by=poster)
    return challenges.publish(posted, by=poster)


def _searched(by: Person) -> Search:
    return choosing.search(Call.objects.get(programme__slug=NEXT).last_intake, by=by)


def _marked(application: Application) -> str:
    """Some part of it that its writer says is secret."""
    part = parts_of(application)[0].key
    records.mark_secret(application, part, because="A trade secret.", by=application.started_by)
    return part


def _submitted() -> Application:
    return _sent().order_by("pk")[0]


def _merger(by: Person, other: Person) -> Merger:
    """Of two that others wait for an answer to; one of them is of the other convener, where that was sent."""
    stays, goes = sorted(_sent().order_by("pk")[:20], key=lambda one: one.started_by != other)[:2]
    return mergers.propose(stays.call, stays=stays, goes=goes, because="Both ask who reads letters.", by=by)


def _sent() -> QuerySet[Application]:
    return Application.objects.filter(call__programme__slug=NEXT, state=Application.State.SUBMITTED)


def _reviewed(juror: Person) -> Values:
    """What the juror of the cast is in the middle of."""
    own = Assignment.objects.read_by(juror).get(review__state=Review.State.DRAFT)
    return {
        "slug": NEXT,
        "application_id": own.application_id,
        "assignment_id": own.pk,
        "person_id": juror.pk,
    }


def routes() -> dict[str, list[str]]:
    """Every named route of the site → the parameters of its address. A view without a name cannot be listed."""
    return dict(sorted(_routes(get_resolver().url_patterns, "", [])))


def _routes(patterns: Sequence[object], space: str, above: list[str]) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            within = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern.url_patterns, within, [*above, *pattern.pattern.converters])
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", [*above, *pattern.pattern.converters]
