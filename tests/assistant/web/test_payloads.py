"""A hundred harmful texts through questions, documents, titles and file names: all are shown, none is obeyed."""

from dataclasses import replace
from urllib.parse import quote

import pytest

from assistant.startup import load_assistant
from assistant.web.visits import COOKIE, Exchange, Visits, new_token
from corpus.embedder import load_embedder
from corpus.settings import BUILT_IN_MODEL, Settings
from ingest.sync import Bundle, sync
from tests.assistant.standin import StandIn
from tests.assistant.web.conftest import served
from tests.assistant.web.payloads import N_VECTORS, PAYLOADS
from tests.assistant.web.test_page import answer, ask
from tests.assistant.web.test_render import HOSTILE, hostile_answer

ALL_HIDDEN = 2
LIVE = (
    ":is(script, img, svg, iframe, form, object, embed, link, style, base, meta, video, [onclick], [onerror], [onload])"
)


class Watch:
    """What a page does that it must not."""

    def __init__(self, page, url):
        self.page = page
        self.url = url
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.foreign.append(request.url) if self.is_foreign(request) else None)
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)

    def is_foreign(self, request):
        return not request.url.startswith((f"{self.url}/", "data:"))

    def check(self, within="body"):
        assert self.page.evaluate("window.ran") is None
        assert self.foreign == []
        assert [text for text in self.complaints if "Content Security Policy" in text] == []
        assert self.page.url.startswith(self.url)
        assert self.page.locator(f"{within} {LIVE}").count() == 0


def test_there_are_a_hundred_of_them():
    assert len(set(PAYLOADS)) == 100


def shown_as_text(page, texts):
    """Whether questions and sources show ``texts`` as they were written."""
    asked = page.locator(".exchange .question").all_text_contents()
    assert [one.split() for one in asked] == [["Fråga:", *text.split()] for text in texts]
    titles = page.locator("#sources .title").all_text_contents()
    assert titles == [text for text in texts for _ in ("cited", "nearest")]


def test_through_questions_and_everything_that_an_answer_holds(visit):
    """Typed: each vector by itself. In its wrappings it takes the same way out, which the next test looks at."""
    typed = [*HOSTILE, *PAYLOADS[:: len(PAYLOADS) // N_VECTORS]]
    with served(StandIn(hostile_answer)) as url:
        page = visit(url)
        watch = Watch(page, url)
        for texts in (typed[:12], typed[12:24], typed[24:]):
            for number, text in enumerate(texts, 1):
                page.locator("#question textarea").fill(text)
                page.locator("#send").click()
                answer(page, number).wait_for()
            shown_as_text(page, texts)
            watch.check("#layout")
            page.get_by_role("button", name="Ny konversation").click()
            page.locator(".welcome").wait_for()


def test_through_conversations_that_are_opened_again(visit_page, monkeypatch):
    visits, visitor = Visits(), new_token()
    monkeypatch.setattr("assistant.web.server.Visits", lambda: visits)
    with served(StandIn()) as url:
        page = visit_page("about:blank")
        page.context.add_cookies([{"name": COOKIE, "value": visitor, "url": url}])
        watch = Watch(page, url)
        for texts in (PAYLOADS[:34], PAYLOADS[34:67], PAYLOADS[67:]):
            said = (Exchange(number, text, hostile_answer(text)) for number, text in enumerate(texts, 1))
            kept = visits.keep(visitor, replace(visits.begin(), exchanges=tuple(said)))
            page.goto(f"{url}/?k={kept.conversation_id}")
            answer(page, len(texts)).wait_for()
            page.locator("#sources .title").first.wait_for(state="attached")
            shown_as_text(page, texts)
            watch.check("#layout")


@pytest.fixture(scope="module")
def hostile_corpus(tmp_path_factory):
    """Fifty documents whose names, titles, headings, publishers and sentences are harmful, taken in as admins do."""
    folder = tmp_path_factory.mktemp("hostile")
    files = folder / "files"
    files.mkdir()
    for number, (text, other) in enumerate(zip(PAYLOADS[::2], PAYLOADS[1::2], strict=True)):
        name = text.replace("/", "").replace("\n", " ").strip()[:60] or "x"
        quoted = " ".join(other.split()).replace("'", "''")
        body = " ".join(text.split())
        (files / f"{number:02} {name}.md").write_text(
            f"---\ntitle: '{quoted}'\npublisher: '{quoted}'\ndate: '2024-06'\nkind: '{quoted[:30]}'\n---\n"
            f"# Rubrik {body}\n\nDen {number % 28 + 1} maj 2024 öppnade bro {number} enligt SKR {body} i staden.\n",
            encoding="utf-8",
        )
    (folder / "none.yaml").write_text("documents: []\n", encoding="utf-8")
    nothing_else = Bundle(folder, folder / "none.yaml")
    report = sync(folder / "data", load_embedder(BUILT_IN_MODEL), [files], nothing_else)
    assert report.problems == ()
    assert len(report.without_text) == ALL_HIDDEN  # their style element swallows the whole text: reported, not taken in
    return folder / "data"


def test_through_documents_titles_and_file_names(visit, hostile_corpus):
    assistant = load_assistant(Settings(data_dir=hostile_corpus))
    try:
        with served(assistant) as url:
            page = visit(url)
            watch = Watch(page, url)
            for number, question in enumerate(
                ("När öppnade bro 7?", "Tidslinje över bro", "Vad säger SKR om bro 9?"), 1
            ):
                ask(page, question)
                assert answer(page, number).locator(".answer").inner_text()
                watch.check("#layout")
            page.locator(".open-document:visible").first.click()
            page.locator("#reader[open] article").wait_for()
            watch.check("#reader")
            page.goto(f"{url}/dokument")
            ids = page.eval_on_selector_all("main input[name=i]", "boxes => boxes.map(box => box.value)")
            assert len(ids) == len(PAYLOADS) // 2 - ALL_HIDDEN
            watch.check("main .chart")
            chosen = "&".join(f"dokument={quote(one)}" for one in ids[:30])
            for path in ("/om", f"/tidslinje?{chosen}", f"/aktorer?{chosen}"):
                page.goto(f"{url}{path}")
                assert "<script>" in page.locator("main").inner_text() or path == "/om"
                watch.check("main")
            for one in ids[::5]:
                page.goto(f"{url}/dokument/{quote(one)}")
                assert page.locator("article h1").count() == 1, one
                watch.check("main")
    finally:
        assistant.index.close()
