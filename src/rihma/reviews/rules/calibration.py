"""Who judges harshly and who mildly, and what it would change to take that out.

Each mean is seen as what the application deserves and how mild its reader is. Readers are compared only by what others
have read too, so that somebody who happened to get the weak ones does not pass for harsh.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

ROUNDS = 200
CLOSE = 1e-9

# (application, juror) → the juror's mean
type Means = Mapping[tuple[UUID, UUID], float]


@dataclass(frozen=True)
class Calibrated:
    """Juror → how much milder than the others; application → its mean as it is, and as it would be without that."""

    mildness: Mapping[UUID, float]
    plain: Mapping[UUID, float]
    corrected: Mapping[UUID, float]


def calibrate(means: Means) -> Calibrated:
    plain = _averages({(application, juror): mean for (application, juror), mean in means.items()})
    mildness = _mildness(means)
    corrected = _averages({pair: mean - mildness[pair[1]] for pair, mean in means.items()})
    return Calibrated(mildness, plain, corrected)


def _mildness(means: Means) -> dict[UUID, float]:
    """By turns what each application is worth and how mild each juror is, until neither moves."""
    mild = dict.fromkeys((juror for _application, juror in means), 0.0)
    for _round in range(ROUNDS):
        worth = _averages({pair: mean - mild[pair[1]] for pair, mean in means.items()})
        over = defaultdict[UUID, list[float]](list)
        for (application, juror), mean in means.items():
            over[juror].append(mean - worth[application])
        found = {juror: sum(values) / len(values) for juror, values in over.items()}
        middle = sum(found[juror] for _application, juror in means) / max(1, len(means))
        after = {juror: value - middle for juror, value in found.items()}
        if all(abs(after[juror] - mild[juror]) < CLOSE for juror in mild):
            return after
        mild = after
    return mild


def _averages(means: Means) -> dict[UUID, float]:
    of_each = defaultdict[UUID, list[float]](list)
    for (application, _juror), mean in means.items():
        of_each[application].append(mean)
    return {application: sum(values) / len(values) for application, values in of_each.items()}


def places(means: Mapping[UUID, float]) -> dict[UUID, int]:
    """1 is the highest; those that are equal share a place."""
    rounded = {application: round(mean, 6) for application, mean in means.items()}
    return {application: 1 + sum(other > mean for other in rounded.values()) for application, mean in rounded.items()}
