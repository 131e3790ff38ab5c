"""The rounds around today: one at work, with a workshop today and an experiment overdue, and one with its call open."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rihma.accounts.models import Person
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls import actions as calls
from rihma.calls.form_file import from_json
from rihma.experiments import actions as experiments
from rihma.notices.delivery import deliver_due
from rihma.programmes import actions as programmes
from rihma.programmes.models import Programme
from rihma.site.demo import story
from rihma.site.demo.finished import accept, answer, give_mentors
from rihma.site.demo.judging import judge
from rihma.site.demo.story import Told, moment
from rihma.teams.models import Team
from rihma.workshops import actions as workshops

FORM = Path(__file__).parent / "form.json"
# Days before and after today.
RUNNING_SINCE = 55
NEXT_IN = 56


def tell_running(
    last: Programme,
    listed: Sequence[Mapping[str, Any]],
    filled: Sequence[Mapping[str, Any]],
    cast: Mapping[str, Person],
    today: date,
) -> Programme:
    owner = cast["owner"]
    with clock.at(moment(today - timedelta(days=120))):
        programme = programmes.copy(last, "ekosysteemikoulu-3", today - timedelta(days=RUNNING_SINCE), by=owner)
        title = Words(fi="Ekosysteemikoulu 3.0", sv="Ekosystemskolan 3.0", en="Ecosystem School 3.0")
        programmes.edit(programme, title=title, by=owner)
        programmes.publish(programme, by=owner)
    call = programme.call
    told = [story.gather(data, cast) for data in listed]
    for place, one in enumerate(told):
        story.apply(one, call, call.closes - timedelta(days=9 - place))
    accept(programme, call.closes + timedelta(days=4), owner)
    give_mentors(programme, cast, call.closes + timedelta(days=6))
    _hold_workshops(programme, cast, today)
    for one in told:
        _live(one, programme, today)
    story.fill_canvases(programme, filled, moment(today - timedelta(days=28), 9))
    with clock.at(moment(today - timedelta(days=1))):
        deliver_due(clock.now())
    return programme


def _hold_workshops(programme: Programme, cast: Mapping[str, Person], today: date) -> None:
    """Two behind, the third moved to today; the cast has not answered the fourth."""
    listed = list(programme.workshops.select_related("programme").order_by("number"))
    for workshop in listed[:2]:
        answer(workshop, moment(workshop.date - timedelta(days=6)))
    third = listed[2]
    if third.date != today:
        with clock.at(moment(today - timedelta(days=12))):
            third = workshops.move(third, date=today, by=cast["facilitator"])
    answer(third, moment(today - timedelta(days=5)), silent=[cast["other_convener"]])
    answer(listed[3], moment(today - timedelta(days=1)), silent=[cast["convener"], cast["member"]])


def _live(told: Told, programme: Programme, today: date) -> None:
    team = Team.objects.get(programme=programme, name=told.data["name"])
    items = story.work_on_canvas(team, told.data["assumptions"], moment(today - timedelta(days=30), 13))
    state = told.data["state"]
    if state == "none":
        return
    ends = {"overdue": 20, "concluded": 4}.get(state, -20)
    starts = today - timedelta(days=26)
    fields = story.plan(told, programme, starts, today - timedelta(days=ends)) if state != "draft" else None
    experiment = story.draft(told, team, items[0], moment(today - timedelta(days=29)), fields)
    if state in ("running", "overdue", "concluded"):
        story.run(experiment, told.convener, moment(starts - timedelta(days=1)), moment(starts, 9))
    if state == "concluded":
        heard = {**told.data, "value": 75, "n": 20, "verdict": "met", "learned": "Kysymys muuttui joka kerta."}
        experiment.refresh_from_db()
        story.finish(experiment, Told(heard, told.people), moment(today - timedelta(days=3)))
    if state == "ready":
        with clock.at(moment(today - timedelta(days=2))):
            experiments.make_ready(experiment, by=told.convener)


def tell_next(
    last: Programme, listed: Sequence[Mapping[str, Any]], cast: Mapping[str, Person], today: date
) -> Programme:
    """The call that is open now, with drafts and what has been submitted."""
    owner = cast["owner"]
    with clock.at(moment(today - timedelta(days=14))):
        programme = programmes.copy(last, "ekosysteemikoulu-4", today + timedelta(days=NEXT_IN), by=owner)
        title = Words(fi="Ekosysteemikoulu 4.0", sv="Ekosystemskolan 4.0", en="Ecosystem School 4.0")
        programmes.edit(programme, title=title, by=owner)
        call = programme.call
        ends = today + timedelta(days=18)
        calls.set_times(
            call,
            opens_on=None,
            opens_at=None,
            closes_on=ends,
            closes_at=call.closes_at,
            seen=call.times.mark,
            by=owner,
        )
        call.refresh_from_db()
        tables, _none = from_json(FORM.read_text(encoding="utf-8"))
        calls.take_form(call, tables, replace=False, by=owner)
        programmes.publish(programme, by=owner)
    for place, data in enumerate(listed):
        at = moment(today - timedelta(days=8 - place))
        story.apply(story.gather(data, cast), call, at, submit=data["state"] == "submitted")
    judge(call, cast, moment(today - timedelta(days=3)))
    with clock.at(moment(today - timedelta(days=1))):
        deliver_due(clock.now())
    return programme
