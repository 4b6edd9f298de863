"""Gate of an eval run: which figures fall below the least that is accepted, or rise above the most."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from corpus.errors import DocumentError
from evals.scoring import BY_FACT, CRITICAL, LESS_IS_BETTER, METRICS, OVERALL
from evals.statistics import Figure

THRESHOLDS_PATH = Path(__file__).with_name("thresholds.yaml")
AIMS_PATH = Path(__file__).with_name("aims.yaml")
# Gates of the other commands: mutate, metamorphic (all kinds together, then each) and crowded.
CAUGHT, UNCHANGED, LOST = "mutations_caught", "unchanged", "crowded_lost"
NAMES = frozenset({OVERALL, CRITICAL, BY_FACT, *METRICS, CAUGHT, UNCHANGED, LOST})
_RATIOS: TypeAdapter[dict[str, float]] = TypeAdapter(dict[str, float])


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A metric whose ratio is on the wrong side of its threshold."""

    metric: str
    ratio: float
    least: float
    n: int

    def __str__(self) -> str:
        side = "above" if self.metric in LESS_IS_BETTER else "below"
        return f"{self.metric} {self.ratio:.3f} is {side} {self.least:.3f} (n {self.n})"


def load_thresholds(path: Path = THRESHOLDS_PATH) -> Mapping[str, float]:
    """Metric to least ratio, 0–1; to the most for those of which less is better.

    Raises:
        DocumentError: the file cannot be read, names no metric of ours, or has a value outside 0–1.
    """
    try:
        least = _RATIOS.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise DocumentError(f"{path}: expected metrics with ratios: {' '.join(str(error).split())}") from None
    for name, ratio in least.items():
        is_kind = name.startswith(f"{UNCHANGED}_")
        if not (name in NAMES or is_kind) or not 0 <= ratio <= 1:
            raise DocumentError(f"{path}: {name}: {ratio}: no metric of this name, or not a ratio of 0-1")
    return least


def shortfalls(rates: Mapping[str, Figure], least: Mapping[str, float]) -> tuple[Shortfall, ...]:
    """The metrics that fall short, in the order of the thresholds; one that judged nothing is passed over."""
    return tuple(
        Shortfall(name, ratio, bound, rates[name].n)
        for name, bound in least.items()
        if name in rates and (ratio := rates[name].ratio) is not None and is_short(name, ratio, bound)
    )


def is_short(name: str, ratio: float, bound: float) -> bool:
    """Whether a ratio is on the wrong side of its bound."""
    return ratio > bound if name in LESS_IS_BETTER else ratio < bound
