"""Gate of an eval run: which rates fall below the least that is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from corpus.errors import DocumentError
from evals.scoring import CRITICAL, METRICS, OVERALL
from evals.statistics import Figure

THRESHOLDS_PATH = Path(__file__).with_name("thresholds.yaml")
AIMS_PATH = Path(__file__).with_name("aims.yaml")
_RATIOS: TypeAdapter[dict[str, float]] = TypeAdapter(dict[str, float])


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A metric whose ratio is below its threshold."""

    metric: str
    ratio: float
    least: float
    n: int

    def __str__(self) -> str:
        return f"{self.metric} {self.ratio:.3f} is below {self.least:.3f} (n {self.n})"


def load_thresholds(path: Path = THRESHOLDS_PATH) -> Mapping[str, float]:
    """Metric to least ratio, 0–1.

    Raises:
        DocumentError: the file cannot be read, names no metric of ours, or has a value outside 0–1.
    """
    try:
        least = _RATIOS.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise DocumentError(f"{path}: expected metrics with ratios: {' '.join(str(error).split())}") from None
    for name, ratio in least.items():
        if name not in {OVERALL, CRITICAL, *METRICS} or not 0 <= ratio <= 1:
            raise DocumentError(f"{path}: {name}: {ratio}: no metric of this name, or not a ratio of 0-1")
    return least


def shortfalls(rates: Mapping[str, Figure], least: Mapping[str, float]) -> tuple[Shortfall, ...]:
    """The metrics that fall short, in the order of the thresholds; one that judged nothing is passed over."""
    return tuple(
        Shortfall(name, ratio, floor, rates[name].n)
        for name, floor in least.items()
        if (ratio := rates[name].ratio) is not None and ratio < floor
    )
