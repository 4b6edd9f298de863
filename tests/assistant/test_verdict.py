import pytest

from assistant.conclude import conclude
from assistant.denied import denies, reverses_condition
from assistant.models import Verdict
from assistant.parties import PartyReader
from assistant.rivals import another_named
from assistant.verdict import Judgement, judge
from tests.assistant.town import ANALYZER, KNOWLEDGE, rank, read

CONDITIONAL = "Staden får inte bygga hus, men staden får bygga hus så länge det sker inom planen."


def judgements(question: str, sentence: str) -> list[Judgement]:
    asked, terms, (evidence,) = rank(question, read(sentence))
    return judge(asked, terms, evidence, ANALYZER, PartyReader(ANALYZER, KNOWLEDGE))


def verdict(question: str, sentence: str) -> Verdict | None:
    return conclude(judgements(question, sentence))


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Får staden bygga hus?", "Staden får bygga hus.", "yes"),
        ("Får staden bygga hus?", "Staden får inte bygga hus.", "no"),
        ("Får staden bygga hus?", "Hamnen bedömer att staden inte får bygga hus.", "no"),
        ("Får staden bygga hus?", "Det är inte förbjudet för staden att bygga hus.", "yes"),
        ("Saknar staden hus?", "Staden saknar hus.", "yes"),
        ("Saknar staden hus?", "Staden har hus.", "no"),
        ("Är det så att staden inte bygger hus?", "Staden bygger inte hus.", "yes"),
        ("Kan inte staden bygga hus?", "Staden kan bygga hus.", "yes"),
        ("Är stödet frivilligt?", "Stödet är obligatoriskt.", "no"),
        ("Är stödet frivilligt?", "Stödet är inte obligatoriskt.", "yes"),
        ("Byggdes bron i maj 2023?", "Bron byggdes i juni 2023.", "no"),
        ("Byggdes bron i maj 2023?", "Bron byggdes i maj 2023.", "yes"),
        ("Har staden fem hus?", "Staden har tre hus.", "no"),
        ("Var det Parknämnden som byggde bron?", "Hamnkontoret byggde bron.", "no"),
        ("Var det Parknämnden som byggde bron?", "Parknämnden byggde bron.", "yes"),
        ("Måste staden bygga hus?", "Staden är skyldig att bygga hus.", "yes"),
        ("Måste staden bygga hus?", "Det är frivilligt för staden att bygga hus.", "no"),
        ("Måste staden bygga hus?", "Staden kan bygga hus.", None),
        ("Måste staden bygga hus?", "Staden bygger hus.", None),
        ("Är brokravet infört?", "Brokravet gäller sedan den 1 juli.", "yes"),
        ("Är brokravet infört?", "Regeringen föreslår ett brokrav.", "no"),
        ("Är brokravet fortfarande ett förslag?", "Brokravet gäller sedan den 1 juli.", "no"),
        ("Får staden bygga hus?", CONDITIONAL, "partly"),
        ("Får staden bygga hus?", "Fontänen är grön.", None),
        ("Höjdes tullen?", "Tullen räknades upp med 3 procent.", "yes"),
        ("Sänktes tullen?", "Tullen räknades upp med 3 procent.", "no"),
        ("Är tullen i Lund låg?", "Tullen i Lund är hög.", "no"),
        ("Är 9 kronor den högsta tullen?", "Den lägsta tullen har höjts till 9 kronor.", "no"),
        ("Sjönk tullen i Lund?", "Tullen i Lund ligger på höga nivåer.", None),
        ("Är brokravet en lag?", "Förordning (2022:8) om brokravet gäller sedan 2022.", None),
        ("Kan rådet ha sju platser?", "Rådet har högst nio platser.", "yes"),
        ("Leddes bron av Ada Berg?", "Ada Berg ledde bron.", "yes"),
        ("Blir Ada Berg chef för bron efter Bo Lind?", "Bo Lind blir chef för bron efter Ada Berg.", "no"),
        ("Blir Bo Lind chef för bron efter Ada Berg?", "Bo Lind blir chef för bron efter Ada Berg.", "yes"),
        (
            "Bidrar staden med 6 kronor till bron?",
            "Hamnen ger 6 kronor till bron, och staden bidrar med 2 kronor.",
            "no",
        ),
        ("Får staden ta över hamnen?", "Rådet föreslog att staden skulle ta över hamnen.", None),
        ("Måste staden ändra planen?", "Staden ser inga öppningar som kräver en ändrad plan.", None),
        ("Byggdes bron 2025?", "Bron byggdes 2026, enligt beslut 2025/26:7.", "no"),
        ("Är det enligt paragraf 12 som bron byggs?", "Bron byggs enligt beslut den 12 juni.", None),
        ("Lät staden bli att bygga bron?", "Staden byggde inte bron.", "yes"),
        ("Lät staden bli att bygga bron?", "Staden byggde bron.", "no"),
        ("Lät staden bli att bygga bron?", "Staden lät bli att bygga bron.", "yes"),
        ("Gäller brokravet inte längre?", "Brokravet upphävdes den 1 juli.", "yes"),
        ("Byggde staden fler än 300 hus?", "Staden byggde drygt 320 hus.", "yes"),
        ("Är tullen högre i Lund än i Kivik?", "Tullen är 9 procent i Lund och 4 procent i Kivik.", "yes"),
        ("Är tullen högre i Kivik än i Lund?", "Tullen är 9 procent i Lund och 4 procent i Kivik.", "no"),
        ("Byggdes bron vid årsskiftet 2026/27?", "Bron byggdes den 1 januari 2027.", "yes"),
        ("Byggdes bron före den 1 april 2024?", "Bron byggdes den 15 mars 2024.", "yes"),
        ("Byggdes bron före den 1 mars 2024?", "Bron byggdes den 15 mars 2024.", "no"),
        ("Byggdes bron sommaren 2023?", "Bron byggdes i juni 2023.", "yes"),
        ("Byggdes bron hösten 2023?", "Bron byggdes i juni 2023.", "no"),
        ("Träffas nämnden varje år?", "Nämnden träffas vart fjärde år.", "no"),
        ("Träffas nämnden en gång på fyra år?", "Nämnden träffas vart fjärde år.", "yes"),
        ("Betalar staden pengar för bron?", "Staden betalar 5 miljoner kronor för bron.", "yes"),
        ("Har staden ansvar för att bygga bron?", "Staden ska bygga bron.", "yes"),
        ("Sitter Kivik i hamnrådet?", "Hamnrådet består av Kivik, Lund och Ystad.", "yes"),
        ("Är det Hamnkontoret som inte får bygga bron?", "Parknämnden får inte bygga bron.", "no"),
        ("Är det bara bron som byggs?", "Bron och hamnen byggs.", "no"),
        ("Slipper staden bygga bron?", "Staden ska bygga bron.", "no"),
        ("Får staden stöd av hamnen?", "Hamnen ska ge staden stöd.", "yes"),
        ("Måste staden ha skäl för att bygga hus?", "Staden får inte bygga hus utan skäl.", "yes"),
        ("Målade staden bron?", "Staden har bron kvar men har inte rivit den.", None),
        ("Flyttades gränsen?", "Staden ändrade inte gränsen.", "no"),
        ("Är stödet frivilligt?", "Stödet, som är obligatoriskt, gäller nu.", "no"),
        ("Är det förbjudet att bygga hus?", "Staden valde att inte bygga hus.", None),
        ("Är det förbjudet att bygga hus?", "Staden får bygga hus.", "no"),
        ("Måste staden ha en hamn?", "Staden har en hamn för att fler ska arbeta.", None),
        ("Kan staden söka pengar?", "Alla parter kan söka pengar, så även en stad.", "yes"),
        ("Är höga hus fler än låga?", "Hamnen bygger högre eller lägre hus.", None),
    ],
)
def test_verdict_of_one_sentence(question: str, sentence: str, expected: Verdict | None) -> None:
    assert verdict(question, sentence) == expected


def test_a_condition_that_the_question_names_decides() -> None:
    assert verdict("Får staden bygga hus inom planen?", CONDITIONAL) == "yes"


def test_no_judgement_is_no_verdict() -> None:
    assert conclude([]) is None


def test_a_yes_needs_a_sentence_that_bears_what_was_asked() -> None:
    assert verdict("Får staden bygga hus?", "Staden får bygga.") is None
    assert verdict("Får staden bygga hus?", "Staden får inte bygga.") == "no"


def test_the_most_telling_judgement_comes_first() -> None:
    weights = [j.weight for j in judgements("Får staden bygga hus?", CONDITIONAL)]
    assert weights == sorted(weights, reverse=True)
    assert {j.affirms for j in judgements("Får staden bygga hus?", CONDITIONAL)} == {True, False}


def test_a_sentence_on_another_named_is_known_as_such() -> None:
    question, terms, (evidence,) = rank(
        "Målade Parknämnden staketet grönt?", read("Hamnkontoret målade staketet grönt.")
    )
    assert another_named(question, terms, evidence)
    question, terms, (elsewhere,) = rank(
        "Målade Hamnkontoret staketet grönt i Lund?", read("Hamnkontoret målade staketet grönt i Kivik.")
    )
    assert another_named(question, terms, elsewhere)
    question, terms, (evidence,) = rank("Målade Hamnkontoret staketet grönt?", [evidence.sentence])
    assert not another_named(question, terms, evidence)


def test_a_denial_of_what_a_question_takes_for_granted() -> None:
    _, terms, (denial, other) = rank("Vilka hus har staden byggt?", read("Staden har inte byggt hus.", "Broar finns."))
    assert denies(terms, denial, ANALYZER)
    assert not denies(terms, other, ANALYZER)


def test_a_condition_turned_round() -> None:
    sentence = "Hamnen bygger när ingen annan firma gräver."
    for question, expected in (
        ("Bygger hamnen även när en annan firma gräver?", True),
        ("Bygger hamnen när ingen annan firma gräver?", False),
        ("Bygger hamnen?", False),
    ):
        asked, terms, _ = rank(question, read(sentence))
        assert reverses_condition(asked, terms, sentence, ANALYZER) is expected


def test_what_another_holds_tells_nothing() -> None:
    for question in ("Sade Ada Berg ja till bron?", "har Ada godkänt bron", "Avvisade Ada Berg bron?"):
        assert verdict(question, "Bo Lind sade ja till bron.") is None
