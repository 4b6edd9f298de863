"""JUnit XML: a test a case, with what a CI system needs and nothing that XML cannot hold."""

from xml.etree import ElementTree

from evals.junit import junit
from evals.scoring import AnsweredCase, score_all
from tests.evals.builders import STATE, make_answer, make_case, make_citation, make_document

TOTALS = {"below_threshold": ["right 0.5 is below 0.9 (n 2)"]}


def test_wrong_unjudged_and_gate() -> None:
    cases = [
        make_case(id="a", split="dev", facts=["ja"], question="Får <man>?"),
        make_case(id="b", split="heldout", facts=["ja"], question="Hemligt?"),
        make_case(id="c", split="dev", evidence=["saknas"]),
        make_case(id="d", split="dev"),
    ]
    answer = make_answer("Nej\x00. [1]", status="answered", answerer="other")
    results = score_all([AnsweredCase(case, answer) for case in cases], {"d": make_document()})
    text = junit(results, TOTALS)
    root = ElementTree.fromstring(text)
    suite, gate = root
    assert {key: suite.get(key) for key in ("tests", "failures", "skipped")} == {
        "tests": "4",
        "failures": "4",
        "skipped": "0",
    }
    first = suite[0]
    assert (first.get("classname"), first.get("name"), first.get("time")) == ("dev.yes_no", "a", "0.001")
    failure = first.find("failure")
    assert failure is not None
    assert "missing: ja" in str(failure.get("message"))
    assert str(failure.text).startswith("Får <man>?\n\nNej. [1]")
    held_back = suite[1].find("failure")
    assert held_back is not None
    assert str(held_back.get("message")).startswith("held back: ")
    assert "Hemligt" not in text
    assert [case.get("name") for case in gate if case.find("failure") is not None] == ["thresholds"]


def test_what_cannot_be_judged_is_skipped() -> None:
    case = make_case(evidence=["saknas"])
    answer = make_answer("Staten säger nej. [1]", citations=(make_citation(1, *STATE),))
    (result,) = score_all([AnsweredCase(case, answer)], {"d": make_document()})
    suite = ElementTree.fromstring(junit([result], {"below_threshold": []}))[0]
    assert (suite.get("failures"), suite.get("skipped")) == ("0", "1")
    assert "evidence is not in the text of d" in str(suite[0][0].get("message"))
