from pathlib import Path

import pytest

from ingest.entries import Entry
from ingest.parse_ahead import AHEAD, ALONE, parse_ahead
from ingest.sandbox import Sandbox, Work
from tests.ingest.conftest import children


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as made:
        yield made


def works(n_files: int) -> list[Work]:
    """Files of a sentence each, every third one of them empty."""
    return [Work(f"Mening {n}.".encode() if n % 3 else b"", Entry(Path(f"{n}.txt"), "upload")) for n in range(n_files)]


@pytest.mark.parametrize("n_files", [0, 1, AHEAD, ALONE, 3 * ALONE])
def test_results_come_in_order_however_many_processes_parse(sandbox, n_files):
    results = list(parse_ahead(works(n_files), sandbox))
    assert [result.work.entry.path.name for result in results] == [f"{n}.txt" for n in range(n_files)]
    assert [result.error is None for result in results] == [n % 3 != 0 for n in range(n_files)]


def test_an_error_of_what_gives_the_files_is_raised_to_the_caller(sandbox):
    def failing():
        yield from works(2)
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError, match="the disk is gone"):
        list(parse_ahead(failing(), sandbox))


def test_files_are_read_only_as_far_ahead_as_there_is_room(sandbox):
    read = []

    def counted():
        for work in works(3 * AHEAD):
            read.append(work)
            yield work

    results = parse_ahead(counted(), sandbox)
    next(results)
    assert len(read) == AHEAD
    results.close()


def test_whoever_stops_half_way_leaves_no_process_behind():
    before = children()
    with Sandbox() as sandbox:
        results = parse_ahead(works(3 * ALONE), sandbox)
        for _ in range(ALONE + 1):
            next(results)
        results.close()
    assert children() <= before
