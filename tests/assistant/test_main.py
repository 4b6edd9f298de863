"""The command line as scripts call it, in a process of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.__main__ import as_text, main
from tests.assistant.standin import ANSWER, CITATION

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 300
KEYS = "id question status verdict answer citations as_of answerer generation elapsed_ms".split()
CITATION_KEYS = "number document_id title kind date section page start end quote url".split()
LINES: list[dict[str, object]] = [
    {"id": "a1", "question": "Kan Malmö få undantag från lagstiftningen?"},
    {
        "id": 7,
        "question": "Och departementet då?",
        "history": [{"question": "Vad säger SKR om undantag?", "answer": "…"}],
    },
    {"id": "tom", "question": ""},
]


@dataclass(frozen=True)
class Done:
    """What a finished command left behind."""

    code: int
    out: str
    err: str


def start(data_dir: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=ROOT,
        env={**os.environ, "FRAGA_DATA_DIR": str(data_dir)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finish(process: subprocess.Popen[str]) -> Done:
    with process:
        try:
            out, err = process.communicate(timeout=TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return Done(process.returncode, out, err)


@pytest.fixture(scope="module")
def asked(bundled_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Done]:
    """One question and one batch, asked at the same time: two processes may read one index."""
    batch = tmp_path_factory.mktemp("batch") / "frågor.jsonl"
    lines = [json.dumps(line, ensure_ascii=False) for line in LINES]
    batch.write_text("\ufeff" + "\n\n".join(lines) + "\r\n", encoding="utf-8")
    question = start(bundled_data, "ask", "--json", str(LINES[0]["question"]))
    questions = start(bundled_data, "ask", "--batch", str(batch))
    return {"question": finish(question), "batch": finish(questions)}


def test_ask_prints_the_answer_as_json_and_nothing_else(asked: dict[str, Done]) -> None:
    done = asked["question"]
    assert done.code == 0, done.err
    answer = json.loads(done.out)
    assert set(KEYS) <= set(answer)
    assert (answer["status"], answer["verdict"]) == ("answered", "no")
    citation = answer["citations"][0]
    assert set(CITATION_KEYS) <= set(citation)
    assert "inte finns några öppningar" in citation["quote"]


def test_a_batch_keeps_ids_and_order_one_answer_a_line(asked: dict[str, Done]) -> None:
    done = asked["batch"]
    assert done.code == 0, done.err
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [a["id"] for a in answers] == ["a1", 7, "tom"]
    assert [a["question"] for a in answers] == [line["question"] for line in LINES]
    assert [a["status"] for a in answers] == ["answered", "answered", "empty"]
    assert "Arbetsmarknadsdepartementet" in answers[1]["citations"][0]["context"]


@pytest.fixture
def nothing_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that wrong use must leave untouched."""
    monkeypatch.setenv("FRAGA_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def error_line(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ")
    assert captured.err.count("\n") == 1
    return captured.err


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("{", "line 2"),
        ('{"question": "Varför?"}', "line 2: id"),
        ('{"id": "b", "question": 3}', "line 2: question"),
        ('{"id": "b", "question": "a", "history": [{"answer": "x"}]}', "line 2: history.0.question"),
        ("[]", "line 2"),
    ],
)
def test_a_bad_line_is_named_before_anything_is_answered(
    nothing_is_opened: Path, bad: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = nothing_is_opened / "batch.jsonl"
    batch.write_text(json.dumps(LINES[0]) + "\n" + bad + "\n", encoding="utf-8")
    assert main(["ask", "--batch", str(batch)]) == 2
    line = error_line(capsys)
    assert f"{batch}, {words}" in line
    assert not (nothing_is_opened / "data").exists()


def test_a_bad_line_exits_2_in_a_process_of_its_own(tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    batch.write_text('{"id": 1, "question": "Varför?"}\nnej\n', encoding="utf-8")
    done = finish(start(tmp_path / "data", "ask", "--batch", str(batch)))
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert f"{batch}, line 2" in done.err


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "Varför?", "--batch", "x.jsonl"]])
def test_a_question_or_a_batch_and_not_both(
    nothing_is_opened: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "one question, or --batch" in error_line(capsys)


def test_a_batch_file_that_is_not_there_is_wrong_use(
    nothing_is_opened: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = nothing_is_opened / "finns-inte.jsonl"
    assert main(["ask", "--batch", str(path)]) == 2
    assert f"{path}: cannot be read" in error_line(capsys)


def test_an_unknown_setting_is_wrong_use(
    nothing_is_opened: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRAGA_MODELL", "x")
    assert main(["ask", "Varför?"]) == 2
    assert "FRAGA_MODELL" in error_line(capsys)


@pytest.mark.parametrize("arguments", [[], ["fråga"], ["ask", "--jsom", "x"], ["serve", "--port", "dörr"]])
def test_an_unknown_command_or_option_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: python -m assistant" in capsys.readouterr().err


def test_an_answer_in_the_terminal_is_its_text_and_its_sources() -> None:
    assert as_text(ANSWER) == (
        f"{ANSWER.answer}\n[1] Utredningen [utredning], 2024. Sammanfattande bedömning, s. 3\n"
        "    https://malmo.example/utredning"
    )


def test_the_nearest_passages_are_said_not_to_answer() -> None:
    near = replace(CITATION, answers=False, url="", page=None)
    answer = replace(ANSWER, answer="Det framgår inte.", citations=(), nearest=(near,))
    assert as_text(answer).splitlines() == [
        "Det framgår inte.",
        "",
        "Närmast i underlaget (svarar inte på frågan):",
        f"[1] Utredningen [utredning], 2024. Sammanfattande bedömning: {CITATION.quote}",
    ]
