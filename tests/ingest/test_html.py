from pathlib import Path

import pytest

from ingest.entries import Entry
from ingest.parse.document import Parsed, parse_bytes

AROUND = "<nav><a href=/>Start</a> <a href=/om>Om oss</a></nav>"


def parse(text: str, encoding: str = "utf-8") -> Parsed:
    return parse_bytes(text.encode(encoding), Entry(Path("sida.html"), "upload"))


def texts(text: str) -> list[str]:
    return parse(text).document.text.split("\n\n")


def test_the_main_content_of_a_page_and_what_it_says_of_itself():
    page = (
        "<!doctype html><html lang=sv><head><title>Försök | Regeringen</title>"
        '<meta property="og:site_name" content="Regeringen">'
        '<meta name="dcterms.modified" content="2026-07-01T10:00">'
        '<link rel="canonical" href="https://www.regeringen.se/forsok/"></head><body>'
        f"<header><p>Regeringskansliet är stort.</p></header>{AROUND}<main><h1>Om försöket</h1>"
        "<p>Det tar <b>tre</b> år."
        "<p>Utan slut<br>tagg &amp; allt.<ul><li>Punkt ett.<li>Punkt två.</ul><table><tr><th>År<th>Kommun<tr><td>2024"
        "<td>Malmö</table><script>alert(1)</script></main><footer><p>Kontakta oss gärna.</p></footer></body></html>"
    )
    document = parse(page).document
    assert document.text.split("\n\n") == [
        "Om försöket", "Det tar tre år.", "Utan slut tagg & allt.", "Punkt ett.", "Punkt två.", "År | Kommun",
        "2024 | Malmö",
    ]  # fmt: skip
    source = document.source
    assert (source.title, source.publisher, source.date) == ("Om försöket", "Regeringen", "2026-07-01")
    assert source.url == "https://www.regeringen.se/forsok/"


def test_a_page_without_a_main_part_loses_menus_and_footers():
    content = "<div><h2>Rubrik</h2><p>En mening.</p><p><a href=/>Läs mer om oss här</a></p></div>"
    assert texts(f"<html><body>{AROUND}{content}<footer>Slut.</footer>") == ["Rubrik", "En mening."]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>{}</p>",
        '<p style="display: none">{}</p>',
        '<div style="visibility:hidden"><p>{}</p></div>',
        '<p style="font-size:0">{}</p>',
        '<p style="color:#FFF">{}</p>',
        '<span style="position:absolute;left:-9999px">{}</span>',
        '<p style="opacity:0">{}</p>',
        "<style>.x{{display:none}}</style><p class='a x'>{}</p>",
        "<style>@media print{{.y{{color:red}}}} #z, .w {{ color: white }}</style><p id=z>{}</p>",
    ],
)
def test_what_a_page_does_not_show_is_dropped_and_reported(hidden):
    parsed = parse(
        "<html><body><main><p>Det syns.</p>" + hidden.format("Malmö får undantag.") + "</main></body></html>"
    )
    assert parsed.document.text == "Det syns."
    assert [note for note in parsed.notes if "'Malmö får undantag.'" in note] == list(parsed.notes) != []


def test_a_rule_for_paper_or_phones_hides_nothing():
    page = "<html><style>@media print { .x { display: none } }</style><p class=x>Det syns.</p></html>"
    assert texts(page) == ["Det syns."]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp1252"])
def test_encodings(encoding):
    page = f'<html><head><meta charset="{encoding}"></head><p>Får förvaltningen öppna?</p></html>'
    assert parse(page, encoding).document.text == "Får förvaltningen öppna?"


def test_deep_nesting_costs_nothing():
    assert texts("<html>" + "<div>" * 100_000 + "<p>En mening.</p>") == ["En mening."]
