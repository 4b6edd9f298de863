"""Gate of an eval run: how each case stands against the run that was last accepted, one line a case."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DocumentError
from evals.cases import Case
from evals.scoring import DECIDING, Result

BASELINE_PATH = Path(__file__).with_name("baseline.txt")
OUTCOMES = {1.0: "right", 0.0: "wrong", None: "unjudged"}
RIGHT = "right"
_HEADER = """\
# How each known answer stood when it was last accepted. Do not edit: `python -m evals baseline --reason TEXT` writes
# it and keeps the reason in baseline-log.md. Case, outcome, a hash of what the case expects, what failed.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """How one case stands; ``expects`` is a hash of the case, ``failed`` the deciding metrics that fail."""

    outcome: str
    expects: str
    failed: tuple[str, ...] = ()


Baseline = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Changes:
    """Case ids by what has become of them since the baseline, sorted.

    ``broken`` were right and are not; ``edited`` expect something else than then; ``gone`` are no longer asked.
    """

    broken: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something changed that has to be accepted first."""
        return bool(self.broken or self.edited or self.gone)


def fingerprint(case: Case) -> str:
    """Eight hexadecimal digits that change when the question, its history or what is expected change."""
    content = case.model_dump(mode="json", exclude={"split", "kind", "fact"}, exclude_defaults=True)
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:8]


def entries_of(results: Iterable[Result]) -> Baseline:
    """How the cases of a run stand."""
    return {
        result.case.id: Entry(
            OUTCOMES[result.right.value],
            fingerprint(result.case),
            tuple(name for name in DECIDING if result.scores[name].value == 0.0),
        )
        for result in results
    }


def compare(before: Baseline, now: Baseline, *, whole: bool) -> Changes:
    """What changed; only where all cases were asked (``whole``) can one be gone. No baseline, no changes."""
    if not before:
        return Changes()
    both = sorted(before.keys() & now.keys())
    broken = [i for i in both if before[i].outcome == RIGHT != now[i].outcome]
    edited = [i for i in both if i not in broken and before[i].expects != now[i].expects]
    mended = [i for i in both if i not in edited and before[i].outcome != RIGHT == now[i].outcome]
    gone = sorted(before.keys() - now.keys()) if whole else []
    return Changes(tuple(broken), tuple(edited), tuple(gone), tuple(mended), tuple(sorted(now.keys() - before.keys())))


def load_baseline(path: Path = BASELINE_PATH) -> Baseline:
    """The accepted outcomes by case id; empty where none were ever accepted.

    Raises:
        DocumentError: the file cannot be read, or a line is malformed.
    """
    if not path.exists():
        return {}
    entries: dict[str, Entry] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}: cannot be read ({error})") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split()
        if len(words) not in (3, 4) or words[1] not in OUTCOMES.values():
            raise DocumentError(f"{path}: line {number}: expected a case, its outcome and a hash, found {line!r:.80}")
        entries[words[0]] = Entry(words[1], words[2], tuple(words[3].split(",")) if len(words) == 4 else ())
    return entries


def dump_baseline(entries: Baseline) -> str:
    """The file's text: sorted by id, so that a change is one line of a diff."""
    lines = (
        f"{case_id} {entry.outcome} {entry.expects} {','.join(entry.failed)}".rstrip()
        for case_id, entry in sorted(entries.items())
    )
    return _HEADER + "".join(f"{line}\n" for line in lines)
