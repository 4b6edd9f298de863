import subprocess
import sys

from evals.bench.peaks import Peak, Peaks, measure_peaks

HOLDING = "import sys; held = bytearray(60_000_000); print('held', flush=True); sys.stdin.read()"
MB = 1_000_000


def test_the_most_is_seen_in_this_process_and_in_those_that_it_starts(tmp_path):
    module = tmp_path / "holding.py"
    module.write_text(HOLDING)
    with Peaks() as peaks:
        held = bytearray(80 * MB)
        process = subprocess.Popen(
            [sys.executable, "-m", "holding"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        while "holding" not in peaks.others_mb or peaks.others_mb["holding"] < 60:
            assert process.poll() is None
        process.communicate()
        del held
    assert peaks.own_mb > 80
    assert 60 < peaks.others_mb["holding"] < 60 + 40  # not what this process held when it started it


def test_documents_are_doubled_twice(tmp_path):
    def write(folder, n):
        for number in range(n):
            (folder / f"{number}.txt").write_text("Text.")

    peaks = measure_peaks(lambda folder, data_dir: len(list(folder.iterdir())), write, tmp_path, 3)
    assert [(peak.documents, peak.passages) for peak in peaks] == [(3, 3), (6, 6), (12, 12)]
    assert all(isinstance(peak, Peak) and peak.own_mb > 0 for peak in peaks)
