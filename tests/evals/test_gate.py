"""An eval run from questions to exit code, with a small assistant at the seam: gate, report folder, rescoring."""

import json
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from assistant.models import Answer, Turn
from corpus.errors import DocumentError, UsageError
from corpus.models import Document
from evals.baseline import Entry, entries_of
from evals.cases import Case
from evals.gate import Output, Standards, judge, score_run
from evals.run import ask_all, load_answers, save_answers
from evals.scoring import AnsweredCase
from tests.evals.builders import STATE, make_answer, make_case, make_citation, make_document

CASES = (
    make_case(id="no", verdict="no", facts=["säger nej"], evidence=["Staten säger nej."], split="dev"),
    make_case(
        id="yes",
        question="Får <b>man</b> & hur?",
        verdict="yes",
        history=[{"question": "Först?", "answer": "Svar."}],
        split="heldout",
    ),
)


class Recorder:
    """Always says no, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []

    def __call__(self, question: str, history: Sequence[Turn]) -> Answer:
        self.asked.append((question, tuple(history)))
        return replace(make_answer(verdict="no", citations=(make_citation(1, *STATE),)), question=question)


def stored(document_id: str) -> Document:
    if document_id != "d":
        raise UsageError(f"no document {document_id}")
    return make_document()


def run(folder: Path, least: dict[str, float], *, as_json: bool = False, cases: Sequence[Case] = CASES) -> int:
    answered = tuple(ask_all(cases, Recorder()))
    standards = Standards(least)
    judged = score_run(answered, stored, standards)
    return judge(judged, standards, Output(folder, as_json), {"embedding_model": "none"})


def test_questions_are_asked_with_their_history() -> None:
    recorder = Recorder()
    list(ask_all(CASES, recorder))
    assert recorder.asked == [("Får man?", ()), ("Får <b>man</b> & hur?", (Turn("Först?", "Svar."),))]


def test_exit_is_1_below_a_threshold_and_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, {"right": 0.51, "verbatim": 1.0, "verdict": 0.6}) == 1
    captured = capsys.readouterr()
    assert "Below the threshold: right 0.500 is below 0.510 (n 2)" in captured.err
    assert "Below the threshold: verdict 0.500" in captured.err
    assert "verbatim 1" not in captured.err
    assert "and 1 of the held-back cases" in captured.out
    assert "Får <b>man</b>" not in captured.out  # what is held back is not shown beside others


def test_exit_is_0_at_the_threshold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, {"right": 0.5}) == 0
    out = capsys.readouterr().out
    assert "0.50 [0.09–0.91] (n 2)" in out  # Wilson for 1 of 2: .5 ± 1.96/2.9207 · √(.125 + .2401)
    assert [split in out for split in ("dev", "heldout", "other")] == [True, True, False]


def test_json_is_alone_on_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, {"right": 0.9}, as_json=True) == 1
    captured = capsys.readouterr()
    content = json.loads(captured.out)
    assert content["passed"] is False
    assert content["below_threshold"] == ["right 0.500 is below 0.900 (n 2)"]
    assert {key: content["metrics"]["verdict"][key] for key in ("n", "n_right", "ratio", "least")} == {
        "n": 2,
        "n_right": 1,
        "ratio": 0.5,
        "least": None,
    }
    assert content["kinds"]["yes_no"]["dev"]["ratio"] == 1.0
    assert "Right cases" in captured.err


def test_a_citation_of_a_document_that_is_gone_is_not_verbatim(tmp_path: Path) -> None:
    gone = make_answer(citations=(make_citation(1, *STATE, document_id="gone"),))
    answered = [AnsweredCase(make_case(), gone)]
    standards = Standards({"verbatim": 1.0})
    assert judge(score_run(answered, stored, standards), standards, Output(tmp_path), {}) == 1


def test_report_folder_holds_everything(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "report"
    run(folder, {"right": 0.5})
    names = {path.name for path in folder.iterdir()}
    assert names == {"answers.jsonl", "results.jsonl", "totals.json", "config.json", "report.html", "junit.xml"}
    rows = [json.loads(line) for line in (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["right"]["value"]) for row in rows] == [("no", 1.0), ("yes", 0.0)]
    assert (rows[1]["expected"]["verdict"], rows[1]["actual"]["verdict"]) == ("yes", "no")
    assert rows[1]["scores"]["facts"] == {"value": None, "reason": "no facts expected"}
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config == {"embedding_model": "none", "thresholds": {"right": 0.5}, "n_cases": 2}


class Page(HTMLParser):
    """The text of a page, and whatever in it would make a browser ask for something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.asks: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        self.tags.add(tag)
        self.asks += [name for name, _ in attrs if name in {"src", "href", "action", "srcset"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_page_shows_wrong_cases_only_escaped_and_asks_for_nothing(tmp_path: Path) -> None:
    run(tmp_path, {"right": 0.9}, cases=[case.model_copy(update={"split": "dev"}) for case in CASES])
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    page = Page(html)
    assert page.asks == []
    assert not page.tags & {"b", "script", "link", "img"}
    assert page.tags >= {"svg", "circle", "line"}
    assert "2 cases, 1 wrong, 0 not judged." in page.text
    assert "Får <b>man</b> & hur?" in page.text
    assert "Staten säger nej." in page.text
    assert "Below the threshold: right 0.500 is below 0.900 (n 2)" in page.text
    assert "no (yes_no, dev)" not in page.text
    assert "yes (yes_no, dev)" in page.text
    assert "url(" not in html


def test_held_back_cases_are_shown_alone_but_not_beside_others(tmp_path: Path) -> None:
    run(tmp_path / "mixed", {})
    run(tmp_path / "alone", {}, cases=CASES[1:])
    mixed, alone = ((tmp_path / name / "report.html").read_text(encoding="utf-8") for name in ("mixed", "alone"))
    assert "&amp; hur?" not in mixed
    assert "<td>yes</td><td>yes_no</td><td>verdict</td>" in mixed  # its id, kind and what failed
    assert "&amp; hur?" in alone
    for name in ("mixed", "alone"):
        assert "hur?" not in (tmp_path / name / "junit.xml").read_text(encoding="utf-8")


def test_what_changed_since_the_baseline_stops_and_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answered = tuple(ask_all(CASES, Recorder()))
    now = entries_of(score_run(answered, stored, Standards({})).results)
    before = {**now, "yes": replace(now["yes"], outcome="right"), "old": Entry("wrong", "0", ("facts",))}
    standards = Standards({}, baseline=before, whole=True)
    assert judge(score_run(answered, stored, standards), standards, Output(tmp_path), {}) == 1
    err = capsys.readouterr().err
    assert "Was right and is wrong now: yes\n" in err  # held back: its id and no more
    assert "Is in the baseline and no longer among the cases: old" in err
    assert "python -m evals baseline --reason" in err
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<td>1 were right and are wrong</td><td>yes</td>" in html
    suites = ElementTree.parse(tmp_path / "junit.xml").getroot()
    failed = {case.get("name") for case in suites.iter("testcase") if case.find("failure") is not None}
    assert failed == {"yes", "right cases stay right", "no case is dropped"}
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in suites] == [
        ("known answers", "2", "1"),
        ("gate", "4", "2"),
    ]


def test_saved_answers_can_be_rescored(tmp_path: Path) -> None:
    answered = tuple(ask_all(CASES, Recorder()))
    save_answers(tmp_path / "answers.jsonl", answered)
    named = tuple(AnsweredCase(one.case, replace(one.answer, id=one.case.id)) for one in answered)
    assert load_answers(tmp_path / "answers.jsonl", CASES) == named
    assert load_answers(tmp_path / "answers.jsonl", CASES[1:]) == named[1:]


def test_a_missing_or_broken_answer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    save_answers(path, ask_all(CASES[:1], Recorder()))
    with pytest.raises(UsageError, match="no answer to case yes"):
        load_answers(path, CASES)
    path.write_text('{"case": "no", "answer": {"id": 1}}\n')
    with pytest.raises(DocumentError, match="line 1"):
        load_answers(path, CASES)
    with pytest.raises(UsageError, match=r"gone\.jsonl"):
        load_answers(tmp_path / "gone.jsonl", CASES)


def test_report_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--report"):
        run(tmp_path / "file", {})
