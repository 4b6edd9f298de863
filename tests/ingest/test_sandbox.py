import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from ingest.entries import Entry
from ingest.limits import Limits
from ingest.parse.document import NoText
from ingest.sandbox import Result, Sandbox, Work
from tests.ingest.hostile import Hostile, hostile_files

MB = 1_000_000


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as made:
        yield made


def work(name: str, data: bytes) -> Work:
    return Work(data, Entry(Path(name), "upload"))


def text(result: Result) -> str:
    assert result.encoded is not None, result.error
    return str(json.loads(result.encoded.document)["text"])


FILES = list(hostile_files())


def test_there_are_at_least_forty():
    assert len({file.name for file in FILES}) == len(FILES) >= 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_hostile_file_is_one_line_or_taken_in_without_what_it_hides(sandbox: Sandbox, file: Hostile):
    started = time.process_time()
    result = sandbox.parse(work(f"mapp/fil/{file.name}", file.data))
    assert time.process_time() - started < 10
    if file.text:
        assert file.text in ("*", text(result))
        assert all(file.note in note for note in result.notes[:1])
        assert bool(result.notes) == bool(file.note)
        assert "undantag" not in text(result)
        return
    assert result.encoded is None
    message = str(result.error)
    assert message.startswith(f"mapp/fil/{file.name}: ")
    assert file.says in message
    assert "\n" not in message
    assert len(message) < 400


def test_the_process_has_its_memory_limit_from_the_system(sandbox):
    sandbox.parse(work("a.txt", b"En mening."))
    assert sandbox._process is not None
    limits = Path(f"/proc/{sandbox._process.pid}/limits").read_text()
    assert [line.split()[3] for line in limits.splitlines() if line.startswith("Max address space")] == ["512000000"]


SLOW = b"<html>" + b"<p>" + b"ord " * 2_000_000


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_goes_on():
    with Sandbox(Limits(parse_s=0.05)) as sandbox:
        sandbox.parse(work("a.txt", b"En mening."))  # starting is not the file's time
        result = sandbox.parse(work("b.html", SLOW))
        assert str(result.error) == "b.html: takes longer than 0.05 s to parse; refused"
    with Sandbox() as sandbox:
        assert text(sandbox.parse(work("a.txt", b"En mening."))) == "En mening."


def test_a_file_that_needs_too_much_memory_is_refused():
    with Sandbox(Limits(parse_bytes=100 * MB)) as sandbox:
        result = sandbox.parse(work("b.txt", b"a b c d e f g h i j. " * 300_000))
        assert result.error is not None
        assert str(result.error).startswith("b.txt: ")
        assert text(sandbox.parse(work("a.txt", b"En mening."))) == "En mening."


def test_a_parser_that_dies_is_started_again():
    with Sandbox() as sandbox:
        sandbox.parse(work("a.txt", b"En mening."))
        assert sandbox._process is not None
        os.kill(sandbox._process.pid, signal.SIGKILL)
        sandbox._process.wait()
        assert text(sandbox.parse(work("a.txt", b"En mening."))) == "En mening."


def test_a_file_that_is_asked_for_twice_in_a_row_is_parsed_once(sandbox):
    first, same = (sandbox.parse(work("a.txt", b"En mening.")) for _ in range(2))
    assert same is first
    assert text(sandbox.parse(work("a.txt", b"En annan."))) == "En annan."


def test_a_file_without_a_sentence_says_so(sandbox):
    result = sandbox.parse(work("a.md", b"# Bara en rubrik"))
    assert isinstance(result.error, NoText)


def stopped_for(seconds: float, pid: int) -> threading.Timer:
    """Have a process not run for a while, as on a machine that has much else to do."""
    os.kill(pid, signal.SIGSTOP)
    timer = threading.Timer(seconds, os.kill, (pid, signal.SIGCONT))
    timer.start()
    return timer


def test_a_file_is_not_refused_for_what_else_the_machine_has_to_do(monkeypatch):
    monkeypatch.setattr("ingest.sandbox.CLOCK_RATIO", 1000)
    with Sandbox(Limits(parse_s=0.3)) as sandbox:
        sandbox.parse(work("a.txt", b"En mening."))
        assert sandbox._process is not None
        timer = stopped_for(0.5, sandbox._process.pid)
        assert text(sandbox.parse(work("b.txt", b"En annan."))) == "En annan."
        timer.join()


def test_a_parser_that_waits_is_not_waited_for_without_end(monkeypatch):
    monkeypatch.setattr("ingest.sandbox.CLOCK_RATIO", 2)
    with Sandbox(Limits(parse_s=0.1)) as sandbox:
        sandbox.parse(work("a.txt", b"En mening."))
        assert sandbox._process is not None
        os.kill(sandbox._process.pid, signal.SIGSTOP)
        result = sandbox.parse(work("b.txt", b"En annan."))
        assert str(result.error) == "b.txt: takes longer than 0.1 s to parse; refused"


def test_the_start_of_the_parser_is_not_the_files_time(monkeypatch):
    """Starting Python alone takes more of the processor than this."""
    with Sandbox(Limits(parse_s=0.05)) as sandbox:
        assert text(sandbox.parse(work("a.txt", b"En mening."))) == "En mening."


def test_a_parser_that_does_not_start_is_not_the_files_fault(monkeypatch):
    monkeypatch.setattr("ingest.sandbox.START_S", 0.0)
    with Sandbox() as sandbox:
        result = sandbox.parse(work("a.txt", b"En mening."))
        assert str(result.error) == "a.txt: could not be parsed, since no parser started within 0 s; run it again"
