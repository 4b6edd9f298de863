from datetime import date

from assistant.chat.budget import Budget, Prices
from assistant.chat.draft import Usage


def test_what_is_spent_in_a_day_is_added_up_and_begins_anew_the_next():
    day = [date(2026, 1, 1)]
    budget = Budget(Prices(read=2.0, written=10.0, most_per_day=0.5), lambda: day[0])
    budget.spend(Usage(100_000, 20_000))  # .2 + .2
    found = [budget.is_spent]
    budget.spend(Usage(50_000, 0))  # .1 more
    found.append(budget.is_spent)
    day[0] = date(2026, 1, 2)
    assert [*found, budget.is_spent] == [False, True, False]


def test_without_a_limit_nothing_is_ever_spent_up():
    budget = Budget(Prices(read=2.0))
    budget.spend(Usage(10**9, 10**9))
    assert budget.is_spent is False
