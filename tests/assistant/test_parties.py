import pytest

from assistant.conclude import conclude
from assistant.parties import Parties, PartyReader
from assistant.verdict import judge
from tests.assistant.town import ANALYZER, KNOWLEDGE, rank, read

TWO = "I maj 2023 byggde Parknämnden bron och i juni 2024 målade Hamnkontoret tunneln."


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Byggde Parknämnden bron?", TWO, Parties.SAME),
        ("Byggde Hamnkontoret bron?", TWO, Parties.OTHER),
        ("Målade Hamnkontoret tunneln?", TWO, Parties.SAME),
        ("Målade Parknämnden tunneln?", TWO, Parties.OTHER),
        ("Byggdes bron i maj 2023?", TWO, Parties.SAME),
        ("Byggdes bron i juni 2024?", TWO, Parties.OTHER),
        ("Var det Hamnkontoret som byggde bron?", TWO, Parties.OTHER),
        ("Var det Parknämnden som byggde bron?", TWO, Parties.SAME),
        ("Lämnade Parknämnden bron till Hamnkontoret?", "Parknämnden lämnade bron till Hamnkontoret.", Parties.SAME),
        ("Lämnade Hamnkontoret bron till Parknämnden?", "Parknämnden lämnade bron till Hamnkontoret.", Parties.OTHER),
        ("Lämnades bron till Parknämnden?", "Bron lämnades till Hamnkontoret.", Parties.OTHER),
        ("Fick Parknämnden pengar till broar?", "Nämnder i Skåne fick pengar till broar.", Parties.OPEN),
        ("Byggs bron?", "Parknämnden bygger bron.", Parties.SAME),
    ],
)
def test_whose_the_claim_is(question: str, sentence: str, expected: Parties) -> None:
    asked, terms, (evidence,) = rank(question, read(sentence))
    assert PartyReader(ANALYZER, KNOWLEDGE).compare(asked, terms, evidence.sentence) is expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Byggde Parknämnden bron?", "yes"), ("Byggde Hamnkontoret bron?", "no"), ("Byggdes bron i juni 2024?", "no")],
)
def test_another_party_makes_a_no(question: str, expected: str) -> None:
    asked, terms, (evidence,) = rank(question, read(TWO))
    judged = judge(asked, terms, evidence, ANALYZER, PartyReader(ANALYZER, KNOWLEDGE))
    assert conclude(judged) == expected
