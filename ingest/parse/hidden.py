"""Before any parser: takes out the characters that no reader sees, and says which ones there were."""

import re
from collections.abc import Iterator

# Ordinary in published text and without meaning: byte order marks, soft hyphens, variation selectors.
_ORDINARY = re.compile("[\ufeff\u00ad\ufe00-\ufe0f]")
# A soft hyphen at a line's end is there for the break only: both go, and the blank lines that extraction adds.
_SOFT_BREAK = re.compile("\u00ad[ \t]*\r?\n(?:[ \t]*\r?\n)*")
_ZERO_WIDTH = "\u200b-\u200d\u2060-\u2064\u206a-\u206f\u180e\u115f\u1160\u3164\uffa0\ufff9-\ufffb\U000e0100-\U000e01ef"
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_TAGS = "\U000e0000-\U000e007f"
_KINDS = {
    "zero-width characters": re.compile(f"[{_ZERO_WIDTH}]"),
    "marks that turn the direction of writing": re.compile(f"[{_TURNING}]"),
    "tag characters": re.compile(f"[{_TAGS}]"),
}
_ANY = re.compile(f"[{_ZERO_WIDTH}{_TURNING}{_TAGS}]")
_TAKEN_OUT = re.compile(f"[{_ZERO_WIDTH}{_TURNING}{_TAGS}\ufeff\u00ad\ufe00-\ufe0f]")
_TAG_BASE = 0xE0000
MOST_SHOWN = 60


def without_hidden(text: str) -> tuple[str, list[str]]:
    """``text`` with nothing in it that is not seen, and a line about each kind of hidden character found."""
    text = _ORDINARY.sub("", _SOFT_BREAK.sub("", text))
    if not _ANY.search(text):
        return text, []
    return _ANY.sub("", text), list(_findings(text))


def may_hide(text: str) -> bool:
    """Whether there is anything in ``text`` that ``without_hidden`` takes out; asked once for many lines."""
    return _TAKEN_OUT.search(text) is not None


def _findings(text: str) -> Iterator[str]:
    for name, pattern in _KINDS.items():
        found = pattern.findall(text)
        if found:
            spelt = "".join(chr(ord(c) - _TAG_BASE) for c in found) if name == "tag characters" else ""
            says = f", which spell {excerpt(spelt)}" if spelt.strip("\0\x01") else ""
            yield f"{len(found)} {name} dropped{says}"


def excerpt(text: str) -> str:
    """The beginning of ``text`` in quotes, on one line."""
    plain = "".join(c if c.isprintable() else " " for c in " ".join(text.split()))
    return repr(plain if len(plain) <= MOST_SHOWN else plain[: MOST_SHOWN - 1] + "…")
