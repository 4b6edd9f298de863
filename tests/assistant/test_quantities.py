import pytest

from assistant.quantities import MONEY, OFTEN, PERCENT, TIME, Bound, agrees, asks_for_sum, quantities, same_kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("191 766 arbetsplatser", [(191766.0, "arbetsplats", Bound.EXACT)]),
        (
            "2 744 miljoner kronor och 1,5 miljarder kronor",
            [(2.744e9, MONEY, Bound.EXACT), (1.5e9, MONEY, Bound.EXACT)],
        ),
        ("knappt 36 000 personer", [(36000.0, "person", Bound.BELOW)]),
        ("fler än tjugo jobb", [(20.0, "jobb", Bound.ABOVE)]),
        ("under två år", [(2 * 365.0, TIME, Bound.EXACT)]),
        ("vart fjärde barn", [(25.0, PERCENT, Bound.EXACT)]),
        ("vart fjärde år", [(4 * 365.0, OFTEN, Bound.EXACT)]),
        ("en gång på fyra år", [(4 * 365.0, OFTEN, Bound.EXACT)]),
        ("två gånger om året", [(182.5, OFTEN, Bound.EXACT)]),
        ("årligen", [(365.0, OFTEN, Bound.EXACT)]),
        ("varje månad från juli", [(30.4, OFTEN, Bound.EXACT)]),
        ("i månaden före", []),
        ("i år", []),
        ("130 miljarder kommunerna får", [(130e9, "", Bound.EXACT)]),
        ("17 miljoner människor", [(17e6, "människa", Bound.EXACT)]),
        ("tre fjärdedelar av lönen", [(75.0, PERCENT, Bound.EXACT)]),
        ("hälften", [(50.0, PERCENT, Bound.EXACT)]),
        ("ett barn av fyra", [(25.0, PERCENT, Bound.EXACT)]),
        (
            "från 223 till 365 kronor per dag",
            [(223.0, MONEY, Bound.EXACT), (365.0, MONEY, Bound.EXACT), (1.0, OFTEN, Bound.EXACT)],
        ),
        ("högst 18 månader", [(18 * 30.4, TIME, Bound.BELOW)]),
        ("omkring 30 %", [(30.0, PERCENT, Bound.ABOUT)]),
    ],
)
def test_amounts_are_read_with_their_units(text: str, expected: list[tuple[float, str, Bound]]) -> None:
    found = quantities(text)
    assert [(q.unit, q.bound) for q in found] == [(unit, bound) for _, unit, bound in expected]
    assert [q.value for q in found] == pytest.approx([value for value, _, _ in expected])


@pytest.mark.parametrize(
    "text", ["den 15 december 2025", "år 2026", "SOU 2023:94", "§ 129", "STK-2023-602", "artikel 6 och 7", "Rb 99"]
)
def test_dates_years_and_identifiers_are_no_amounts(text: str) -> None:
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("asked", "found", "expected"),
    [
        ("över 190 000 jobb", "191 766 jobb", True),
        ("över 190 000 jobb", "185 000 jobb", False),
        ("fler än 100 jobb", "5 000 jobb", False),
        ("under 9 procent", "8,5 procent", True),
        ("under 8 procent", "8,5 procent", False),
        ("30 procent", "30,0 procent", True),
        ("30 procent", "31 procent", False),
        ("ungefär 30 procent", "31 procent", True),
        ("en fjärdedel", "25 procent", True),
    ],
)
def test_amounts_are_compared_as_they_are_put(asked: str, found: str, expected: bool) -> None:
    assert agrees(quantities(asked)[0], quantities(found)[0]) is expected


def test_a_most_bears_less_only_where_it_is_asked_what_may_be() -> None:
    asked, found = quantities("sju ledamöter")[0], quantities("högst nio ledamöter")[0]
    assert agrees(asked, found, permits=True)
    assert not agrees(asked, found)


def test_shares_sums_and_times_are_held_against_their_like_alone() -> None:
    share, money, time, boats = (quantities(t)[0] for t in ("3 procent", "3 kronor", "3 dagar", "3 båtar"))
    assert not any(same_kind(a, b) for a, b in [(share, money), (money, time), (time, boats), (boats, share)])
    assert same_kind(boats, quantities("fyra skutor")[0])


def test_a_sum_or_a_difference_is_told() -> None:
    assert asks_for_sum("Är det sammanlagt 140 miljoner?")
    assert asks_for_sum("Är den två veckor längre?")
    assert not asks_for_sum("Är den längre än två veckor?")
