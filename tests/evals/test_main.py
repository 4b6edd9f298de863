"""The eval suite's commands with the real parts: documents, embedding model, index and assistant."""

import json
from pathlib import Path

import pytest

from corpus.embedder import load_embedder
from corpus.settings import BUILT_IN_MODEL
from evals.__main__ import main
from ingest.sync import sync

RIGHT = """
- id: exemption
  kind: yes_no
  question: "Kan Malmö få undantag från lagstiftningen?"
  verdict: "no"
  evidence: ["inte finns några öppningar för försöksverksamhet i Malmö"]
- id: cost
  kind: not_in_sources
  question: "Vad kostade utredningen?"
  status: not_in_sources
"""


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    sync(folder, load_embedder(BUILT_IN_MODEL))
    return folder


@pytest.fixture
def cases(tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FRAGA_DATA_DIR", str(data_dir))
    path = tmp_path / "cases.yaml"
    path.write_text(RIGHT, encoding="utf-8")
    return path


def test_known_answers_hold_and_can_be_rescored(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = cases.parent / "report"
    assert main(["run", "--cases", str(cases), "--json", "--report", str(report)]) == 0
    content = json.loads(capsys.readouterr().out)
    assert (content["passed"], content["metrics"]["right"]["n"], content["metrics"]["right"]["ratio"]) == (True, 2, 1.0)
    assert content["metrics"]["verbatim"]["ratio"] == 1.0
    again = ["run", "--cases", str(cases), "--json", "--answers", str(report / "answers.jsonl")]
    assert main([*again, "--report", str(cases.parent / "again")]) == 0
    assert json.loads(capsys.readouterr().out) == content


def test_a_wrong_answer_exits_1(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases.write_text(RIGHT.replace('verdict: "no"', 'verdict: "yes"'), encoding="utf-8")
    assert main(["run", "--cases", str(cases), "--report", str(cases.parent / "report")]) == 1
    captured = capsys.readouterr()
    assert "Below the threshold: verdict 0.000 is below" in captured.err
    assert "wrong: exemption" in captured.out


def test_case_files_are_checked(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = RIGHT.replace("  kind", "  fact: undantag\n  kind", 1).replace("- id: cost", "- id: cost\n  fact: kostnad")
    cases.write_text(text, encoding="utf-8")
    assert main(["check", "--cases", str(cases)]) == 0
    cases.write_text(text.replace("öppningar", "portar"), encoding="utf-8")
    assert main(["check", "--cases", str(cases)]) == 1
    assert "case exemption: evidence is not in malmo-forsoksverksamhet" in capsys.readouterr().out


def test_spoilt_answers_are_caught(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = cases.parent / "report"
    assert main(["mutate", "--cases", str(cases), "--n", "12", "--json", "--report", str(report)]) == 0
    content = json.loads(capsys.readouterr().out)
    assert content["figures"]["mutations_caught"]["n"] >= 8
    assert content["figures"]["mutations_caught"]["ratio"] == 1.0
    assert json.loads((report / "mutate.json").read_text(encoding="utf-8")) == content


def test_questions_put_otherwise_and_among_others(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    others = cases.parent / "others"
    others.mkdir()
    for n in range(3):
        (others / f"{n}.md").write_text(f"# Protokoll {n}\n\nNämnden godkände rapport {n} om snöröjning.\n")
    report = cases.parent / "report"
    arguments = ["--cases", str(cases), "--documents", str(others), "--json", "--report", str(report)]
    assert main(["metamorphic", *arguments, "--distractors", "2"]) in (0, 1)
    content = json.loads(capsys.readouterr().out)
    ns = {kind: rate["n"] for kind, rate in content["kinds"].items()}
    assert ns == {"diacritics": 1, "typos": 2, "capitals": 2, "politeness": 2, "distractors": 2}
    assert content["kinds"]["distractors"]["ratio"] == 1.0
    changed = (report / "changed.jsonl").read_text(encoding="utf-8").splitlines()
    figures = content["figures"]["unchanged"]
    assert len(changed) == figures["n"] - figures["n_right"]
    assert main(["crowded", *arguments]) == 0
    content = json.loads(capsys.readouterr().out)
    assert (content["alone"]["n_right"], content["crowded"]["n_right"], content["broken"]) == (2, 2, [])
    assert content["figures"]["crowded_lost"]["ratio"] == 0.0


def test_report_goes_to_the_data_folder_by_default(cases: Path, data_dir: Path) -> None:
    assert main(["run", "--cases", str(cases)]) == 0
    assert [path.is_file() for path in data_dir.glob("evals/*/report.html")] == [True]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--cases", "/no/such/cases.yaml"], "/no/such/cases.yaml"),
        (["run", "--split", "dev", "--cases", "CASES"], "no cases of split dev"),
        (["retrieval", "/no/such/set"], "passages.jsonl"),
        (["bench", "--rounds", "0"], "--rounds 0"),
        (["baseline", "--reason", " "], "--reason is empty"),
        (["mutate", "--n", "0"], "--n 0"),
        (["metamorphic", "--sample", "-1"], "expected 0 or more"),
        (["crowded", "--cases", "CASES", "--documents", "/no/such/folder"], "/no/such/folder"),
        (["check", "--cases", "/no/such/cases.yaml"], "/no/such/cases.yaml"),
    ],
)
def test_wrong_use_is_one_line_and_exits_2(
    cases: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(cases) if argument == "CASES" else argument for argument in arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("error: ")
    assert message in captured.err


def test_retrieval_ranks_a_set_by_its_best_chunk(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = "\n\n".join(f"Stycke nummer {n} handlar om parkering vid torget och dess avgifter." for n in range(60))
    passages = [
        {"id": "parking", "text": page + "\n\nParkeringsboten betalas inom åtta dagar."},
        {"id": "library", "text": "Biblioteket lånar ut böcker till den som har lånekort."},
        {"id": "school", "text": "Skolan börjar i augusti och slutar i juni."},
    ]
    questions = [
        {"id": "1", "question": "När ska parkeringsboten betalas?", "relevant": ["parking"]},
        {"id": "2", "question": "Vem får låna böcker på biblioteket?", "relevant": ["library"]},
    ]
    for name, rows in (("passages", passages), ("questions", questions)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (cases.parent / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    assert main(["retrieval", str(cases.parent), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    perfect = {"recall@1": 1.0, "recall@5": 1.0, "ndcg@10": 1.0, "mrr@10": 1.0}
    assert set(figures) == {"bm25", "dense", "hybrid", "n", "details"}
    assert figures["details"]["gain_over_bm25"]["hybrid"]["ndcg@10"]["mean"] == 0.0
    assert set(figures["details"]["ms_per_query"]) == {"bm25", "dense", "hybrid"}
    assert (figures["bm25"], figures["hybrid"], figures["n"]) == (perfect, perfect, 2)
