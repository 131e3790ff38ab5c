"""How a team of the demo lives: through the same actions as everybody else, at the moments of its story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from rihma.accounts.actions import get_or_invite
from rihma.accounts.models import Person
from rihma.actors.actions import name_organisation
from rihma.applications import actions as applications
from rihma.applications.models import Application
from rihma.applications.queries import asked
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls.models import Call
from rihma.canvases import actions as canvases
from rihma.canvases.models import Canvas, Item
from rihma.canvases.types import Payload, Proposed
from rihma.experiments import actions as experiments
from rihma.experiments.models import Experiment
from rihma.experiments.rules import law
from rihma.experiments.types import PlanFields
from rihma.library import actions as library
from rihma.library.models import Lesson
from rihma.programmes.models import Programme
from rihma.site.demo.plans import send_plan
from rihma.teams import actions as teams
from rihma.teams.models import Member, Team

ZONE = ZoneInfo("Europe/Helsinki")

# What a demo team answers to the call's other questions, in its own language.
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "people": "Olemme puhuneet kolmen organisaation kanssa, joiden arjessa asia näkyy joka viikko.",
        "partners": "Tiimi on koossa. Etsimme vielä niitä, joita asia koskee.",
        "opening": "Työpohjamme ovat auki alusta alkaen. Henkilötietoja emme kerää.",
        "decision": "Yksikön johtaja päättää jatkosta kesäkuussa.",
    },
    "sv": {
        "people": "Vi har talat med tre organisationer som möter frågan varje vecka.",
        "partners": "Teamet är samlat. Vi söker ännu dem som frågan gäller.",
        "opening": "Våra arbetsblad är öppna från början. Vi samlar inga personuppgifter.",
        "decision": "Enhetens chef beslutar om fortsättningen i juni.",
    },
    "en": {
        "people": "We have talked with three organisations that meet this every week.",
        "partners": "The team is together. We still look for those whom it concerns.",
        "opening": "Our canvases are open from the start. We collect no personal data.",
        "decision": "The head of the unit decides in June how it goes on.",
    },
}


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


@dataclass
class Told:
    """A team of the data file and the people who play it; the first one convenes."""

    data: Mapping[str, Any]
    people: list[Person]

    @property
    def convener(self) -> Person:
        return self.people[0]

    @property
    def language(self) -> str:
        return str(self.data["language"])


def gather(data: Mapping[str, Any], cast: Mapping[str, Person]) -> Told:
    """The people of the data; one of the cast may convene."""
    found = [get_or_invite(email, name=name, language=data["language"]) for name, email, _org, _kind in data["people"]]
    convener = data.get("convener")
    return Told(data, [cast[convener], *found] if convener else found)


def apply(told: Told, call: Call, at: datetime, *, submit: bool = True) -> Application:
    """Start, invite, write, submit: as a convener does over a week."""
    data, by = told.data, told.convener
    with clock.at(at):
        application = applications.start(call, by=by)
        own = application.team.members.get(person=by)
        teams.act_for(own, _organisation_of(told, by), by=by)
        for person in told.people[1:]:
            member = teams.invite(application.team, person.email, organisation=_organisation_of(told, person), by=by)
            clock.step(timedelta(hours=3))
            teams.join(member, by=person)
        theme = call.programme.themes.filter(number=data["theme"]).first()
        application = applications.save(
            application,
            version=application.version,
            answers=_answers(told, call),
            by=by,
            name=data["name"],
            theme=theme,
            phenomenon=data["phenomenon"],
            language=told.language,
            looking_for=data.get("looking_for", ""),
            search_is_public=data.get("search_is_public", False),
            willing_to_open=True,
            experiment_idea=data["experiment_idea"],
        )
        if "plan" in data:
            send_plan(application, data["plan"], by)
        if submit:
            clock.step(timedelta(hours=2))
            applications.submit(application, by=by)
    return Application.objects.get(pk=application.pk)


def _answers(told: Told, call: Call) -> dict[str, str]:
    said = {"problem": told.data["phenomenon"], "experiment": told.data["experiment_idea"], **ANSWERS[told.language]}
    return {one.key: said[one.key] for one in asked(call) if one.key in said}


def _organisation_of(told: Told, person: Person) -> Any:
    listed = {email: (name, kind) for _person, email, name, kind in told.data["people"]}
    if person.email in listed:
        name, kind = listed[person.email]
        return name_organisation(name, kind=kind)
    return person.affiliations.select_related("organisation").get().organisation


def work_on_canvas(team: Team, assumptions: Sequence[Sequence[Any]], at: datetime) -> list[Item]:
    """The team's assumptions, written in turn by its members."""
    canvas = team.canvases.get(kind="assumption_map")
    members = [member.person for member in team.members.filter(state=Member.State.CONFIRMED).select_related("person")]
    made = []
    with clock.at(at):
        for place, (zone, importance, evidence, text) in enumerate(assumptions):
            item = uuid4()
            by = members[place % len(members)]
            payload: Payload = {
                "kind": "assumption",
                "zone": zone,
                "text": text,
                "lang": team.language,
                "fields": {"importance": importance, "evidence": evidence},
            }
            canvases.change(canvas, "add", item, payload, by=by)
            made.append(item)
            clock.step(timedelta(minutes=4))
    items = Item.objects.in_bulk(made)
    return [items[pk] for pk in made]


def fill_canvases(programme: Programme, listed: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """What else the teams wrote, a canvas a day, its members in turn."""
    for place, data in enumerate(listed):
        team = Team.objects.filter(programme=programme, name=data["team"]).first()
        if team:
            with clock.at(at + timedelta(days=place)):
                _fill(canvases.open_canvas(team, data["kind"], by=None), data["items"])


def _fill(canvas: Canvas, items: Sequence[Sequence[Any]]) -> None:
    members = canvas.team.members.filter(state=Member.State.CONFIRMED).select_related("person")
    people = [member.person for member in members]
    ids: dict[str, str] = {}
    proposed = [_item(canvas, item, ids) for item in items]
    for place, by in enumerate(people):
        own = proposed[place :: len(people)]
        refused = [one.refused for one in canvases.apply(canvas, own, by=by) if one.refused]
        if refused:
            raise refused[0]
        clock.step(timedelta(minutes=11))


def _item(canvas: Canvas, item: Sequence[Any], ids: dict[str, str]) -> Proposed:
    """An actor is named once and known by its name from then on."""
    zone, kind, text, *more = item
    fields = dict(more[0]) if more else {}
    of = fields.pop("of", None)
    if of:
        ids[text] = fields["actor"] = str(name_organisation(text, kind=of).pk)
    fields |= {key: ids[name] for key, name in fields.items() if name in ids}
    said: Payload = {"kind": kind, "zone": zone, "text": text, "lang": canvas.team.language, "fields": fields}
    return Proposed(str(uuid4()), "add", uuid4(), said)


def plan(told: Told, programme: Programme, starts: date, ends: date) -> PlanFields:
    """The plan of the data, whole enough to start."""
    data = told.data.get("experiment", told.data)
    return {
        "title": data["title"],
        "language": told.language,
        "belief": data["belief"],
        "what_we_do": data["what_we_do"],
        "for_whom": data.get("for_whom", ""),
        "people": data["participants"],
        "place": data.get("place", ""),
        "starts": starts,
        "ends": min(ends, programme.ends),
        "method": data.get("method", "prototype"),
        "metric_name": data["metric_name"],
        "metric_unit": data.get("metric_unit", "%"),
        "metric_how": data.get("metric_how", ""),
        "baseline": Decimal(data["baseline"]) if "baseline" in data else None,
        "threshold_operator": data.get("operator", "ge"),
        "threshold": Decimal(data.get("threshold", 60)),
        "stop_rule": "",
        "owner": told.people[-1],
        "deputy": told.convener,
        "law": {key: {"answer": "no", "note": ""} for key in law.KEYS},
    }


def draft(told: Told, team: Team, item: Item, at: datetime, fields: PlanFields | None) -> Experiment:
    with clock.at(at):
        experiment = experiments.draft_from(item, team, by=told.convener)
        if fields:
            experiment = experiments.edit(experiment, seen=experiment.edition, by=told.convener, **fields)
    return experiment


def run(experiment: Experiment, by: Person, ready: datetime, start: datetime) -> None:
    with clock.at(ready):
        experiments.make_ready(experiment, by=by)
    with clock.at(start):
        experiments.start(experiment, by=by)


def finish(experiment: Experiment, told: Told, at: datetime) -> None:
    """Observe, end and conclude."""
    data = told.data.get("experiment", told.data)
    by = told.people[-1]
    with clock.at(at):
        if "value" in data:
            experiments.observe(
                experiment,
                value=Decimal(str(data["value"])),
                n=data["n"],
                observed_on=at.astimezone(ZONE).date(),
                evidence="counted",
                by=by,
            )
        clock.step(timedelta(minutes=20))
        experiments.end(experiment, by=by)
        clock.step(timedelta(hours=1))
        experiments.conclude(
            experiment,
            own_verdict=data["verdict"],
            learned=data["learned"],
            surprises=data.get("surprises", ""),
            confidence="mid",
            by=by,
        )


def decide(experiment: Experiment, told: Told, at: datetime) -> None:
    data = told.data["experiment"]
    with clock.at(at):
        experiments.decide(
            experiment,
            outcome=data["decision"],
            reason=data["reason"],
            maker=str(experiment.team),
            decided_on=at.astimezone(ZONE).date(),
            next_owner=data["next_owner"],
            nobody=not data["next_owner"],
            by=told.convener,
        )


def publish(experiment: Experiment, told: Told, at: datetime) -> Lesson:
    texts: dict[str, Any] = {name: Words(words) for name, words in told.data["lesson"].items()}
    with clock.at(at):
        lesson = library.draft(experiment, by=told.convener)
        library.edit(lesson, names_agreed=True, by=told.convener, **texts)
        clock.step(timedelta(hours=1))
        return library.publish(lesson, by=told.convener)
