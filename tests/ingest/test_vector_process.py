import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from corpus.locks import unread
from corpus.vectors import VectorIndex, VectorWriter
from ingest.vector_process import MANY_DOCUMENTS, VectorProcess, vector_writer
from tests.ingest.conftest import children

ROOT = Path(__file__).parent.parent.parent
ROWS = np.eye(4, dtype=np.float32)


def test_what_is_inserted_and_sealed_is_there(tmp_path):
    process = VectorProcess(tmp_path)
    process.add(["p0", "p1"], ["a", "b"], ROWS[:2])
    process.add(["p2"], ["b"], ROWS[2:3])
    process.seal()
    process.close()
    index = VectorIndex(tmp_path)
    assert index.n_passages == 3
    assert np.allclose(index.vectors(["p2", "p0"]), ROWS[[2, 0]])
    assert [hit.passage_id for hit in index.search(ROWS[1], 1, frozenset({"b"}))] == ["p1"]
    index.close()


def test_what_goes_wrong_there_is_raised_here_and_nothing_is_left_running(tmp_path):
    before = children()
    process = VectorProcess(tmp_path)
    process.add(["p0"], ["a"], ROWS[:1])
    process.add(["p1"], ["a"], np.ones((1, 3), dtype=np.float32))
    with pytest.raises(RuntimeError, match="dimension"):
        process.seal()
    process.close()
    assert children() <= before


def test_a_folder_that_is_being_filled_is_not_free_to_be_deleted(tmp_path):
    process = VectorProcess(tmp_path)
    process.add(["p0"], ["a"], ROWS[:1])
    process.add(["p1"], ["a"], ROWS[1:2])  # once this is taken, the first is in
    with unread(tmp_path) as free:
        assert not free
    process.close()
    with unread(tmp_path) as free:
        assert free


ORPHANING = """
import os, signal, sys
from pathlib import Path
import numpy as np
from ingest.vector_process import VectorProcess

process = VectorProcess(Path(sys.argv[1]))
for n in range(2):
    process.add([f"p{n}"], ["a"], np.ones((1, 4), dtype=np.float32))
print(process._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_ends_with_the_process_that_started_it(tmp_path):
    ran = subprocess.run([sys.executable, "-c", ORPHANING, str(tmp_path)], cwd=ROOT, capture_output=True, check=False)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    status = Path(f"/proc/{int(ran.stdout)}/stat")
    until = time.monotonic() + 30
    while _runs(status) and time.monotonic() < until:
        time.sleep(0.01)
    assert not _runs(status)


def _runs(status: Path) -> bool:
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_only_many_documents_are_worth_another_process(tmp_path):
    few, many = vector_writer(tmp_path / "few", MANY_DOCUMENTS - 1), vector_writer(tmp_path, MANY_DOCUMENTS)
    assert (type(few), type(many)) == (VectorWriter, VectorProcess)
    few.close()
    many.close()
