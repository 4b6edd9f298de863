"""Beside the pointer: who published, refused or rolled back which generation, when, and with what result."""

import getpass
import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

HISTORY_FILE = "history.jsonl"

Action = Literal["published", "refused", "rolled back", "restored", "found published"]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; ``gate`` is the gate's summary, empty where none was asked."""

    time: str
    who: str
    action: Action
    generation: str
    previous: str = ""
    n_documents: int = 0
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    gate: str = ""
    forced: bool = False


_EVENT = TypeAdapter(Event)


def now() -> str:
    """The time as the history has it: UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def who() -> str:
    """Who runs this process: account and machine."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container's user without a name
        name = f"uid {os.getuid()}"
    return f"{os.environ.get('SUDO_USER') or name}@{socket.gethostname()}"


def record(data_dir: Path, event: Event) -> None:
    """Add a line, on the disk before this returns."""
    line = json.dumps(asdict(event), ensure_ascii=False) + "\n"
    handle = os.open(data_dir / HISTORY_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        os.write(handle, line.encode("utf-8", "backslashreplace"))
        os.fsync(handle)
    finally:
        os.close(handle)


def read(data_dir: Path) -> list[Event]:
    """All events, oldest first; a line that a crash left half written is passed over."""
    try:
        lines = (data_dir / HISTORY_FILE).read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []
    events = []
    for line in lines:
        try:
            events.append(_EVENT.validate_json(line))
        except ValidationError:
            continue
    return events


def live(data_dir: Path) -> str:
    """The generation that is published by the history's account; empty where it says nothing of one."""
    going_live = [event for event in read(data_dir) if event.action != "refused"]
    return going_live[-1].generation if going_live else ""
