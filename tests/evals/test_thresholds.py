"""The gate's thresholds: which rates fall short, and that the shipped ones say what they must."""

from pathlib import Path

import pytest

from corpus.errors import DocumentError
from evals.statistics import Rate
from evals.thresholds import AIMS_PATH, is_short, load_thresholds, shortfalls


def test_below_is_named_and_equal_passes() -> None:
    rates = {"right": Rate(20, 17), "verdict": Rate(20, 18), "facts": Rate(0, 0, n_unjudged=20)}
    short = shortfalls(rates, {"right": 0.85, "verdict": 0.95, "facts": 0.9})
    assert [str(one) for one in short] == ["verdict 0.900 is below 0.950 (n 20)"]


def test_above_is_named_where_less_is_better() -> None:
    rates = {"over_refusal": Rate(20, 2)}
    assert shortfalls(rates, {"over_refusal": 0.1}) == ()
    assert [str(s) for s in shortfalls(rates, {"over_refusal": 0.05, "right": 1.0})] == [
        "over_refusal 0.100 is above 0.050 (n 20)"
    ]


def test_shipped_aims_are_what_was_promised_and_no_quote_may_ever_differ() -> None:
    aims, least = load_thresholds(AIMS_PATH), load_thresholds()
    assert (aims["right"], aims["verdict"], aims["critical_right"]) == (0.92, 0.95, 1.0)
    assert (aims["abstention"], aims["over_refusal"], aims["unchanged"]) == (0.95, 0.05, 0.97)
    assert {name for name in least if least[name] == 1.0} >= {"verbatim", "cited", "grounded", "borne_out"}
    assert set(aims) <= set(least)
    assert [name for name, aim in aims.items() if is_short(name, aim, least[name])] == []  # no gate beyond its aim


@pytest.mark.parametrize("text", ["rigth: 0.9", "right: 85", "right: high", "- right", "right: ["])
def test_unknown_metric_or_value_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text(text)
    with pytest.raises(DocumentError, match=r"thresholds\.yaml"):
        load_thresholds(path)
