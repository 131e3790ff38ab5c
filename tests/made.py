"""What is made beside the demo, so that every page of the site has something to show."""

from io import BytesIO

from django.db.models import QuerySet
from PIL import Image

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.attachments import actions as attachments
from rihma.attachments.models import Attachment
from rihma.base.files import store
from rihma.base.words import Words
from rihma.brainwriting import actions as brainwriting
from rihma.brainwriting.models import Note, Round
from rihma.brainwriting.rules import places_in
from rihma.calls.models import Call
from rihma.canvases import kinds
from rihma.canvases.models import Canvas, Item
from rihma.canvases.rules import check_known
from rihma.challenges import actions as challenges
from rihma.challenges.models import Challenge
from rihma.invitations import actions as invitations
from rihma.invitations import lists
from rihma.invitations.models import Invitation
from rihma.mergers import actions as mergers
from rihma.mergers.models import Merger
from rihma.moderation import actions as moderation
from rihma.moderation.models import Flag
from rihma.programmes.models import Programme
from rihma.records import actions as records
from rihma.records.parts import parts_of
from rihma.reviews.models import Assignment, Review
from rihma.selection import choosing
from rihma.selection.models import Search
from rihma.tailoring import actions as tailoring
from rihma.tailoring import choices
from rihma.talk import actions as talk
from rihma.talk.models import Comment
from rihma.teams import shortfalls
from rihma.teams.models import Team
from rihma.webhooks import actions as webhooks
from rihma.webhooks.models import Delivery

PICTURE = (640, 480)
RUNNING, NEXT = "ekosysteemikoulu-3", "ekosysteemikoulu-4"
type Values = dict[str, object]


def excepted(team: Team, by: Person) -> str:
    """A rule that is not asked of the team."""
    return shortfalls.grant_exception(team, "organisations", "One of two is on leave.", by=by).rule


def chosen_kinds(programme: Programme, by: Person) -> Values:
    """A field of a kind of one's own in which one chooses."""
    own = tailoring.copy(programme, "ground_rules", by=by)
    place = choices.places(own.draft)[0]
    return {"key": own.key, "item": place.item["key"], "field": place.field["key"]}


def commented(item: Item, by: Person) -> Comment:
    talk.react(item, "agree", by=by)
    return talk.comment(item, "Who says so?", lang="en", by=by)


def written_alone(begun: Round, by: Person) -> Note:
    zone, kind = next(places_in(check_known(kinds.of(begun.canvas))))
    return brainwriting.write(begun, zone=zone.key, kind=kind.key, text="Unread", lang="en", client_id="1", by=by)


def flagged(canvas: Canvas, other: Item, by: Person) -> Flag:
    """Something of the canvas that is not the item of the other routes."""
    item = canvas.items.live().exclude(pk=other.pk)[0]
    return moderation.flag(canvas, item, reason="private", by=by)


def flagged_file(canvas: Canvas, by: Person) -> Flag:
    return moderation.flag(canvas, attached(canvas, by), reason="private", by=by)


def attached(canvas: Canvas, by: Person) -> Attachment:
    zone = canvas.items.live()[0].zone
    drawn = BytesIO()
    Image.new("L", PICTURE).save(drawn, "PNG")
    return attachments.attach(canvas, drawn.getvalue(), name="dot.png", zone=zone, alt="A dot", lang="en", by=by)


def sent_along(draft: Application) -> Values:
    """What the convener has sent along with the draft."""
    found = draft.files.get()
    if not store.holds(found.file):
        # Where the rows of the demo were brought here from elsewhere, its bytes were not.
        found.file = store.put(b"Scanned.", b"")
        found.save(update_fields=["file"])
    return {"application_id": draft.pk, "key": found.key, "file_id": found.pk}


def read_along(juror: Person) -> Values:
    """The same of an application that lies before the juror."""
    own = Assignment.objects.read_by(juror).filter(application__files__isnull=False)[0]
    return {**sent_along(own.application), "assignment_id": own.pk}


def told(programme: Programme, by: Person) -> Delivery:
    """A program elsewhere, with one message for it that nobody sends."""
    address = "https://hooks.example.org/rihma"
    endpoint, _secret = webhooks.add(programme.pk, address=address, types=["call.amended"], by=by)
    webhooks.try_out(endpoint)
    return endpoint.deliveries.get()


def invited(by: Person, guest: Person) -> Invitation:
    """To the open call, which for a moment is for the invited only."""
    call = Call.objects.filter(programme__slug=NEXT)
    before = call.get().access
    call.update(access=Call.Access.INVITED)
    made = invitations.invite(call.get(), [lists.Invited(guest.email)], by=by)[0]
    call.update(access=before)
    return made


def posted(owner: Person, poster: Person) -> Challenge:
    """Of a partner whom the owner has let in, public with the open call."""
    call = Call.objects.get(programme__slug=NEXT)
    challenges.let_in(call, email=poster.email, organisation="Rannikon kaupunki", by=owner)
    title = Words(fi="Avaamatta jäävät kirjeet", sv="Brev som inte öppnas", en="Letters nobody opens")
    posted = challenges.post(call, organisation="Rannikon kaupunki", title=title, problem=title, by=poster)
    return challenges.publish(posted, by=poster)


def searched(by: Person) -> Search:
    return choosing.search(Call.objects.get(programme__slug=NEXT).last_intake, by=by)


def marked(application: Application) -> str:
    """Some part of it that its writer says is secret."""
    part = parts_of(application)[0].key
    records.mark_secret(application, part, because="A trade secret.", by=application.started_by)
    return part


def submitted() -> Application:
    return sent().order_by("pk")[0]


def merger(by: Person, other: Person) -> Merger:
    """Of two that others wait for an answer to; one of them is of the other convener, where that was sent."""
    stays, goes = sorted(sent().order_by("pk")[:20], key=lambda one: one.started_by != other)[:2]
    return mergers.propose(stays.call, stays=stays, goes=goes, because="Both ask who reads letters.", by=by)


def sent() -> QuerySet[Application]:
    return Application.objects.filter(call__programme__slug=NEXT, state=Application.State.SUBMITTED)


def reviewed(juror: Person) -> Values:
    """What the juror of the cast is in the middle of."""
    own = Assignment.objects.read_by(juror).get(review__state=Review.State.DRAFT)
    return {
        "slug": NEXT,
        "application_id": own.application_id,
        "assignment_id": own.pk,
        "person_id": juror.pk,
    }
