"""Texts that would do harm if any page, file or feed believed them, and a demo whose people wrote nothing else.

Whatever one of them gives birth to is called `born`, so that it is known when it is met.
"""

from collections.abc import Iterator
from itertools import cycle
from typing import cast
from uuid import uuid4

from rihma.accounts import actions as accounts
from rihma.accounts.models import Person
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.models import Call
from rihma.canvases import actions as canvases
from rihma.canvases import kinds
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Payload
from rihma.experiments import actions as experiments
from rihma.experiments.models import Experiment
from rihma.experiments.types import PlanFields
from rihma.library import actions as library
from rihma.library.models import Lesson
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme
from rihma.talk import actions as talk
from rihma.teams import actions as teams
from rihma.teams import contacts
from rihma.teams.models import Team
from rihma.workshops import actions as workshops
from rihma.workshops.models import Workshop
from tests.world import World

TEXTS = (
    "<script born>born()</script>",
    "</script><script born>born()</script>",
    "<ScRiPt/born>born()",
    '"><img born src=x onerror=born()>',
    "'><img born src=x onerror=born()>",
    '" onmouseover=born() born="',
    "' onfocus=born() autofocus born='",
    "` born=` onload=born()",
    "javascript:born()",
    "JaVa\tScRiPt:born()",
    "[born](javascript:born())",
    "![born](javascript:born())",
    '[born](https://born.example "\' onclick=born() born=")',
    "<javascript:born()>",
    "[born]: data:text/html,<script>born()</script> [born]",
    "<svg/onload=born() born>",
    "<svg><a xlink:href='javascript:born()' born>born</a></svg>",
    "<math born><mi xlink:href=javascript:born()>",
    "<iframe born srcdoc='<script>born()</script>'>",
    "</textarea><born>",
    "</title><born>",
    "</style><born>",
    "--><born>",
    "]]><born/>",
    "<base born href=//born.example>",
    "<form born action=//born.example><button formaction=javascript:born()>",
    "&lt;born&gt; &#60;born&#62;",
    "{{ 6|add:36 }}born {% now 'Y' %}born ${6*7}born",
    "\u202enrob\u202c \u2066born\u2069",
    "born\r\nSet-Cookie: born=1\r\nATTENDEE:born",
    "born;\\nBEGIN:BORN,END:BORN",
    '=HYPERLINK("//born.example")',
    "+born",
    "-born",
    "@born",
    "\t=born",
)
ALL = "\n\n".join(TEXTS)


class Pen:
    """Writes a different text each time where one has room, and all of them where all have."""

    def __init__(self) -> None:
        self.texts: Iterator[str] = cycle(TEXTS)

    @property
    def line(self) -> str:
        return next(self.texts)

    @property
    def words(self) -> Words:
        return Words(dict.fromkeys(("fi", "sv", "en"), self.line))

    @property
    def pages(self) -> Words:
        return Words(dict.fromkeys(("fi", "sv", "en"), ALL))


def write_all_over(world: World) -> None:
    """Through the actions, as the people themselves would."""
    pen, owner, convener = Pen(), world.people["owner"], world.people["convener"]
    for person in world.people.values():
        accounts.name_oneself(person, name=pen.line, language=person.language)
    for programme in Programme.objects.run_by(owner):
        _programme(programme, pen, owner)
    for team in Team.objects.worked_by(convener):
        teams.edit(team, name=pen.line, phenomenon=ALL, looking_for=ALL, experiment_idea=ALL, by=convener)
        # Not the same words twice: to many teams they are refused.
        contacts.offer(team, f"{pen.line} {ALL}", by=world.people["outsider"])
    for canvas in Canvas.objects.worked_by(convener):
        _canvas(canvas, pen, convener)
    experiment = Experiment.objects.get(pk=str(world.values["experiment_id"]))
    _experiment(experiment, pen, convener)
    draft = Application.objects.get(pk=str(world.values["application_id"]))
    answers = dict.fromkeys(draft.call.questions.values_list("key", flat=True), ALL)
    applications.save(draft, version=draft.version, answers=answers, phenomenon=ALL, by=convener)
    for lesson in Lesson.objects.public():
        texts = {"headline": pen.words, "question": pen.pages, "what_was_done": pen.pages}
        library.edit(lesson, **texts, what_came_out=pen.pages, reuse=pen.pages, by=owner)


def _programme(programme: Programme, pen: Pen, owner: Person) -> None:
    named = [pen.line for _ in TEXTS]
    programmes.edit(
        programme,
        title=pen.words,
        purpose=pen.pages,
        description=pen.pages,
        organisers=named,
        partners=named,
        by=owner,
    )
    call = Call.objects.get(programme=programme)
    calls.edit(call, seen=call.texts_mark, why=pen.pages, how=pen.pages, who=pen.pages, by=owner)
    now = clock.now()
    for workshop in Workshop.objects.planned().filter(programme=programme).select_related("programme"):
        workshops.edit(workshop, title=pen.words, description=pen.pages, bring=pen.pages, by=owner)
        if workshop.begins > now:
            workshops.move(workshop, venue=pen.line, address=pen.line, by=owner)


# More than this stand in a zone once every text has been written into it.
MANY = 100


def _canvas(canvas: Canvas, pen: Pen, by: Person) -> None:
    kind = kinds.find(canvas.kind)
    wide = [zone.key for zone in kind.zones if zone.most > MANY] if kind else []
    known = Item.objects.live().filter(canvas=canvas, zone__in=wide, hidden=False).first()
    if known is None:
        return
    for text in (ALL[:400], *(pen.line for _ in TEXTS)):
        payload: Payload = {"kind": known.kind, "zone": known.zone, "text": text, "lang": "en", "fields": known.fields}
        canvases.change(canvas, "add", uuid4(), payload, by=by)
    talk.comment(known, ALL[:4000], lang="en", by=by)


def _experiment(experiment: Experiment, pen: Pen, by: Person) -> None:
    long = ("belief", "what_we_do", "what_is_new", "metric_how", "what_would_change_our_mind", "stop_rule")
    short = ("title", "believe_that", "believe_does", "for_whom", "place", "metric_name", "metric_by")
    plan = {**dict.fromkeys(long, ALL), **dict.fromkeys(short, pen.line)}
    experiments.amend(experiment, ALL, seen=experiment.edition, by=by, **cast("PlanFields", plan))
