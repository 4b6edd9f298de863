"""Used by the client: what the model's tokens cost, and whether the day's limit is reached."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.chat.draft import Usage

PER_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of a million tokens, and the most that a day may cost (0: no limit), all in one currency."""

    read: float = 0.0
    written: float = 0.0
    most_per_day: float = 0.0

    def cost(self, usage: Usage) -> float:
        """What ``usage`` costs."""
        return (usage.read * self.read + usage.written * self.written) / PER_MILLION


class Budget:
    """Adds up what is spent in a day, in this process; safe to share between threads."""

    def __init__(self, prices: Prices, today: Callable[[], date] = date.today) -> None:
        """Begin with nothing spent."""
        self.prices = prices
        self._today = today
        self._lock = threading.Lock()
        self._day, self._spent = today(), 0.0

    @property
    def is_spent(self) -> bool:
        """Whether the day's limit is reached."""
        with self._lock:
            self._turn()
            return 0 < self.prices.most_per_day <= self._spent

    def spend(self, usage: Usage) -> None:
        """Add what a call has used."""
        with self._lock:
            self._turn()
            self._spent += self.prices.cost(usage)

    def _turn(self) -> None:
        if self._today() != self._day:
            self._day, self._spent = self._today(), 0.0
