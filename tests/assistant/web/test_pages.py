import re

import pytest
from starlette.testclient import TestClient

from assistant.web import render
from assistant.web.pages import NAVIGATION, Pages
from assistant.web.server import build_app
from corpus.knowledge import load_knowledge
from corpus.settings import Settings
from tests.assistant.standin import StandIn

PATHS = ("/tidslinje", "/aktorer", "/dokument", "/om", "/tillganglighet", "/dokument/malmo-forsoksverksamhet")


@pytest.fixture(scope="module")
def web(assistant, tmp_path_factory):
    settings = Settings(data_dir=tmp_path_factory.mktemp("pages"), contact="fraga@malmo.example")
    with TestClient(build_app(assistant, settings), raise_server_exceptions=False) as client:
        yield client


def texts(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_swedish_html_with_one_heading_and_the_headers(web, path):
    response = web.get(path)
    assert response.status_code == 200
    assert '<html lang="sv">' in response.text
    assert response.text.count("<h1") == 1
    assert "<script" not in response.text
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert re.search(r"<title>[^<]+ – Fråga utredningen</title>", response.text)
    assert 'href="mailto:fraga@malmo.example"' in response.text


def test_every_event_leads_to_its_words(web):
    html = web.get("/tidslinje").text
    links = re.findall(r'href="(/dokument/[^"]+fran=(\d+)&amp;till=(\d+)#markerad)"', html)
    assert len(links) > 100
    assert "2020" in html
    address, start, end = next(link for link in links if "malmo-forsoksverksamhet" in link[0])
    document = web.get(address.replace("&amp;", "&")).text
    [marked] = re.findall(r'<mark id="markerad"[^>]*>([^<]+)</mark>', document)
    assert len(marked) == int(end) - int(start)
    assert "oktober 2020" in marked


def test_the_timeline_is_narrowed_by_document_and_year(web):
    narrowed = texts(web.get("/tidslinje", params={"dokument": "malmo-forsoksverksamhet"}).text)
    assert "4 daterade uppgifter" in narrowed
    assert "19 juni 2024" in narrowed
    assert "Aktivitetskravet" not in narrowed
    assert "2 daterade uppgifter från 2023" in texts(
        web.get("/tidslinje", params={"dokument": "malmo-forsoksverksamhet", "ar": "2023"}).text
    )
    assert "1 daterade uppgifter från tiden före 2021" in texts(
        web.get("/tidslinje", params={"dokument": "malmo-forsoksverksamhet", "ar": "-2021"}).text
    )


def test_actors_are_shown_with_what_they_say(web):
    html = texts(web.get("/aktorer", params={"dokument": "malmo-forsoksverksamhet"}).text)
    assert "Sveriges Kommuner och Regioner" in html
    assert "SKR:s bedömning är att det inte finns möjlighet" in html


def test_documents_are_listed_searched_and_drawn(web):
    assert web.get("/dokument").text.count('type="checkbox"') == 21
    found = web.get("/dokument", params={"sok": "SKR", "k": "samtal"}).text
    assert 1 <= found.count('type="checkbox"') < 21
    assert '<input type="hidden" name="k" value="samtal">' in found
    bubbles = re.findall(r'class="bubble"[^>]*href="([^"]+)"', web.get("/dokument").text)
    assert "/tidslinje?dokument=malmo-forsoksverksamhet&amp;ar=2023" in bubbles


def test_the_reader_shows_pages_what_has_been_updated_and_originals(web):
    html = web.get("/dokument/malmo-forsoksverksamhet").text
    assert "Sida&nbsp;4" in html
    assert "<strong>Har uppdaterats</strong> (från 1 juli 2026)" in html
    assert "<mark" not in html
    sheet = web.get("/dokument/faktablad-skr").text
    assert "sammanfattning som har gjorts" in sheet
    assert 'class="origin" href="https://' in sheet


@pytest.mark.parametrize("query", ["?fran=5&till=4", "?fran=-3&till=9", "?fran=0&till=99999999"])
def test_places_that_are_not_in_the_text_mark_nothing(web, query):
    response = web.get(f"/dokument/malmo-forsoksverksamhet{query}")
    assert response.status_code == 200
    assert "<mark" not in response.text


def test_what_does_not_exist_is_told_in_swedish(web):
    for path in ("/dokument/finns-inte", "/dokument/..%2f..%2fetc%2fpasswd"):
        response = web.get(path)
        assert response.status_code == 404
        assert "Dokumentet finns inte" in response.text
    assert web.get("/dokument/malmo-forsoksverksamhet?fran=x").status_code == 422
    assert "21 dokument" in web.get("/om").text


def test_readers_are_told_who_words_the_answers(web):
    start, about = (web.get(path).text for path in ("/", "/om"))
    assert "citat ur k" in start and "formuleras av en spr" not in start
    assert "visar meningar ur dem, ord för ord, med källa" in about and "språkmodell" not in about
    header = render.header(NAVIGATION, worded=True)
    assert "Svaren formuleras av en språkmodell och prövas mot källorna" in header and "citat" not in header
    about = bytes(Pages(StandIn(), load_knowledge(), "", worded=True).about().body).decode()
    assert "En språkmodell formulerar svaret" in about and "visar meningar ur dem" not in about
    assert "lämnas till språkmodellen, men inte vem du är" in about
