"""At the stores' edges: does an error say that there is no room on the disk? Every store calls that something else."""

import errno
import re

_NUMBERS = (errno.ENOSPC, errno.EDQUOT)
_WORDS = re.compile(r"disk is full|no space left|quota exceeded", re.IGNORECASE)


def is_full(error: BaseException) -> bool:
    """Whether an error says that there is no room on the disk."""
    return getattr(error, "errno", None) in _NUMBERS or _WORDS.search(str(error)) is not None
