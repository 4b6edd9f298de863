"""The pages beside the chat, made on the server and readable without a script: documents, timeline, actors, about."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from fastapi import FastAPI, Query
from fastapi.responses import HTMLResponse

from assistant.answerer import Answerer
from assistant.timeline import Event
from assistant.web import reader, render
from assistant.web.material import MOST_GATHERED, Material, ranked
from corpus.errors import UsageError
from corpus.knowledge import Knowledge
from corpus.models import Document, Source, Span

MOST_LISTED = 200
MOST_PLACES = 5
NAVIGATION = (
    ("/", "Fråga"),
    ("/tidslinje", "Tidslinje"),
    ("/aktorer", "Aktörer"),
    ("/dokument", "Dokument"),
    ("/om", "Om"),
)
Chosen = Query(default=[], max_length=MOST_GATHERED)


class Pages:
    """The pages over one assistant's index."""

    def __init__(self, assistant: Answerer, knowledge: Knowledge, contact: str, worded: bool) -> None:
        """``contact`` is where faults are reported: an address of mail or of the web, "" where none is set.

        ``worded`` where a chat model words the answers.
        """
        self.assistant = assistant
        self.contact = contact
        self.worded = worded
        self.material = Material(knowledge)

    def timeline(self, dokument: list[str] = Chosen, ar: str = "") -> HTMLResponse:
        """The dated events, all or of chosen documents, of all years or of one."""
        documents = self.material.chosen(self.assistant.index, dokument)
        events = [e for e in self.material.events(self.assistant.index, documents) if _in_years(e, ar)]
        years = [(year, list(of_year)) for year, of_year in groupby(events, key=lambda e: e.iso[:4])]
        return self._shown(
            "timeline.html",
            "Tidslinje",
            "/tidslinje",
            years=years,
            n_events=len(events),
            most=max((len(of_year) for _, of_year in years), default=1),
            today=date.today().isoformat(),
            chosen=[d.source for d in documents] if dokument else [],
            primary=[s for s in self.assistant.index.sources() if s.primary][:1],
            n_left_out=max(0, len(self.assistant.index.sources()) - len(documents)) if not dokument else 0,
            ar=ar,
        )

    def actors(self, dokument: list[str] = Chosen) -> HTMLResponse:
        """The bodies that the documents name, and what they are quoted as saying."""
        documents = self.material.chosen(self.assistant.index, dokument)
        return self._shown(
            "actors.html",
            "Aktörer",
            "/aktorer",
            actors=self.material.actors(self.assistant.index, documents),
            most_places=MOST_PLACES,
            chosen=[d.source for d in documents] if dokument else [],
        )

    def documents(self, sok: str = "", k: str = "") -> HTMLResponse:
        """All documents, drawn over time, to open or to choose for the search."""
        sources = [s for s in ranked(self.assistant.index.sources()) if _titled(s, sok)]
        listed = [self.assistant.index.document(s.document_id) for s in sources[:MOST_LISTED]]
        rows = self.material.rows(self.assistant.index, listed)
        most = max((cell.n_events for row in rows for cell in row.cells), default=0)
        return self._shown(
            "documents.html", "Dokument", "/dokument", rows=rows, most=most, n_found=len(sources), sok=sok, k=k
        )

    def document(self, document_id: str, fran: int = -1, till: int = -1) -> HTMLResponse:
        """One document whole, the words from ``fran`` to ``till`` marked."""
        try:
            document = self.assistant.index.document(document_id)
        except UsageError:
            return self._shown("missing.html", "Dokumentet finns inte", "", status=404)
        return self._shown("document.html", document.source.title, "", **self._read(document, fran, till))

    def about(self) -> HTMLResponse:
        """What the service is, what it knows, what it must not be used for."""
        sources = self.assistant.index.sources()
        return self._shown(
            "service.html",
            "Om tjänsten",
            "/om",
            sources=ranked(sources)[:MOST_LISTED],
            n_sources=len(sources),
            latest=latest(sources),
            created=self.assistant.index.manifest.created[:10],
            degraded=bool(self.assistant.problem),
            worded=self.worded,
        )

    def accessibility(self) -> HTMLResponse:
        """The accessibility statement."""
        return self._shown("accessibility.html", "Tillgänglighet", "/tillganglighet")

    def _read(self, document: Document, start: int, end: int) -> dict[str, Any]:
        cited = Span(start, end) if 0 <= start < end <= len(document.text) else None
        links = self.assistant.index.updates_of(document.source.document_id)
        later = [self.assistant.index.document(link.document_id) for link in links]
        parts = reader.parts(document, cited, reader.notes_on(document, links, later))
        return {"source": document.source, "parts": parts, "cited": cited}

    def _shown(self, template: str, title: str, path: str, status: int = 200, **values: object) -> HTMLResponse:
        html = render.page(template, title=title, path=path, navigation=NAVIGATION, contact=self.contact, **values)
        return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-cache"})


def add_pages(app: FastAPI, pages: Pages) -> None:
    """Give ``app`` the routes of ``pages``."""
    app.get("/tidslinje")(pages.timeline)
    app.get("/aktorer")(pages.actors)
    app.get("/dokument")(pages.documents)
    app.get("/dokument/{document_id:path}")(pages.document)
    app.get("/om")(pages.about)
    app.get("/tillganglighet")(pages.accessibility)


def latest(sources: Sequence[Source]) -> str:
    """The date of the latest source."""
    return max((s.date for s in sources), default="")


def _in_years(event: Event, years: str) -> bool:
    """Whether ``event`` is of ``years``: *2024*, or *-2018* for all years before that."""
    if years.startswith("-"):
        return event.iso[:4] < years[1:]
    return event.iso.startswith(years)


def _titled(source: Source, text: str) -> bool:
    return text.strip().casefold() in f"{source.title} {source.publisher} {source.kind}".casefold()
