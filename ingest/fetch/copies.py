"""The copies of fetched documents in the data folder: what there is, from where, and how new ones take their place."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from corpus.errors import DocumentError
from ingest.entries import Entry, ManifestEntry
from ingest.fetch.download import Download, Net, Rules, download
from ingest.limits import Limits
from ingest.parse.files import FORMATS, read_bytes
from ingest.progress import Progress
from ingest.sandbox import Sandbox, Work

FETCHED_FOLDER = "fetched"
STATE_FILE = "state.json"
MAX_FETCH_S = 300.0
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
}


@dataclass(frozen=True, slots=True)
class Copy:
    """The last good copy of a fetched document."""

    url: str
    file: str
    sha256: str
    fetched: str
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


_STATE = TypeAdapter(dict[str, Copy])


def read_copies(data_dir: Path) -> Mapping[str, Copy]:
    """The copies that are there, by document id; one whose state is damaged is fetched anew."""
    folder = data_dir / FETCHED_FOLDER
    try:
        state = _STATE.validate_json((folder / STATE_FILE).read_bytes())
    except (OSError, ValidationError):
        return {}
    return {key: copy for key, copy in state.items() if (folder / Path(copy.file).name).is_file()}


def copy_path(data_dir: Path, copy: Copy) -> Path:
    """Where a copy lies."""
    return data_dir / FETCHED_FOLDER / Path(copy.file).name


def forget_copy(data_dir: Path, document_id: str) -> bool:
    """Delete the copy of a document, which is fetched again only when asked for; whether there was one."""
    state = dict(read_copies(data_dir))
    copy = state.pop(document_id, None)
    if copy is None:
        return False
    _write_state(data_dir / FETCHED_FOLDER, state)
    copy_path(data_dir, copy).unlink(missing_ok=True)
    return True


def fetch_all(
    data_dir: Path, entries: Sequence[ManifestEntry], limits: Limits, net: Net, progress: Progress
) -> list[str]:
    """Bring the copies of ``entries`` up to date; a line for each that could not be, whose last good copy stays."""
    folder = data_dir / FETCHED_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    state = dict(read_copies(data_dir))
    problems = []
    with Sandbox(limits) as sandbox:
        for done, entry in enumerate(entries):
            progress("Fetching", done, len(entries))
            try:
                state[entry.id] = _fetch(folder, entry, state.get(entry.id), limits, net, sandbox)
            except DocumentError as error:
                problems.append(str(error))
                continue
            _write_state(folder, state)
    progress("Fetching", len(entries), len(entries))
    return problems


def _fetch(folder: Path, entry: ManifestEntry, known: Copy | None, limits: Limits, net: Net, sandbox: Sandbox) -> Copy:
    part = folder / f".{entry.id}.part"
    same = known if known is not None and known.url == entry.fetch and _intact(folder, known) else None
    before = Download(same.url, same.content_type, same.etag, same.last_modified) if same else None
    found = download(entry.fetch, part, before, Rules(limits.file_bytes, MAX_FETCH_S), net)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if found.unchanged and same is not None:
        return same
    suffix = _suffix(found)
    data = read_bytes(part, limits.file_bytes)
    result = sandbox.parse(Work(data, Entry(Path(f"{entry.id}{suffix}"), "fetched")))
    if result.error is not None:  # an error page, a login, a half-written file: the last good copy is better
        part.unlink(missing_ok=True)
        raise DocumentError(f"{entry.fetch}: what came cannot be taken in ({result.error})")
    name = f"{entry.id}{suffix}"
    part.replace(folder / name)
    if known is not None and known.file != name:
        (folder / Path(known.file).name).unlink(missing_ok=True)
    digest = hashlib.sha256(data).hexdigest()
    return Copy(entry.fetch, name, digest, now, found.content_type, found.etag, found.last_modified)


def _intact(folder: Path, copy: Copy) -> bool:
    path = folder / Path(copy.file).name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == copy.sha256


def _suffix(found: Download) -> str:
    by_name = Path(urlsplit(found.url).path).suffix.lower()
    suffix = _SUFFIXES.get(found.content_type, by_name if by_name in FORMATS else "")
    if not suffix:
        raise DocumentError(f"{found.url}: comes as {found.content_type or 'nothing known'}, which cannot be taken in")
    return suffix


def _write_state(folder: Path, state: Mapping[str, Copy]) -> None:
    text = json.dumps({key: asdict(copy) for key, copy in sorted(state.items())}, ensure_ascii=False, indent=1)
    temporary = folder / f".{STATE_FILE}.new"
    temporary.write_text(text + "\n", "utf-8")
    temporary.replace(folder / STATE_FILE)
