"""Ours for the bench: the demo, and beside it canvases with items to write on, all by actions.

python -m bench.canvas.seed, with RIHMA_DATA set. Prints ids and tokens as JSON.
"""

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rihma.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402 - as above
from django.utils import translation  # noqa: E402

from bench.seed import signed_in, starts  # noqa: E402 - as above
from rihma.accounts.actions import get_or_invite, issue_api_token  # noqa: E402
from rihma.accounts.models import Person  # noqa: E402
from rihma.base import clock  # noqa: E402
from rihma.base.ids import new_id  # noqa: E402
from rihma.canvases import actions as canvases  # noqa: E402
from rihma.canvases import kinds  # noqa: E402
from rihma.canvases.models import Canvas  # noqa: E402
from rihma.canvases.types import Proposed  # noqa: E402
from rihma.notices.delivery import deliver_due  # noqa: E402
from rihma.programmes.models import Programme  # noqa: E402
from rihma.site import demo  # noqa: E402
from rihma.teams import actions as teams  # noqa: E402
from rihma.teams.models import Team  # noqa: E402

KIND = "assumption_map"
EDITORS = 10
LARGE, ITEMS_ON_LARGE = 8, 500
SMALL, ITEMS_ON_SMALL = 100, 5
AT_ONCE = 64
TEXT = "People open the letter, but nobody knows whom to call about it, so they wait. "


def main() -> None:
    call_command("migrate", verbosity=0)
    facts = demo.load()
    owner = Person.objects.get(email=facts["people"]["owner"]["email"])
    people = [get_or_invite(f"editor{n}@example.org", name=f"Editor {n}", language="fi") for n in range(EDITORS)]
    programme = Programme.objects.order_by("-starts")[0]
    with translation.override("en"):
        large = [fill(team_of(programme, owner, people), ITEMS_ON_LARGE, owner) for _ in range(LARGE)]
        small = [fill(team_of(programme, owner, []), ITEMS_ON_SMALL, owner) for _ in range(SMALL)]
        deliver_due(clock.now())
    told = {
        "large": large,
        "small": small,
        "owner": issue_api_token(owner, name="bench", scopes=["*"]),
        "cookie": signed_in(owner),
        "pages": starts(facts),
        "editors": [issue_api_token(person, name="bench", scopes=["*"]) for person in people],
    }
    sys.stdout.write(json.dumps(told) + "\n")


def team_of(programme: Programme, owner: Person, people: list[Person]) -> Team:
    team = teams.form(programme, by=owner)
    for person in people:
        teams.join(teams.invite(team, person.email, by=owner), by=person)
    return team


def fill(team: Team, how_many: int, owner: Person) -> dict[str, object]:
    canvas = canvases.open_canvas(team, KIND, by=owner)
    items = [new_id() for _ in range(how_many)]
    zone, item_kind = place(canvas)
    for some in (items[first : first + AT_ONCE] for first in range(0, how_many, AT_ONCE)):
        added = [
            Proposed(f"seed:{item}", "add", item, {"kind": item_kind, "zone": zone, "text": TEXT}, None)
            for item in some
        ]
        for applied in canvases.apply(canvas, added, by=owner):
            if applied.refused:
                raise applied.refused
    path = canvas.get_absolute_url().removeprefix(settings.BASE_URL)
    return {"id": str(canvas.pk), "path": path, "items": [str(item) for item in items]}


def place(canvas: Canvas) -> tuple[str, str]:
    kind = kinds.find(canvas.kind)
    if kind is None:
        raise LookupError(canvas.kind)
    return next(iter(kind.zones)).key, next(iter(kind.items)).key


if __name__ == "__main__":
    main()
