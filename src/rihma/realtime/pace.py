"""How often somebody may do something: a bucket that fills evenly up to a burst."""


class Pace:
    def __init__(self, per_second: float, burst: float, now: float) -> None:
        self.per_second = per_second
        self.burst = burst
        self.left = burst
        self.at = now
        self.until = now

    def take(self, count: int, now: float) -> float:
        """0 and taken, or how many seconds to wait.

        Until then nothing else is taken either, so that what was refused comes first when it is sent again. More than
        a burst is taken once the bucket is full, and makes what follows wait the longer.
        """
        self.left = min(self.burst, self.left + (now - self.at) * self.per_second)
        self.at = now
        lacking = min(count, self.burst) - self.left
        if lacking > 0:
            self.until = max(self.until, now + lacking / self.per_second)
        if now < self.until:
            return self.until - now
        self.left -= count
        return 0.0
