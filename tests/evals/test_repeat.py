"""Runs over one generation are alike: whoever runs the suite again sees the same, but for how long it took."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.embedder import load_embedder
from corpus.settings import BUILT_IN_MODEL
from evals.__main__ import main
from evals.cases import Case, case_files, load_cases
from ingest.sync import sync

ROOT = Path(__file__).parents[2]
TIMES = re.compile(r'"elapsed_ms": [\d.]+|time="[\d.]+"')


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    sync(folder, load_embedder(BUILT_IN_MODEL))
    return folder


def some_cases(folder: Path, step: int) -> Path:
    """Every so-many-th of the cases for tuning, in a file of their own."""
    cases = [case for case in load_cases(case_files()) if case.split == "dev"][::step]
    path = folder / "dev-some.jsonl"
    excluded = {"split"}
    path.write_text("".join(Case.model_dump_json(case, exclude=excluded) + "\n" for case in cases), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, str]:
    """The report's files, without the times in them."""
    return {path.name: TIMES.sub("", path.read_text(encoding="utf-8")) for path in sorted(folder.iterdir())}


def test_three_runs_differ_only_in_their_times(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FRAGA_DATA_DIR", str(data_dir))
    cases = some_cases(tmp_path, step=40)
    reports = [tmp_path / f"report-{n}" for n in range(3)]
    for report in reports:
        main(["run", "--cases", str(cases), "--report", str(report)])
    first, second, third = (contents(report) for report in reports)
    assert len(first["results.jsonl"].splitlines()) >= 20
    assert first == second == third


@pytest.mark.drill
def test_runs_of_other_processes_are_alike_too(data_dir: Path, tmp_path: Path) -> None:
    cases = some_cases(tmp_path, step=10)
    reports = [tmp_path / f"report-{n}" for n in range(3)]
    for seed, report in enumerate(reports):
        command = [sys.executable, "-m", "evals", "run", "--cases", str(cases), "--report", str(report)]
        environment = os.environ | {"FRAGA_DATA_DIR": str(data_dir), "PYTHONHASHSEED": str(seed)}
        finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert finished.returncode in (0, 1), finished.stderr
    first, second, third = (contents(report) for report in reports)
    assert first == second == third
