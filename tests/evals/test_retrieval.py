"""The retrieval benchmark on a set small enough to work out by hand."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import DocumentError, UsageError
from evals.retrieval import SetQuestion, gains, load_set, measure, reworded, run_rankers, timings

PASSAGES = [{"id": "p1", "text": "Ett."}, {"id": "p2", "text": "Två.\u2028Sidan två."}]
QUESTIONS = [{"id": "q1", "question": "Ett?", "relevant": ["p1"], "answer": "Ett"}]


def write_set(folder: Path, passages: Sequence[Mapping[str, Any]], questions: Sequence[Mapping[str, Any]]) -> Path:
    for name, rows in (("passages", passages), ("questions", questions)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_a_set_is_read(tmp_path: Path) -> None:
    loaded = load_set(write_set(tmp_path, PASSAGES, QUESTIONS))
    assert [(passage.id, passage.text) for passage in loaded.passages] == [
        ("p1", "Ett."),
        ("p2", "Två.\u2028Sidan två."),
    ]
    assert loaded.questions == (SetQuestion(id="q1", question="Ett?", relevant=frozenset({"p1"})),)


@pytest.mark.parametrize(
    ("passages", "questions", "message"),
    [
        (PASSAGES, [QUESTIONS[0] | {"relevant": ["p9"]}], "question q1: names passage p9"),
        (PASSAGES, [QUESTIONS[0] | {"relevant": []}], r"questions\.jsonl: line 1: relevant"),
        ([*PASSAGES, PASSAGES[0]], QUESTIONS, "an id occurs twice"),
        ([{"id": "p1"}], QUESTIONS, r"passages\.jsonl: line 1: text"),
    ],
)
def test_malformed_set_is_named(tmp_path: Path, passages: Any, questions: Any, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        load_set(write_set(tmp_path, passages, questions))


def test_folder_without_a_set_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"passages\.jsonl"):
        load_set(tmp_path)
    with pytest.raises(UsageError, match="empty"):
        load_set(write_set(tmp_path, [], QUESTIONS))


def test_figures_are_means_over_questions() -> None:
    questions = [
        SetQuestion(id="q1", question="a", relevant=frozenset({"p1"})),
        SetQuestion(id="q2", question="b", relevant=frozenset({"p3"})),
    ]
    chunks = {"a": ["p1", "p1", "p2"], "b": ["p1", "p1", "p2", "p2", "p2", "p2", "p3"]}
    figures = measure({"bm25": lambda question: chunks[question], "dense": lambda question: []}, questions)
    # The second question's passage ranks third once each passage counts only once: MRR 1/3, nDCG 1/log2(4).
    assert figures == {
        "bm25": {"recall@1": 0.5, "recall@5": 1.0, "ndcg@10": 0.75, "mrr@10": pytest.approx(2 / 3)},
        "dense": {"recall@1": 0.0, "recall@5": 0.0, "ndcg@10": 0.0, "mrr@10": 0.0},
        "n": 2,
    }


def test_gains_and_times_are_per_question() -> None:
    questions = [SetQuestion(id=name, question=name, relevant=frozenset({"p"})) for name in "ab"]
    clock = iter([0.0, 0.002, 1.0, 1.004, 2.0, 2.001, 3.0, 3.001])
    ranked = run_rankers({"bm25": lambda _: [], "hybrid": lambda _: ["p"]}, questions, lambda: next(clock))
    gain = gains(ranked, "bm25")["hybrid"]["recall@1"]
    assert (gain.mean, gain.low, gain.high, gain.n) == (1.0, 1.0, 1.0, 2)
    assert timings(ranked)["bm25"] == pytest.approx({"p50": 2.0, "p95": 4.0})


def test_questions_take_other_words_by_id(tmp_path: Path) -> None:
    questions = [SetQuestion(id=i, question="?", relevant=frozenset({f"p{i}"})) for i in "12"]
    path = tmp_path / "english.jsonl"
    path.write_text('{"id": "2", "question": "Two?"}\n', encoding="utf-8")
    assert reworded(questions, path) == (SetQuestion(id="2", question="Two?", relevant=frozenset({"p2"})),)
    path.write_text('{"id": "3", "question": "Three?"}\n', encoding="utf-8")
    with pytest.raises(DocumentError, match="question 3"):
        reworded(questions, path)
