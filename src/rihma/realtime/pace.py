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


class Load:
    """How much is being written, and so how long to gather before the next transaction."""

    SLOT = 0.1
    # The more comes, the longer: what a transaction and a round of frames cost is then shared by more operations.
    LEAST, MOST = 0.005, 0.03
    EACH = 0.000_005

    def __init__(self, busy: float) -> None:
        self.busy = busy
        self.rate = 0.0
        self.count = 0
        self.slot_at = 0.0
        self.began_at = 0.0

    def began(self, count: int, now: float) -> None:
        """A transaction with this many operations begins."""
        if now - self.slot_at >= self.SLOT:
            self.rate = self.count / (now - self.slot_at)
            self.slot_at, self.count = now, 0
        self.count += count
        self.began_at = now

    def wait(self, now: float) -> float:
        """Seconds until the next may begin; 0 where little is written, so that nobody waits for others."""
        if self.rate < self.busy:
            return 0.0
        gather = min(self.MOST, max(self.LEAST, self.rate * self.EACH))
        return max(0.0, self.began_at + gather - now)
