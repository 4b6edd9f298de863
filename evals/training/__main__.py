"""Command line of the training: ``python -m evals.training DATA_DIR OUT_DIR``."""

import sys
from pathlib import Path

from corpus.errors import FragaError
from corpus.settings import load_settings
from evals.searching.__main__ import measure_set
from evals.training.card import figure_lines
from evals.training.run import train_model


def main(arguments: list[str]) -> int:
    """Train and print the figures; the exit code."""
    if len(arguments) != 2:
        print("usage: python -m evals.training DATA_DIR OUT_DIR", file=sys.stderr)
        return 2
    try:
        settings = load_settings({})
        results = train_model(
            Path(arguments[0]),
            Path(arguments[1]),
            lambda line: print(line, file=sys.stderr, flush=True),
            lambda data, model: measure_set(data, str(model), settings),
        )
    except FragaError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("\n".join(figure_lines(results)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
