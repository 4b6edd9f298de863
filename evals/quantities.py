"""Used by the metrics that look for numbers: amounts with their units, however they are written."""

import re
from dataclasses import dataclass
from decimal import Decimal

# A number in Swedish: spaces between thousands, a decimal comma (or point). "2023 350" is two numbers, "1 350" is one.
_NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?!\d)"
# Unit as written, lower case → unit and factor that it stands for.
_UNITS: dict[str, tuple[str, Decimal]] = {
    "%": ("%", Decimal(1)),
    "procent": ("%", Decimal(1)),
    "procentenheter": ("procentenheter", Decimal(1)),
    "procentenhet": ("procentenheter", Decimal(1)),
    "kr": ("kr", Decimal(1)),
    "kronor": ("kr", Decimal(1)),
    "tkr": ("kr", Decimal(1000)),
    "tusen kronor": ("kr", Decimal(1000)),
    "mnkr": ("kr", Decimal(1_000_000)),
    "mkr": ("kr", Decimal(1_000_000)),
    "milj. kr": ("kr", Decimal(1_000_000)),
    "miljoner kronor": ("kr", Decimal(1_000_000)),
    "miljon kronor": ("kr", Decimal(1_000_000)),
    "miljoner": ("", Decimal(1_000_000)),
    "mdkr": ("kr", Decimal(1_000_000_000)),
    "miljarder kronor": ("kr", Decimal(1_000_000_000)),
    "miljard kronor": ("kr", Decimal(1_000_000_000)),
    "miljarder": ("", Decimal(1_000_000_000)),
}
_LONGEST_FIRST = sorted(_UNITS, key=len, reverse=True)
_UNIT = "|".join(
    re.escape(unit).replace(r"\ ", r"\s+") + (r"\b" if unit[-1].isalpha() else "") for unit in _LONGEST_FIRST
)
_QUANTITY = re.compile(rf"(?P<number>{_NUMBER})(?:\s*(?P<unit>{_UNIT}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: ``1,5 mnkr`` is 1500000 of unit ``kr``, ``12 procent`` is 12 of unit ``%``."""

    value: Decimal
    unit: str = ""


def quantities(text: str) -> frozenset[Quantity]:
    """Every number in ``text`` with the unit that follows it, if any is known."""
    return frozenset(_quantity(found) for found in _QUANTITY.finditer(text))


def only_quantity(text: str) -> Quantity | None:
    """The amount where ``text`` is nothing else, or None."""
    found = _QUANTITY.fullmatch(text.strip())
    return _quantity(found) if found else None


def _quantity(found: re.Match[str]) -> Quantity:
    value = Decimal(re.sub(r"[ \u00a0\u202f]", "", found["number"]).replace(",", "."))
    unit, factor = _UNITS[" ".join((found["unit"] or "").lower().split())] if found["unit"] else ("", Decimal(1))
    return Quantity((value * factor).normalize(), unit)
