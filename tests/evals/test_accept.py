"""Accepting a run: thresholds move towards the aims and no further, and the reason stays in the log."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.accept import Files, Move, accept, log_entry, moved, moves, threshold_for
from evals.baseline import Changes, Entry, load_baseline
from evals.gate import Standards, score_run
from evals.scoring import AnsweredCase
from evals.statistics import Rate
from evals.thresholds import load_thresholds
from tests.evals.builders import STATE, make_answer, make_case, make_citation, make_document

RIGHT = AnsweredCase(make_case(verdict="no"), make_answer(verdict="no", citations=(make_citation(1, *STATE),)))
WRONG = replace(RIGHT, case=make_case(id="c-2", verdict="yes", split="heldout", question="Hemligt?"))


@pytest.mark.parametrize(
    ("name", "ratio", "aim", "threshold"),
    [
        ("right", 0.7567, None, 0.75),
        ("right", 0.29, None, 0.29),  # 28.999999999999996 in binary
        ("right", 0.97, 0.92, 0.92),
        ("verbatim", 1.0, None, 1.0),
        ("over_refusal", 0.0721, 0.05, 0.08),
        ("over_refusal", 0.03, 0.05, 0.05),
    ],
)
def test_threshold_stands_just_under_the_run_and_never_beyond_its_aim(
    name: str, ratio: float, aim: float | None, threshold: float
) -> None:
    assert threshold_for(name, ratio, aim) == threshold


def test_thresholds_are_only_tightened_unless_told_otherwise() -> None:
    figures = {"right": Rate(100, 80), "facts": Rate(100, 60), "over_refusal": Rate(100, 7), "numbers": Rate(0, 0)}
    least = {"right": 0.7, "facts": 0.65, "over_refusal": 0.1, "numbers": 0.9, "verdict": 0.5}
    tightened = (Move("right", 0.7, 0.8), Move("over_refusal", 0.1, 0.07))
    assert moves(figures, least, {}, lower=False) == tightened
    assert moves(figures, least, {}, lower=True) == (tightened[0], Move("facts", 0.65, 0.6), tightened[1])


def test_comments_of_the_thresholds_are_kept() -> None:
    text = "# why\nright: 0.74            # all of it\ncritical_right: 0.8\n"
    assert moved(text, [Move("right", 0.74, 0.8)]) == text.replace("0.74", "0.80")


def test_log_tells_what_was_given_up() -> None:
    before, now = {"a": Entry("right", "1"), "b": Entry("right", "1")}, {"a": Entry("wrong", "1")}
    changes = Changes(broken=("a",), gone=("b",))
    text = log_entry(" A new\nsheet ", date(2026, 1, 2), before, now, changes, [Move("right", 0.7, 0.6)])
    assert text.splitlines()[1:] == [
        "## 2026-01-02: A new sheet",
        "- right 2 of 2 → 0 of 1",
        "- wrong now (1): a",
        "- dropped (1): b",
        "- mended 0, new 0",
        "- thresholds: right 0.70 → 0.60",
    ]


def folder_with(tmp_path: Path, thresholds: str) -> Files:
    (tmp_path / "thresholds.yaml").write_text(thresholds)
    (tmp_path / "README.md").write_text("Before\n<!-- figures:start -->\nold\n<!-- figures:end -->\nafter\n")
    names = ("baseline.txt", "log.md", "thresholds.yaml", "README.md")
    return Files(*(tmp_path / name for name in names))


def standards_of(files: Files) -> Standards:
    return Standards(load_thresholds(files.thresholds), {}, load_baseline(files.baseline), whole=True)


def accept_run(files: Files, answered: list[AnsweredCase], reason: str, *, lower: bool = False) -> int:
    standards = standards_of(files)
    judged = score_run(answered, lambda _: make_document(), standards)
    return accept(judged, standards, reason, lower=lower, files=files)


def test_accepted_run_is_what_later_ones_are_held_to(tmp_path: Path) -> None:
    files = folder_with(tmp_path, "right: 0.4\n")
    assert accept_run(files, [RIGHT, WRONG], "first") == 0
    assert {i: e.outcome for i, e in load_baseline(files.baseline).items()} == {"c-1": "right", "c-2": "wrong"}
    assert load_thresholds(files.thresholds) == {"right": 0.5}
    assert files.readme.read_text(encoding="utf-8").splitlines() == [
        "Before",
        "<!-- figures:start -->",
        "| kind | n | right |",
        "|---|---|---|",
        "| yes no | 2 | 50% |",
        "| all, heldout | 1 | 0% |",
        "| all, other | 1 | 100% |",
        "| all | 2 | 50% |",
        "<!-- figures:end -->",
        "after",
    ]
    worse = replace(RIGHT, answer=replace(RIGHT.answer, verdict="yes"))
    judged = score_run([worse, WRONG], lambda _: make_document(), standards_of(files))
    assert (judged.passed, judged.changes.broken) == (False, ("c-1",))
    assert accept_run(files, [RIGHT], "second") == 0
    log = files.log.read_text(encoding="utf-8")
    assert log.index("first") < log.index("second")
    assert "dropped (1): c-2" in log


def test_below_a_threshold_nothing_is_written_unless_it_is_loosened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = folder_with(tmp_path, "right: 0.9\n")
    assert accept_run(files, [RIGHT, WRONG], "try") == 1
    assert "right 0.500 is below 0.900" in capsys.readouterr().err
    assert not files.baseline.exists()
    assert accept_run(files, [RIGHT, WRONG], "give way", lower=True) == 0
    assert load_thresholds(files.thresholds) == {"right": 0.5}
    assert "right 0.90 → 0.50" in files.log.read_text(encoding="utf-8")
