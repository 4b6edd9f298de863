"""The baseline: what counts as broken, edited, gone, mended or new, and the file that a reader can compare."""

from pathlib import Path

import pytest

from corpus.errors import DocumentError
from evals.baseline import Baseline, Changes, Entry, compare, dump_baseline, entries_of, fingerprint, load_baseline
from evals.scoring import AnsweredCase, score_all
from tests.evals.builders import STATE, make_answer, make_case, make_citation, make_document

BEFORE: Baseline = {
    "a": Entry("right", "1"),
    "b": Entry("right", "1"),
    "c": Entry("wrong", "1", ("verdict",)),
    "d": Entry("wrong", "1", ("facts",)),
    "e": Entry("right", "1"),
    "f": Entry("right", "1"),
}
NOW: Baseline = {
    "a": Entry("right", "1"),
    "b": Entry("wrong", "2", ("facts",)),
    "c": Entry("right", "1"),
    "d": Entry("wrong", "1", ("evidence", "facts")),
    "e": Entry("right", "2"),
    "g": Entry("wrong", "1", ("facts",)),
}


def test_changes_are_told_apart() -> None:
    changes = compare(BEFORE, NOW, whole=True)
    assert changes == Changes(broken=("b",), edited=("e",), gone=("f",), mended=("c",), new=("g",))
    assert changes.refused


def test_what_was_not_asked_is_not_gone() -> None:
    assert compare(BEFORE, {"a": Entry("right", "1")}, whole=False) == Changes()
    assert compare(BEFORE, {"a": Entry("unjudged", "1")}, whole=False).broken == ("a",)


def test_mended_and_new_cases_need_no_accepting() -> None:
    assert not compare({"c": BEFORE["c"]}, {"c": NOW["c"], "g": NOW["g"]}, whole=True).refused


def test_without_a_baseline_nothing_has_changed(tmp_path: Path) -> None:
    assert load_baseline(tmp_path / "none.txt") == {}
    assert compare({}, NOW, whole=True) == Changes()


def test_file_has_a_line_a_case_sorted_and_reads_back(tmp_path: Path) -> None:
    text = dump_baseline(NOW)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines[:4] == ["a right 1", "b wrong 2 facts", "c right 1", "d wrong 1 evidence,facts"]
    (tmp_path / "baseline.txt").write_text(text, encoding="utf-8")
    assert load_baseline(tmp_path / "baseline.txt") == NOW


@pytest.mark.parametrize("line", ["a right", "a good 1", "a wrong 1 facts more"])
def test_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "baseline.txt"
    path.write_text(f"# header\n{line}\n")
    with pytest.raises(DocumentError, match=r"baseline\.txt: line 2"):
        load_baseline(path)


def test_entries_name_what_failed() -> None:
    case = make_case(verdict="no", facts=["säger ja"], evidence=["Staten säger nej."])
    answer = make_answer(verdict="no", citations=(make_citation(1, *STATE),))
    lost = make_case(id="c-2", evidence=["saknas"])
    entries = entries_of(score_all([AnsweredCase(case, answer), AnsweredCase(lost, answer)], {"d": make_document()}))
    assert entries["c-1"] == Entry("wrong", fingerprint(case), ("facts",))
    assert entries["c-2"].outcome == "unjudged"


def test_fingerprint_follows_what_is_expected_only() -> None:
    case = make_case(facts=["a"])
    assert fingerprint(case) == fingerprint(make_case(facts=["a"], split="dev", fact="f", kind="who"))
    others = [make_case(), make_case(facts=["b"]), make_case(facts=["a"], question="Får hon?"), make_case(verdict="no")]
    assert fingerprint(case) not in {fingerprint(other) for other in others}
    assert len({fingerprint(other) for other in others}) == 4
