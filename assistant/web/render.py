"""From an exchange to the HTML that the page shows; every text goes through the templates' escaping.

Gradio's Markdown component shows what comes from here. It leaves an HTML element alone as long as no line break comes
inside it, so each element is one line, and line breaks and tabs of the text are written as character references.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.dates import swedish_date
from assistant.web import reading
from assistant.web.transcript import plain, transcript_of
from assistant.web.visits import Conversation, Exchange
from corpus.models import Source

QUESTION_CHARS = 400
REFERENCES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def as_text(value: object) -> Markup:
    """``value`` escaped, on one line."""
    text = str(escape(value))
    for character, reference in REFERENCES.items():
        text = text.replace(character, reference)
    return Markup(text)


def environment() -> Environment:
    """The templates, which escape all that is put into them."""
    env = Environment(
        loader=PackageLoader("assistant.web"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # a program that runs goes on with the templates of its own version while another is put in
        finalize=as_text,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(date=swedish_date, kind=reading.kind_word, address=reading.web_address, host=reading.host)
    env.globals.update(place=reading.place, in_context=reading.in_context, counted=reading.counted)
    return env


ENVIRONMENT = environment()


def page(name: str, **values: object) -> str:
    """The template ``name`` filled in, as a single line."""
    return " ".join(ENVIRONMENT.get_template(name).render(**values).split("\n"))


def exchange(said: Exchange, shown: str | None = None) -> str:
    """A question with its answer; ``shown`` is the part of the answer's text that has come so far."""
    answer = said.answer
    text = "" if answer is None else answer.answer if shown is None else shown
    badge = reading.badge(answer) if answer else ""
    if answer and answer.verdict and badge:
        text = reading.without_verdict(text)
    complete = shown is None and (answer is not None or said.failure != "")
    return page(
        "exchange.html",
        said=said,
        question=said.question[:QUESTION_CHARS].strip(),
        n_left_out=max(0, len(said.question) - QUESTION_CHARS),
        n_chars=f"{len(said.question):,}".replace(",", "\N{NO-BREAK SPACE}"),
        badge=badge,
        blocks=reading.blocks(text, answer.citations) if answer else (),
        groups=reading.groups(answer, text) if answer and answer.form else (),
        complete=complete,
        copied=plain(transcript_of((said,), datetime.now())) if complete and answer else "",
    )


def conversation(exchanges: Iterable[Exchange]) -> str:
    """The exchanges one after the other, each an element of its own so that those before a new one stay as they are."""
    return "\n\n".join(exchange(said) for said in exchanges)


def sources(exchanges: Sequence[Exchange]) -> str:
    """The sources of every answer so far; only those of the last exchange are open to view."""
    last = exchanges[-1].number if exchanges else 0
    groups = [page("sources.html", said=said, hidden=said.number != last) for said in exchanges]
    return "\n\n".join(groups)


def overview(held: Sequence[Source]) -> str:
    """What stands in the sources' place before anything is asked: what the answers come from, and where to look."""
    primary = [source for source in held if source.primary]
    latest = max((source.date for source in held), default="")
    return page("overview.html", n_sources=len(held), primary=primary[:3], latest=latest)


def welcome(earlier: Sequence[Conversation] = ()) -> str:
    """What stands in the conversation's place before anything is asked, with the reader's own earlier conversations."""
    return page("welcome.html", earlier=earlier)


def tools(kept: Conversation) -> str:
    """What can be done with the whole conversation."""
    return page("tools.html", kept=kept)


def scope(chosen: Sequence[Source], n_sources: int, conversation_id: str, earlier: str = "") -> str:
    """In which documents answers are looked for, and the way to choose others.

    ``earlier`` is the day of an index that serves in place of the published one, "" where that one serves.
    """
    return page("scope.html", chosen=chosen, n_sources=n_sources, conversation_id=conversation_id, earlier=earlier)


def header(navigation: Sequence[tuple[str, str]], worded: bool) -> str:
    """The page's heading and the notice that stands above every answer; ``worded`` where a chat model words them."""
    return page("header.html", navigation=navigation, path="/", worded=worded)


def footer(contact: str) -> str:
    """The end of the page: who answers for it, and where faults are reported."""
    return page("footer.html", contact=contact)
