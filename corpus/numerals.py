"""Swedish words for numbers and months, and what a year looks like: one list of each, for all rooms to take from."""

from collections.abc import Mapping

_BELOW_TWENTY = (
    "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton"
).split()
_TENS = "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio".split()

NUMBERS: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_BELOW_TWENTY)},
    **{
        ten + (one if number else ""): tens + number
        for tens, ten in zip(range(20, 100, 10), _TENS, strict=True)
        for number, one in enumerate(_BELOW_TWENTY[:10])
    },
    "hundra": 100,
}
MONTHS = tuple("januari februari mars april maj juni juli augusti september oktober november december".split())
YEAR = r"(?:19|20)\d\d"  # a pattern: four digits that are read as a year
YEAR_ALONE = rf"(?<![\d:/.-]){YEAR}(?![\d:/-])"  # one that is no part of an identifier (*2023:94*)


def numbers_between(least: int, most: int) -> list[str]:
    """The words for the numbers from ``least`` to ``most``, in order."""
    return [word for word, number in NUMBERS.items() if least <= number <= most]
