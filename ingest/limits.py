"""For the parsing process: how much of a file is read, how long and in how much memory; from the settings."""

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; a file that costs more is refused by name."""

    file_bytes: int = 50 * MB
    """Size of a file, and of what an archive in it (Word, OpenDocument) holds when unpacked."""
    pages: int = 3000
    """Pages of a PDF."""
    parse_s: float = 10.0
    """Seconds of the processor for parsing a file, and three times as many by the clock.

    A page that has to be recognised from its picture gets as much again."""
    parse_bytes: int = 512 * MB
    """Memory of the process that parses."""


DEFAULT_LIMITS = Limits()
