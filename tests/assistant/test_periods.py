from datetime import date

import pytest

from assistant.bindings import Held
from assistant.dates import with_plain_dates
from assistant.periods import periods, periods_held, without_periods
from tests.assistant.town import rank, read


@pytest.mark.parametrize(
    ("text", "first", "last", "bound"),
    [
        ("den 1 juni 2026", date(2026, 6, 1), date(2026, 6, 1), ""),
        ("senast den 1 juni 2026", date(2026, 6, 1), date(2026, 6, 1), "by"),
        ("i februari 2024", date(2024, 2, 1), date(2024, 2, 29), ""),
        ("före hösten 2026", date(2026, 9, 1), date(2026, 11, 30), "before"),
        ("vintern 2026", date(2025, 12, 1), date(2026, 2, 28), ""),
        ("efter 2026", date(2026, 1, 1), date(2026, 12, 31), "after"),
    ],
)
def test_dates_are_read_as_days(text: str, first: date, last: date, bound: str) -> None:
    (period,) = periods(text)
    assert (period.first, period.last, period.bound) == (first, last, bound)


@pytest.mark.parametrize("text", ["SOU 2023:94", "STK-2023-602", "den 31 februari 2024", "i juni", "lagen (2009:47)"])
def test_what_is_no_date_with_a_year_is_none(text: str) -> None:
    assert list(periods(text)) == []


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Kom det sommaren 2025?", "Det kom i juni 2025.", Held.SAME),
        ("Kom det hösten 2025?", "Det kom i juni 2025.", Held.OTHER),
        ("Kom det våren 2025?", "Det kom 2025.", Held.OPEN),
        ("Kom det före hösten 2025?", "Det kom i juni 2025.", Held.SAME),
        ("Kom det efter sommaren 2025?", "Det kom i maj 2025 och gick i juni 2025.", Held.OTHER),
        ("Kom det efter maj 2025?", "Det kom i maj 2025 och gick i juni 2025.", Held.OPEN),
        ("Ska det lämnas senast den 1 juni 2026?", "Det ska lämnas senast den 1 juni 2026.", Held.SAME),
        ("Ska det lämnas senast den 1 juni 2027?", "Beslutat 2025, det ska lämnas senast den 1 juni 2026.", Held.OTHER),
        ("Kom det i juni 2025?", "Det kom i maj 2025.", Held.NONE),  # compared as words
        ("Kom det hösten 2025?", "Det kom.", Held.NONE),
    ],
)
def test_dates_lie_where_the_question_puts_them(question: str, text: str, expected: Held) -> None:
    assert periods_held(question, text) is expected


def test_terms_of_compared_dates_are_set_aside() -> None:
    question, terms, _ = rank("Byggdes bron före hösten 2025?", read("Bron byggdes."))
    assert {t.text for t in without_periods(question.text, terms)} == {"Byggdes", "bron"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vid årsskiftet 2026/27", "vid den 1 januari 2027"),
        ("från halvårsskiftet 2026", "från den 1 juli 2026"),
        ("sedan nittiotalet", "sedan 1990-talet"),
        ("före utgången av 2026", "under 2026"),
    ],
)
def test_dates_in_words_are_put_as_documents_put_them(text: str, expected: str) -> None:
    assert with_plain_dates(text) == expected
