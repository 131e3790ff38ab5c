from collections.abc import Mapping
from typing import Any

from rihma.accounts.models import Person
from rihma.actors import actions
from rihma.actors.queries import called
from rihma.base.words import Words


def place(told: Mapping[str, Any], by: Person) -> None:
    """Where the organisations of the demo work, what they are called in other languages, and whose part they are."""
    for region, names in told["regions"].items():
        for name in names:
            found = called(name)
            if found is None:
                continue  # the smaller rounds that tests load do not have everybody
            actions.name_organisation(name, kind=found.kind, region=region)
    for name in {*told["names"], *told["parts"]}:
        if found := called(name):
            parent = called(told["parts"].get(name, ""))
            names = Words(told["names"].get(name, {}))
            actions.edit(found, names=names, region=found.region, parent=parent, by=by)
