"""What the stress commands tell: their gates, and that held-back cases are named by id alone."""

import json
from pathlib import Path

import pytest

from evals.crowd.loss import loss
from evals.gate import Output
from evals.metamorphic.survey import Change
from evals.metamorphic.survey import Survey as Metamorphic
from evals.metrics.score import HOLDS, fails
from evals.mutation.survey import Spoilt
from evals.mutation.survey import Survey as Mutation
from evals.scoring import AnsweredCase, Result
from evals.statistics import Rate
from evals.stress import tell_crowded, tell_metamorphic, tell_mutation
from tests.evals.builders import make_answer, make_case

DEV = make_case(id="seen", question="Får man?", split="dev")
HELD_BACK = make_case(id="kept", question="Hemligt?", split="heldout")


def test_spoilt_answers_that_pass_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missed = tuple(Spoilt("negate", AnsweredCase(case, make_answer("Fel. [1]"))) for case in (DEV, HELD_BACK))
    survey = Mutation({"negate": Rate(10, 8)}, missed, {"verdict": 8})
    assert tell_mutation(survey, {"mutations_caught": 0.8}, Output(tmp_path)) == 0
    assert tell_mutation(survey, {"mutations_caught": 0.81}, Output(tmp_path)) == 1
    captured = capsys.readouterr()
    assert "not caught: negate: kept" in captured.out
    assert "Below the threshold: mutations_caught 0.800 is below 0.810 (n 10)" in captured.err
    rows = json.loads((tmp_path / "mutate.json").read_text(encoding="utf-8"))["missed"]
    assert rows == [{"kind": "negate", "case": "seen", "answer": "Fel. [1]"}, {"kind": "negate", "case": "kept"}]


def test_changed_answers_are_told_by_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes = tuple(Change("typos", case, case.question, "verdict no → yes") for case in (DEV, HELD_BACK))
    survey = Metamorphic({"typos": Rate(4, 2), "capitals": Rate(6, 6)}, changes)
    kept = {"typos": Rate(3, 2), "capitals": Rate(6, 6)}
    assert tell_metamorphic(survey, kept, {"unchanged": 0.8}, Output(tmp_path)) == 0
    assert tell_metamorphic(survey, kept, {"unchanged_typos": 0.6}, Output(tmp_path, as_json=True)) == 1
    captured = capsys.readouterr()
    assert "typos: seen (Får man?): verdict no → yes" in captured.out
    assert "Hemligt" not in captured.out + captured.err
    assert "unchanged_typos 0.500 is below 0.600 (n 4)" in captured.err
    lines = (tmp_path / "changed.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines][1] == {"kind": "typos", "case": "kept"}


def test_lost_answers_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = [Result(case, make_answer(), {}, HOLDS) for case in (DEV, HELD_BACK)]
    crowded = [Result(case, make_answer(), {}, fails("verdict: wrong")) for case in (DEV, HELD_BACK)]
    assert tell_crowded(loss(plain, plain), {"crowded_lost": 0.0}, Output(tmp_path)) == 0
    assert tell_crowded(loss(plain, crowded), {"crowded_lost": 0.99}, Output(tmp_path)) == 1
    captured = capsys.readouterr()
    assert "lost: seen (Får man?): verdict: wrong" in captured.out
    assert "lost: kept\n" in captured.out
    assert "crowded_lost 1.000 is above 0.990 (n 2)" in captured.err
