"""How often somebody may do something: a bucket that fills evenly up to a burst."""


class Pace:
    def __init__(self, per_second: float, burst: float, now: float) -> None:
        self.per_second = per_second
        self.burst = burst
        self.left = burst
        self.at = now

    def take(self, count: int, now: float) -> float:
        """0 and taken, or how many seconds to wait until that many could be taken."""
        self.left = min(self.burst, self.left + (now - self.at) * self.per_second)
        self.at = now
        if count > self.left:
            return (min(count, self.burst) - self.left) / self.per_second
        self.left -= count
        return 0.0
