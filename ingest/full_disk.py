"""Around a sync: a full disk, which every store calls something else, is told in one line that says what to do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import CheckFailed
from corpus.full_disk import is_full

MB = 1_000_000


def is_nearly_full(data_dir: Path) -> bool:
    """Whether less than a megabyte is free on the disk of ``data_dir``: less than any store needs to go on."""
    return shutil.disk_usage(data_dir).free < MB


@contextmanager
def told_of_full_disk(data_dir: Path) -> Iterator[None]:
    """Raise what a full disk makes others raise as an error of ours; all else goes through.

    Raises:
        CheckFailed: the disk of ``data_dir`` is full.
    """
    try:
        yield
    except Exception as error:
        if not is_full(error):
            raise
        free = shutil.disk_usage(data_dir).free // MB
        raise CheckFailed(
            f"{data_dir}: the disk is full ({free} MB are free now that what was begun is deleted); a sync takes about"
            " one and a half times what is there already; make room and run it again; what is published is whole"
        ) from error
