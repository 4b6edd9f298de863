"""Holds the README to the program: its commands run, its answers are the real ones, its links and settings exist."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import assistant.__main__ as assistant_main
import evals.__main__ as evals_main
import ingest.__main__ as ingest_main
from assistant.api import create_api
from assistant.startup import load_assistant
from corpus.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "docs" / "design.md",
    ROOT / "docs" / "evals.md",
    ROOT / "docs" / "chat-model.md",
]
README = PAGES[0].read_text(encoding="utf-8")
MODULES = {"assistant": assistant_main, "ingest": ingest_main, "evals": evals_main}
# Parsed but not run: these serve until they are stopped, take minutes, or need data that is not here.
NOT_RUN = {("assistant", "serve")} | {
    ("evals", command)
    for command in (
        "run",
        "mutate",
        "metamorphic",
        "retrieval",
        "train",
        "bench",
        "ingestion",
        "scale",
        "chat",
        "others",
    )
}
FORBIDDEN = re.compile(
    r"\b(?:issues?|sessions?|helpers?|tools?|todo|tbd)\b|(?<![\w.:])/(?:work|root|home|tmp|usr/local)\b", re.I
)


def blocks(language: str) -> list[str]:
    """The README's code blocks in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


LINES = [line for block in blocks("sh") for line in block.replace("\\\n", " ").splitlines() if line.strip()]
COMMANDS = [shlex.split(line, comments=True) for line in LINES]
MODULE_COMMANDS = [command[2:] for command in COMMANDS if command[:2] == ["python", "-m"]]


def agrees(shown: Any, found: Any) -> bool:
    """Whether ``shown`` is ``found`` shortened: fewer keys, fewer items, texts cut at ``…``."""
    if isinstance(shown, dict):
        return isinstance(found, dict) and all(key in found and agrees(shown[key], found[key]) for key in shown)
    if isinstance(shown, list):
        return len(shown) <= len(found) and all(agrees(s, f) for s, f in zip(shown, found, strict=False))
    if isinstance(shown, str) and shown.endswith("…"):
        return isinstance(found, str) and found.startswith(shown.removesuffix("…").rstrip())
    return bool(shown == found)


@pytest.mark.parametrize(
    ("shown", "found", "expected"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"c": 1}, {"a": 1}, False),
        ([{"a": "x …"}], [{"a": "x y"}, 2], True),
        (["x …"], ["y"], False),
        ([1, 2], [1], False),
    ],
)
def test_shortened_answers_are_compared(shown: Any, found: Any, expected: bool) -> None:
    assert agrees(shown, found) is expected


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the files that the README's commands name, and a data folder of its own."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "notice.md").write_text("# Notis\n\nMalmö provar ett nytt arbetssätt.\n", encoding="utf-8")
    (folder / "minutes").mkdir()
    (folder / "minutes" / "protokoll.txt").write_text("Nämnden godkände rapporten.\n", encoding="utf-8")
    (folder / "questions.jsonl").write_text(blocks("jsonl")[0], encoding="utf-8")
    (folder / "faktablad-exempel.md").write_text(blocks("markdown")[0], encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("FRAGA_DATA_DIR", str(folder / "data"))
        # Asking all known answers at every publication takes minutes; test_candidate.py holds the gate itself.
        patch.setattr(ingest_main, "known_answers", None)
        yield folder


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command prints on stdout; it must succeed."""
    code = MODULES[arguments[0]].main(arguments[1:])
    printed = capsys.readouterr()
    assert code == 0, f"{shlex.join(arguments)}: {printed.err}"
    return printed.out


def test_every_command_is_one_that_is_checked() -> None:
    assert len(MODULE_COMMANDS) >= 15
    others = {command[0] for command in COMMANDS if command[:2] != ["python", "-m"]}
    assert others == {"make", ".", "curl"}


@pytest.mark.parametrize("arguments", MODULE_COMMANDS, ids=shlex.join)
def test_command_is_understood(arguments: list[str]) -> None:
    options = MODULES[arguments[0]].parser().parse_args(arguments[1:])
    assert options.command == arguments[1]


def test_commands_run_in_the_order_shown(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = {
        shlex.join(arguments): run(arguments, capsys)
        for arguments in MODULE_COMMANDS
        if (arguments[0], arguments[1]) not in NOT_RUN and "--fetch" not in arguments  # tests ask no other machine
    }
    assert printed["ingest show malmo-forsoksverksamhet"].startswith("Utredning av förutsättningarna")
    assert "malmo-forsoksverksamhet" in printed["ingest list"]
    assert printed["ingest add notice.md"].startswith("Added notice.")
    assert (place / "backup.tar.gz").stat().st_size > 0
    answers = [json.loads(line) for line in printed["assistant ask --batch questions.jsonl"].splitlines()]
    assert [answer["id"] for answer in answers] == [1, 2]
    shown = blocks("text")[0].splitlines()
    found = next(text for command, text in printed.items() if command.startswith("assistant ask 'Kan")).splitlines()
    assert agrees(shown, found), found


def test_fact_sheet_is_taken_in_with_its_link(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", "add", "faktablad-exempel.md"], capsys).startswith("Added faktablad-exempel.")
    listed = json.loads(run(["ingest", "list", "--json"], capsys))
    sheet = next(source for source in listed if source["document_id"] == "faktablad-exempel")
    assert (sheet["kind"], sheet["date"], sheet["origin"]) == ("faktablad", "2026-07", "upload")
    run(["ingest", "remove", "faktablad-exempel"], capsys)


def test_http_answer_is_the_one_shown(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["ingest", "sync"], capsys)
    command = next(command for command in COMMANDS if command[0] == "curl")
    engine = load_assistant(Settings(data_dir=place / "data"))
    try:
        client = TestClient(create_api(engine, max_concurrent=1))
        answer = client.post("/api/ask", json=json.loads(command[command.index("-d") + 1])).json()
    finally:
        engine.index.close()
    shown = json.loads(blocks("json")[0])
    assert shown.keys() == answer.keys()
    for name in ("id", "generation", "elapsed_ms"):  # these differ from run to run
        shown.pop(name)
    assert agrees(shown, answer), answer
    citation = answer["citations"][0]
    text = run(["ingest", "show", citation["document_id"]], capsys)
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_make_targets_and_variables_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {word for command in COMMANDS if command[0] == "make" for word in command[1:]}
    named |= set(re.findall(r"`make (\w+)`", README))
    assert {"run", "test", "setup"} <= named
    for word in named:
        name, is_variable, _ = word.partition("=")
        pattern = rf"^{name} \?=" if is_variable else rf"^{name}:"
        assert re.search(pattern, makefile, re.MULTILINE), word


def test_two_commands_and_picture_come_first() -> None:
    assert [command[1] for command in COMMANDS[:2]] == ["run", "test"]
    assert README.index("make run") < README.index("docs/pictures/svar.png") < README.index("\n## ")


def test_every_setting_is_in_the_table_and_no_other() -> None:
    rows = dict(re.findall(r"^\| `(FRAGA_\w+)` \| (.*?) \|", README, re.MULTILINE))
    fields = Settings.model_fields
    assert set(rows) == {f"FRAGA_{name.upper()}" for name in fields}
    for name, field in fields.items():
        if field.default_factory is None:
            default = field.get_default()
            shown = str(default).lower() if isinstance(default, bool) else str(default) or '""'
            assert rows[f"FRAGA_{name.upper()}"] == ("none" if default is None else f"`{shown}`")
    assert set(re.findall(r"FRAGA_[A-Z_]+\b", README)) - {"FRAGA_"} == set(rows)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", prose)
    assert [t for t in targets if "://" not in t and not (page.parent / t.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_named_exist(page: Path) -> None:
    """Paths in code marks, such as ``corpus/knowledge/``; what the data folder holds is not looked for."""
    named = re.findall(r"`((?:assistant|corpus|docs|evals|ingest|tests)/[\w./-]*)`", page.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_speak_of_the_program_only(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [match[0] for match in FORBIDDEN.finditer(text)] == []
    assert str(ROOT) not in text


def test_figures_are_between_their_marks() -> None:
    table = README.split("<!-- figures:start -->")[1].split("<!-- figures:end -->")[0].strip().splitlines()
    assert table[0] == "| kind | n | right |"
    assert len(table) >= 3
