"""Amounts in Swedish text: thousands, decimals and units, against values worked out by hand."""

from decimal import Decimal

import pytest

from evals.quantities import Quantity, only_quantity, quantities


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1 234,5", {("1234.5", "")}),
        ("1\u00a0234,50 %", {("1234.5", "%")}),
        ("12 mnkr och 3,5 procentenheter", {("12000000", "kr"), ("3.5", "procentenheter")}),
        ("2 miljarder kronor", {("2000000000", "kr")}),
        ("450 tkr, 450 kronor", {("450000", "kr"), ("450", "kr")}),
        ("SOU 2023:94", {("2023", ""), ("94", "")}),
        ("2025/26:207", {("2025", ""), ("26", ""), ("207", "")}),
        ("den 19 juni 2024.", {("19", ""), ("2024", "")}),
        ("år 2023 350 personer", {("2023", ""), ("350", "")}),
        ("3 krav", {("3", "")}),
        ("inga tal", set()),
    ],
)
def test_quantities(text: str, found: set[tuple[str, str]]) -> None:
    assert quantities(text) == {Quantity(Decimal(value), unit) for value, unit in found}


def test_only_a_quantity() -> None:
    assert only_quantity(" 35 000 kr ") == Quantity(Decimal(35000), "kr")
    assert only_quantity("35 000 personer") is None
    assert only_quantity("") is None
