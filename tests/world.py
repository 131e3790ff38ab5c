"""The demo as a world for tests that walk over every route: what each part of an address stands for in it."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rihma.accounts import demo
from rihma.accounts.models import ApiToken, Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.brainwriting import actions as brainwriting
from rihma.calls.models import Criterion, Question, Section
from rihma.canvases import actions as canvases
from rihma.canvases.models import Item
from rihma.challenges import actions as challenges
from rihma.challenges.models import Poster
from rihma.experiments.models import Experiment
from rihma.facilitation import actions as facilitation
from rihma.guests import actions as guests
from rihma.invitations.secrets import secret_of
from rihma.library.models import Lesson
from rihma.programmes.models import Programme, Role
from rihma.records import actions as records
from rihma.records.queries import token_of
from rihma.selection.models import Decision
from rihma.site.cast import CAST
from rihma.tailoring import actions as tailoring
from rihma.teams.models import Member, Team
from rihma.workshops.actions import feed_of
from rihma.workshops.links import answer_token, feed_token
from rihma.workshops.models import Workshop
from tests import made
from tests.joining import named, written_to
from tests.made import NEXT, RUNNING, Values

ANONYMOUS = "anonymous"
GUEST = "guest"
ROLES = (ANONYMOUS, *(part.role for part in CAST), GUEST)


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
            client.force_login(self.people[role], backend="rihma.accounts.sessions.Backend")
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
    told = made.told(running, people["owner"])
    posted = made.posted(people["owner"], people["expert"])
    asked_for = made.invited(people["owner"], people["convener"])
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
        "assignment_id": made.reviewed(people["juror"])["assignment_id"],
        "link_id": link.pk,
        "endpoint_id": told.endpoint.pk,
        "delivery_id": told.pk,
        "request_id": asked.pk,
        "vote_id": vote.pk,
        "round_id": begun.pk,
        "note_id": made.written_alone(begun, people["convener"]).pk,
        "file_id": made.attached(canvas, people["convener"]).pk,
        "size": "small",
        "source_id": Application.objects.get(team=team).pk,
        "partner_id": named(team, people["outsider"], people["convener"]).pk,
        "contact_id": written_to(team, people["outsider"], people["convener"]).pk,
        "comment_id": made.commented(item, people["convener"]).pk,
        "flag_id": made.flagged(canvas, item, people["member"]).pk,
        "kind": canvas.kind,
        "file": "svg",
    }
    demo.api_token(people["convener"])
    own_token = ApiToken.objects.get(person=people["convener"])
    special: dict[str, Values] = {
        "teams:set_kind": {"organisation_id": member.organisation_id},
        "organisations": {"organisation_id": member.organisation_id},
        "teams": {"rule": made.excepted(team, people["owner"])},
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
        **dict.fromkeys(
            ["applications:files", "applications:file", "applications:remove_file"], made.sent_along(draft)
        ),
        "api:application_file": made.sent_along(draft),
        **dict.fromkeys(["reviews:file", "api:review_file"], made.read_along(people["juror"])),
        "moderation:file": {"flag_id": made.flagged_file(canvas, people["member"]).pk},
        "library:lesson": {"slug": published.slug},
        "library:json": {"slug": published.slug},
        "tailoring:options": made.chosen_kinds(running, people["owner"]),
        "tailoring:words": {"part": "items"},
        "reviews": made.reviewed(people["juror"]),
        "mergers": {"slug": NEXT, "merger_id": made.merger(people["owner"], people["other_convener"]).pk},
        "challenges": {"slug": NEXT},
        "selection:chosen": {"slug": RUNNING},
        "selection:leave_programme": {"team_id": team.pk},
        "selection:letter": {"application_id": Decision.objects.get(application__team=team).application_id},
        "selection": {
            "slug": NEXT,
            "application_id": made.submitted().pk,
            "search_id": made.searched(people["owner"]).pk,
        },
        "records:asked": {"token": token_of(asked)},
        "records:decide": {"application_id": made.submitted().pk, "part": made.marked(made.submitted())},
        "records:copy": {"application_id": made.submitted().pk},
        "records:own": {"application_id": made.sent().filter(started_by=people["other_convener"])[0].pk},
        "records:redacted": {"application_id": made.submitted().pk},
        "records:take_out": {"application_id": made.submitted().pk},
        "records:unmark": {"part": made.marked(draft)},
        "calendar:person": {"token": feed_token(feed_of(people["convener"]))},
        "workshops:answer_by_link": {"token": answer_token(workshop, people["convener"])},
    }
    return World(people, values, special, secret)
