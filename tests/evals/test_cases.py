"""The case loader, and the known answers that the project ships."""

from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import DocumentError, UsageError
from evals.cases import Quote, alternatives, case_files, load_cases, split_of

MINIMAL = '- {id: a-1, kind: yes_no, fact: a, question: "Får man?", verdict: yes, evidence: ["ja"]}\n'


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_unquoted_yes_and_single_quotes_are_understood(tmp_path: Path) -> None:
    (case,) = load_cases([write(tmp_path, "dev-a.yaml", MINIMAL)])
    assert (case.verdict, case.status, case.split) == ("yes", "answered", "dev")
    assert case.proofs == (((Quote(quote="ja", document="malmo-forsoksverksamhet"),),),)
    assert (case.document, case.critical, case.facts) == ("malmo-forsoksverksamhet", False, ())


def test_proofs_may_lie_in_several_documents(tmp_path: Path) -> None:
    text = """
- id: a-1
  kind: who
  question: "Vem?"
  evidence: [["Staten", {document: sheet, quote: "Staten."}], "Malmö"]
  any_of:
    - {document: other, evidence: ["Staten där"]}
    - {evidence: [{document: third, quote: "Staten här"}]}
"""
    (case,) = load_cases([write(tmp_path, "dev-a.yaml", text)])
    primary = "malmo-forsoksverksamhet"
    assert [[[(q.document, q.quote) for q in group] for group in proof] for proof in case.proofs] == [
        [[(primary, "Staten"), ("sheet", "Staten.")], [(primary, "Malmö")]],
        [[("other", "Staten där")]],
        [[("third", "Staten här")]],
    ]


def test_jsonl_keeps_history_and_numbers_become_text(tmp_path: Path) -> None:
    row = '{"id": 7, "kind": "follow_up", "question": "Och då?", "facts": [2023], '
    row += '"history": [{"question": "Vad\u2028?", "answer": "Det."}]}\n\n'
    (case,) = load_cases([write(tmp_path, "mine.jsonl", row)])
    assert (case.id, case.facts, case.split) == ("7", ("2023",), "other")
    assert [(turn.question, turn.answer) for turn in case.turns] == [("Vad\u2028?", "Det.")]


@pytest.mark.parametrize(
    ("name", "split"), [("dev-a.yaml", "dev"), ("heldout-b.yaml", "heldout"), ("devil.yaml", "other")]
)
def test_split_is_the_prefix(name: str, split: str) -> None:
    assert split_of(Path(name)) == split


def test_alternatives_are_parted_by_bars() -> None:
    assert alternatives("maj 2023 | 2023-05|") == ("maj 2023", "2023-05")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("- {id: x-1, kind: yesno, question: Va}", ["case x-1", "kind", "'yesno'"]),
        ("- {kind: yes_no, question: Va}", ["case number 1", "id", "required"]),
        ("- {id: x-1, kind: who, question: Va, fakts: [a]}", ["case x-1", "fakts"]),
        ("- {id: x-1, kind: who, question: ''}", ["case x-1", "question"]),
        (
            "- {id: x-1, kind: not_in_sources, question: Va, status: not_in_sources, verdict: no}",
            ["case x-1", "verdict"],
        ),
        (
            "- {id: x-1, kind: who, question: Va, status: not_in_sources, any_of: [{evidence: [a]}]}",
            ["case x-1", "evidence"],
        ),
        ("- {id: x-1, kind: who, question: Va, any_of: [{evidence: []}]}", ["case x-1", "any_of.0.evidence"]),
        ("- just text", ["case number 1", "str"]),
        ("id: x-1", ["expected a list"]),
        ("- {id: [", ["not well-formed"]),
    ],
)
def test_malformed_case_is_named_with_its_file(tmp_path: Path, text: str, parts: list[str]) -> None:
    path = write(tmp_path, "dev-x.yaml", text)
    with pytest.raises(DocumentError) as caught:
        load_cases([path])
    message = str(caught.value)
    assert str(path) in message
    assert [part for part in parts if part not in message] == []
    assert "\n" not in message


def test_same_id_in_two_files_is_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path, "dev-a.yaml", MINIMAL), write(tmp_path, "dev-b.yaml", MINIMAL)]
    with pytest.raises(DocumentError, match=r"dev-b\.yaml: case a-1.*dev-a\.yaml"):
        load_cases(paths)


@pytest.mark.parametrize("text", ["[]", None])
def test_no_cases_is_an_error(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "dev-a.yaml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(UsageError):
        load_cases([path])


def test_shipped_cases_are_many_and_of_every_sort() -> None:
    cases = load_cases(case_files())
    kinds = Counter(case.kind for case in cases)
    needed = {"yes_no", "who", "when", "number", "list", "positions", "not_in_sources", "false_premise"}
    assert len(cases) >= 80
    assert needed | {"follow_up", "misspelt", "english"} <= set(kinds)
    assert {case.verdict for case in cases if case.kind == "yes_no"} >= {"yes", "no"}
    assert {case.split for case in cases} == {"dev", "heldout"}
