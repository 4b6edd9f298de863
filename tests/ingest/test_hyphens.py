import pytest

from ingest.hyphens import join_lines

WORDS = frozenset({"försöksverksamhet", "icke-medborgare", "e-tjänst"})


def known(word: str) -> bool:
    return word == "arbetsmarknad"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("(§ 129, STK-2023-", "602).", "(§ 129, STK-2023-602)."),
        ("arbetsmarknads-", "och socialnämnden", "arbetsmarknads- och socialnämnden"),
        ("stöd av ESF-", "medel, alternativt", "stöd av ESF-medel, alternativt"),
        ("försöks-", "verksamhet i", "försöksverksamhet i"),  # the text has the word elsewhere
        ("icke-", "medborgare", "icke-medborgare"),  # and this one with its hyphen
        ("arbets-", "marknad", "arbetsmarknad"),  # the dictionary knows it
        ("xyz-", "abc", "xyz-abc"),  # nobody knows: as it was published
        ("Malmö-", "Lund", "Malmö-Lund"),
        ("försök –", "försöksverksamhet", "försök – försöksverksamhet"),
        ("försök -", "verksamhet", "försök - verksamhet"),
        ("ett", "ord", "ett ord"),
        ("", "början", "början"),
    ],
)
def test_join_lines(left, right, expected):
    assert join_lines(left, right, WORDS, known) == expected


def test_the_dictionary_takes_compounds_apart():
    assert join_lines("arbetsmarknads-", "politik", frozenset()) == "arbetsmarknadspolitik"
