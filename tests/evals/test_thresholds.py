"""The gate's thresholds: which rates fall short, and that the shipped ones say what they must."""

from pathlib import Path

import pytest

from corpus.errors import DocumentError
from evals.statistics import Rate
from evals.thresholds import AIMS_PATH, load_thresholds, shortfalls


def test_below_is_named_and_equal_passes() -> None:
    rates = {"right": Rate(20, 17), "verdict": Rate(20, 18), "facts": Rate(0, 0, n_unjudged=20)}
    short = shortfalls(rates, {"right": 0.85, "verdict": 0.95, "facts": 0.9})
    assert [str(one) for one in short] == ["verdict 0.900 is below 0.950 (n 20)"]


def test_shipped_aims_are_what_was_promised_and_no_quote_may_ever_differ() -> None:
    aims, least = load_thresholds(AIMS_PATH), load_thresholds()
    assert (aims["right"], aims["verdict"], aims["critical_right"]) == (0.85, 0.95, 1.0)
    assert (least["verbatim"], least["cited"]) == (1.0, 1.0)
    assert set(aims) <= set(least)
    assert all(least[name] <= aim for name, aim in aims.items())


@pytest.mark.parametrize("text", ["rigth: 0.9", "right: 85", "right: high", "- right", "right: ["])
def test_unknown_metric_or_value_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text(text)
    with pytest.raises(DocumentError, match=r"thresholds\.yaml"):
        load_thresholds(path)
