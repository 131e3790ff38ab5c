"""A call that takes in several times: its first cut-off has passed and is decided on, its second lies ahead."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rihma.accounts.models import Person
from rihma.applications.models import Application
from rihma.base import clock
from rihma.base.words import Words
from rihma.calls.models import Intake
from rihma.notices.delivery import deliver_due
from rihma.programmes import actions as programmes
from rihma.selection import actions as selection
from rihma.selection.models import Decision
from rihma.site.demo import story
from rihma.site.demo.story import moment

HERE = Path(__file__).parent
# The days of the file, and how many days from today each of them is.
FIRST = "2001-02-01"
DAYS = {"2001-01-01": -60, FIRST: -12, "2001-03-01": 19, "2001-05-01": 82, "2001-09-01": 210}
BECAUSE = (
    "Paikkoja oli kaksi. Ajatus on hyvä, mutta siitä ei vielä näe, mistä tietäisitte kokeilun onnistuneen. "
    "Kun lisäätte sen, hakemus on vahva seuraavana määräpäivänä."
)


def tell_rolling(cast: Mapping[str, Person], today: date) -> None:
    owner = cast["owner"]
    file, first = (HERE / "rolling.toml").read_text(), today + timedelta(days=DAYS[FIRST])
    for day, n in DAYS.items():
        file = file.replace(day, f"{today + timedelta(days=n)}")
    with clock.at(moment(today - timedelta(days=50))):
        programme = programmes.import_file(file.encode(), by=owner)
        programmes.publish(programme, by=owner)
    for place, data in enumerate(tomllib.loads((HERE / "rolling-teams.toml").read_text())["team"]):
        before = first if data["cut_off"] == 1 else today
        at = moment(before - timedelta(days=6)) + timedelta(hours=3 * place)
        application = story.apply(story.gather(data, cast), programme.call, at, submit=not data.get("draft", False))
        if data["cut_off"] == 1:
            _decide(application, data, owner, first + timedelta(days=5))
    with clock.at(moment(first + timedelta(days=6))):
        selection.announce(Intake.objects.get(call=programme.call, number=1), by=owner)
    with clock.at(moment(today - timedelta(days=1))):
        deliver_due(clock.now())


def _decide(application: Application, data: Mapping[str, Any], by: Person, on: date) -> None:
    with clock.at(moment(on)):
        if "summary" in data:
            selection.decide(application, Decision.Outcome.ACCEPTED, summary=Words(data["summary"]), by=by)
        else:
            selection.decide(application, Decision.Outcome.DECLINED, reason=BECAUSE, by=by)
