from dataclasses import replace

from assistant.compose import DENIAL, NOT_IN_SOURCES, UNDECIDED, Statement
from assistant.dates import swedish_date
from assistant.extract import Extraction
from assistant.judge import Judged
from assistant.models import Verdict
from assistant.question import understand
from assistant.writing import write_all
from tests.assistant.town import document

PLAN = document("Bron är grön.", "Den är ny.", "Den är stor.")
SHEET = document("Bron målades röd.", document_id="bladet")
GREEN, NEW, LARGE = (Statement(PLAN, span) for span in PLAN.sentences)
VERDICTS: tuple[Verdict, ...] = ("yes", "no", "partly")
RED = Statement(SHEET, SHEET.sentences[0], relation="updates", since="2026-07-01")


def extraction(question: str, *statements: Statement) -> Extraction:
    return Extraction(understand(question), (), Judged(None, ()), statements, (), ())


def test_the_verdict_comes_first_and_every_quote_has_its_number() -> None:
    written = write_all([replace(extraction("Är bron grön?", GREEN, NEW), judged=Judged("yes", ()))])
    assert written.text == "Ja. Bron är grön. [1] Den är ny. [2]"
    assert (written.verdict, [c.number for c in written.citations]) == ("yes", [1, 2])
    assert [c.quote for c in written.citations] == ["Bron är grön.", "Den är ny."]


def test_words_for_every_verdict() -> None:
    texts = [write_all([replace(extraction("Är bron grön?", GREEN), judged=Judged(v, ()))]).text for v in VERDICTS]
    assert [text.split()[0] for text in texts] == ["Ja.", "Nej.", "Delvis."]


def test_without_a_verdict_a_yes_no_question_says_so_and_others_do_not() -> None:
    assert write_all([extraction("Är bron grön?", NEW)]).text == f"{UNDECIDED} Den är ny. [1]"
    assert write_all([extraction("Hur är bron?", NEW)]).text == "Den är ny. [1]"
    denying = replace(extraction("Vilken båt fick staden?", NEW), denies=True)
    assert write_all([denying]).text == f"{DENIAL} Den är ny. [1]"


def test_what_has_changed_since_stands_last_with_its_date() -> None:
    written = write_all([extraction("Hur är bron?", replace(GREEN, updated=True), RED, NEW)])
    assert written.text == (
        "Bron är grön. [1] Den är ny. [3]\n\nHar ändrats sedan dess (från 1 juli 2026): Bron målades röd. [2]"
    )
    assert [(c.number, c.document_id, c.updated) for c in written.citations] == [
        (1, "plan", True),
        (2, "bladet", False),
        (3, "plan", False),
    ]


def test_two_questions_share_the_citation_of_one_sentence() -> None:
    written = write_all([extraction("Hur är bron?", GREEN, NEW), extraction("Och mer?", NEW, LARGE)])
    assert written.text == "Bron är grön. [1] Den är ny. [2]\n\nDen är ny. [2] Den är stor. [3]"
    assert len(written.citations) == 3


def test_a_question_that_has_no_answer_is_told_beside_one_that_has() -> None:
    second = replace(extraction("Är bron grön?", GREEN), judged=Judged("yes", ()))
    written = write_all([extraction("Vad kostade bron?"), second])
    assert written.text == f"»Vad kostade bron?» – {NOT_IN_SOURCES}\n\nJa. Bron är grön. [1]"
    assert written.verdict == "yes"


def test_the_first_verdict_is_the_answers() -> None:
    first = replace(extraction("Är bron grön?", GREEN), judged=Judged("no", ()))
    second = replace(extraction("Är bron ny?", NEW), judged=Judged("yes", ()))
    assert write_all([extraction("Hur är bron?", LARGE), first, second]).verdict == "no"


def test_what_a_later_source_has_overtaken_stands_last_with_its_date() -> None:
    written = write_all([extraction("Är bron röd?", NEW, replace(GREEN, updated=True, past=True))])
    assert written.text.endswith(
        "[1]\n\nTidigare (" + swedish_date(GREEN.document.source.date) + "): Bron är grön. [2]"
    )
