"""A command line whose reader hangs up ends without a word; what breaks elsewhere is told."""

import os
import subprocess
import sys

import pytest

from corpus.piped import ended_cleanly

BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def run_unread(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python with a stdout that nobody reads any more."""
    read, write = os.pipe()
    os.close(read)
    try:
        return subprocess.run([sys.executable, *arguments], stdout=write, stderr=subprocess.PIPE, env=BUFFERED)
    finally:
        os.close(write)


@pytest.mark.parametrize("room", ["assistant", "evals", "ingest"])
def test_help_that_nobody_reads_ends_cleanly(room):
    ended = run_unread("-m", room, "--help")
    assert (ended.returncode, ended.stderr) == (0, b"")


# What is written at the very end, and what does not fit before: then the command was not done.
@pytest.mark.parametrize(("n_lines", "code"), [(1, 0), (100_000, 141)])
def test_output_that_nobody_reads_ends_cleanly(n_lines, code):
    told = f"sys.exit(ended_cleanly(lambda: print('rad\\n' * {n_lines}) or 0))"
    ended = run_unread("-c", f"import sys\nfrom corpus.piped import ended_cleanly\n{told}")
    assert (ended.returncode, ended.stderr) == (code, b"")


def test_the_exit_code_of_a_command_that_was_done_stays():
    code = "import sys\nfrom corpus.piped import ended_cleanly\nsys.exit(ended_cleanly(lambda: print('rad') or 1))"
    assert run_unread("-c", code).returncode == 1


def test_another_broken_pipe_is_no_clean_end():
    def breaks() -> int:
        read, write = os.pipe()
        os.close(read)
        try:
            return os.write(write, b"x")
        finally:
            os.close(write)

    with pytest.raises(BrokenPipeError):
        ended_cleanly(breaks)
