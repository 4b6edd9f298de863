import errno

import pytest

from corpus.errors import CheckFailed
from ingest.full_disk import told_of_full_disk


def test_a_full_disk_is_one_line_that_says_what_to_do(tmp_path):
    with pytest.raises(CheckFailed) as raised, told_of_full_disk(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert str(raised.value).startswith(f"{tmp_path}: the disk is full (")
    assert "make room and run it again; what is published is whole" in str(raised.value)


def test_all_else_goes_through(tmp_path):
    with pytest.raises(OSError, match="Input/output error"), told_of_full_disk(tmp_path):
        raise OSError(errno.EIO, "Input/output error")
