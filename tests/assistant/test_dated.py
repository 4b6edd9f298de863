import pytest

from assistant.dated import find_dates


@pytest.mark.parametrize(
    ("text", "isos"),
    [
        ("Rådet beslutade den 19 juni 2024 om taket.", ["2024-06-19"]),
        ("Det skedde i Maj 2023 och 2024-02.", ["2023-05", "2024-02"]),
        ("Enligt 2024-02-29 gäller det.", ["2024-02-29"]),
        ("Våren 2022 och hösten 2021.", ["2022", "2021"]),
        ("2019 byggdes bron.", ["2019"]),
        ("Under 2019 byggdes bron, i början av 2020 en till.", ["2019", "2020"]),
        # Years that are parts of identifiers, ranges, amounts or comparisons date nothing.
        ("SOU 2023:94, prop. 2025/26:207, STK-2023-602 och SFS 2022:811.", []),
        ("Programmet för 2021–2027 kostar 2024 kronor, sedan år 2000 mer.", []),
        ("Det kostade 3 miljoner kronor under 2026.", []),
        ("Den 32 juni 2024 finns inte.", []),
        ("", []),
    ],
)
def test_dates_are_found_with_the_precision_they_have(text, isos):
    assert [d.iso for d in find_dates(text)] == isos


def test_a_date_is_its_words_alone():
    text = "Under 2019 och den 3 maj 2020."
    assert [text[d.span.start : d.span.end] for d in find_dates(text)] == ["2019", "3 maj 2020"]


def test_a_year_comes_before_its_months_and_a_season_where_it_begins():
    text = "I maj 2020, hösten 2020, under 2020, den 1 oktober 2020, våren 2020."
    in_order = sorted(find_dates(text), key=lambda d: d.order)
    assert [text[d.span.start : d.span.end] for d in in_order] == [
        "2020",
        "våren 2020",
        "maj 2020",
        "hösten 2020",
        "1 oktober 2020",
    ]
