"""Where value, interval and threshold of a result lie on a drawn line."""

from dataclasses import dataclass

WIDTH, MARGIN = 480.0, 24.0
# Labels nearer to each other than this would overlap.
CLOSE = 90.0


@dataclass(frozen=True)
class Ruler:
    value: float
    threshold: float
    low: float | None = None
    high: float | None = None

    @property
    def known(self) -> list[float]:
        return [float(n) for n in (self.value, self.threshold, self.low, self.high) if n is not None]

    def x(self, number: float) -> float:
        """From number to drawing; a single point stands in the middle."""
        least, most = min(self.known), max(self.known)
        around = (most - least) * 0.15 or 1.0
        share = (float(number) - least + around) / (most - least + 2 * around)
        return round(MARGIN + share * (WIDTH - 2 * MARGIN), 1)

    @property
    def value_x(self) -> float:
        return self.x(self.value)

    @property
    def threshold_x(self) -> float:
        return self.x(self.threshold)

    @property
    def low_x(self) -> float | None:
        return None if self.low is None else self.x(self.low)

    @property
    def high_x(self) -> float | None:
        return None if self.high is None else self.x(self.high)

    def anchor(self, x: float) -> str:
        """Labels at the ends grow inwards, so that none leaves the drawing."""
        if x < CLOSE:
            return "start"
        return "end" if x > WIDTH - CLOSE else "middle"

    @property
    def value_anchor(self) -> str:
        return self.anchor(self.value_x)

    @property
    def threshold_anchor(self) -> str:
        return self.anchor(self.threshold_x)
