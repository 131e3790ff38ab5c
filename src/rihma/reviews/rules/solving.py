"""The cheapest assignment, exactly: a flow from applications to jurors, in which each further step of one costs more."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from rihma.base.solver import solver
from rihma.reviews.rules.choosing import EMPTY, STEP, Chosen, Pair, Table, cost

HALF = 0.5


class Network:
    """A linear model, a column for each flow. Its corners are whole numbers, as those of every such network are."""

    def __init__(self) -> None:
        self.highs: Any = solver()
        # One method, so that the same table always gives the same answer.
        self.highs.setOptionValue("solver", "simplex")
        self.columns = 0

    def flow(self, most: int, price: int) -> int:
        self.highs.addVar(0.0, float(most))
        self.highs.changeColCost(self.columns, float(price))
        self.columns += 1
        return self.columns - 1

    def balance(self, into: list[int], out: list[int], surplus: int) -> None:
        """What flows in is what flows out and `surplus`."""
        places, signs = [*into, *out], [1.0] * len(into) + [-1.0] * len(out)
        self.highs.addRow(float(surplus), float(surplus), len(places), places, signs)

    def cheapest(self) -> list[float]:
        self.highs.run()
        return list(self.highs.getSolution().col_value)


def choose(table: Table) -> Chosen:
    network = Network()
    flows: dict[Pair, int] = {}
    of_text, of_reader = defaultdict[UUID, list[int]](list), defaultdict[UUID, list[int]](list)
    for text in table.texts:
        for reader in table.readers:
            if table.may(text, reader):
                flow = flows[text.application, reader.person] = network.flow(1, cost(text, reader))
                of_text[text.application].append(flow)
                of_reader[reader.person].append(flow)
    needs = table.needs()
    empty = {one: network.flow(needed, EMPTY) for one, needed in needs.items()}
    for application, needed in needs.items():
        network.balance([*of_text[application], empty[application]], [], needed)
    had = table.had()
    for reader in table.readers:
        steps = range(1, min(table.room(reader), len(of_reader[reader.person])) + 1)
        network.balance(
            of_reader[reader.person], [network.flow(1, STEP * (had[reader.person] + step)) for step in steps], 0
        )
    flowing = network.cheapest()
    return Chosen(
        pairs=tuple(pair for pair, flow in flows.items() if flowing[flow] > HALF),
        short={one: round(flowing[flow]) for one, flow in empty.items() if flowing[flow] > HALF},
    )
