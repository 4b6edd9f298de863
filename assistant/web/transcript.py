"""A conversation as it leaves the page: its sources numbered through, ready for Markdown, DOCX and the clipboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.dates import swedish_date
from assistant.models import Citation, Stretch
from assistant.web import reading
from assistant.web.visits import Conversation, Exchange

HEADING = "Frågor och svar om underlaget"
NOTICE = (
    "Svaren är hämtade av tjänsten Fråga utredningen som ordagranna citat ur källorna nedan. De kan vara "
    "ofullständiga: kontrollera dem mot källan innan de används."
)
WORDED_NOTICE = (
    "Svaren är formulerade av en språkmodell, och varje påstående är av tjänsten Fråga utredningen prövat mot källorna "
    "nedan. De kan vara ofullständiga: kontrollera dem mot källan innan de används."
)
NO_ANSWER = "Inget svar."


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its answer; ``verdict`` is a word or "", ``lines`` hold ``[n]`` of the transcript's own numbers.

    A line that is an item of a list begins with a hyphen.
    """

    question: str
    verdict: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A source as it stands in the list at the end."""

    number: int
    text: str
    quote: str
    url: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """The conversation, its entries in order and the sources that their numbers point to."""

    begun: datetime
    entries: tuple[Entry, ...]
    sources: tuple[Listed, ...]
    notice: str = NOTICE


def transcribe(conversation: Conversation) -> Transcript:
    """``conversation`` with one list of sources, each stretch of text in it once."""
    return transcript_of(conversation.exchanges, conversation.begun)


def transcript_of(exchanges: Sequence[Exchange], begun: datetime) -> Transcript:
    """The transcript of ``exchanges``."""
    numbers: dict[Stretch, int] = {}
    listed: list[Listed] = []
    entries = []
    for said in exchanges:
        own: dict[int, int] = {}
        for citation in said.answer.citations if said.answer else ():
            key = citation.stretch
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                listed.append(
                    Listed(numbers[key], described(citation), citation.quote, reading.web_address(citation.url))
                )
            own[citation.number] = numbers[key]
        entries.append(_entry(said, own))
    worded = any(said.answer and said.answer.answerer != "extractive" for said in exchanges)
    return Transcript(begun, tuple(entries), tuple(listed), WORDED_NOTICE if worded else NOTICE)


def described(citation: Citation) -> str:
    """A source in words: title, section, page, publisher, date, and what must be known of it."""
    place = ", ".join(p for p in (citation.section, f"s. {citation.page}" if citation.page is not None else "") if p)
    date = swedish_date(citation.date)
    if citation.kind == "faktablad" and date:
        date = f"uppgifter till och med {date}"
    marks = "har uppdaterats av en senare källa" if citation.updated else ""
    return ". ".join(p.rstrip(".") for p in (citation.title, place, citation.publisher, date, marks) if p) + "."


def plain(transcript: Transcript) -> str:
    """The transcript as plain text, for the clipboard."""
    lines: list[str] = []
    for entry in transcript.entries:
        opening = [f"{entry.verdict}."] if entry.verdict else []
        lines += [entry.question, "", *opening, *entry.lines, ""]
    if transcript.sources:
        lines.append("Källor")
        lines += [f"[{s.number}] {s.text}{f' {s.url}' if s.url else ''}" for s in transcript.sources]
    return "\n".join(lines).strip() + "\n"


def _entry(said: Exchange, own: dict[int, int]) -> Entry:
    question = said.question.strip() or "(tom fråga)"
    if said.answer is None:
        return Entry(question, "", (said.failure or NO_ANSWER,))
    badge = reading.badge(said.answer)
    text = reading.without_verdict(said.answer.answer) if said.answer.verdict and badge else said.answer.answer
    lines = []
    for block in reading.blocks(text, said.answer.citations):
        words = "".join(f"[{own[run.citation.number]}]" if run.citation else run.text for run in block.runs)
        lines.append(f"- {words}" if block.item else words)
    return Entry(question, badge, tuple(line.replace("\N{NO-BREAK SPACE}[", " [") for line in lines))
