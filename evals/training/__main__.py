"""Command line of the training: ``python -m evals train DATA_DIR OUT_DIR``."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.settings import load_settings
from evals.retrieval import RetrievalSet
from evals.searching.__main__ import measure_set
from evals.training.card import figure_lines
from evals.training.run import measure_again, train_model


def main(data_dir: Path, out_dir: Path, *, card_only: bool) -> int:
    """Train, or measure a trained model again, and print the figures; the exit code."""
    settings = load_settings({})

    def report(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    def search(data: RetrievalSet, model: Path) -> Mapping[str, Any]:
        return measure_set(data, str(model), settings)

    results = (measure_again if card_only else train_model)(data_dir, out_dir, report, search)
    print("\n".join(figure_lines(results)))
    return 0
