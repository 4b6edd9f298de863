import errno
import sqlite3

import pytest

from corpus.full_disk import is_full


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        sqlite3.OperationalError("database or disk is full"),
        ValueError("An IO error occurred: No space left on device (os error 28)"),  # tantivy
    ],
)
def test_a_full_disk_is_told_from_what_the_stores_say(error):
    assert is_full(error)


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), ValueError("the folder is full of files")])
def test_other_errors_are_others(error):
    assert not is_full(error)
