import gc

import pytest

from ingest.garbage import THRESHOLD, rarely_collected


def test_the_garbage_is_looked_for_less_often_and_then_as_before():
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with pytest.raises(ValueError), rarely_collected():
        assert gc.get_threshold() == (THRESHOLD, *before[1:])
        assert gc.get_freeze_count() > frozen
        raise ValueError
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
