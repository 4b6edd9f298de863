"""For the length of a build: Python looks for garbage less often, as it would go through all that was loaded before."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# New objects between two looks; the default is 700.
THRESHOLD = 50_000


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Leave what is there now alone, and look at what is new after every ``THRESHOLD`` objects."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
