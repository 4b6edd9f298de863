"""A day of an admin, by the commands alone: a PDF and a Word file are planned, published, asked about, undone."""

import json

import docx
import pytest

import assistant.__main__
import ingest.__main__
from corpus.pointer import read_pointer
from evals.bench.typeset import typeset

REPORT = [
    "# Lägesrapport om odlingslotter",
    "Lägesrapporten beskriver stadens odlingslotter under 2026.",
    "# Lotterna",
    "Rosengård fick 48 nya odlingslotter i maj 2026. Kostnaden för odlingslotterna i Rosengård blev 310 000 kronor.",
    "Fastighetskontoret ansvarar för odlingslotternas staket och vatten.",
    "# Kön",
    "Väntetiden till en odlingslott är nio år. Kolonistföreningen Solrosen vill att kön till odlingslotter slopas.",
]
MINUTES = [
    ("Sammanträdesprotokoll för trädgårdsnämnden", 1),
    ("Trädgårdsnämnden beslutade den 3 september 2026 att plantera 1 200 fruktträd i Husie.", 0),
    ("Fruktträden i Husie ska vattnas av skolornas elever.", 0),
    ("Reservationer", 2),
    ("Vänsterpartiet reserverade sig mot beslutet om fruktträden.", 0),
    ("Parkförvaltningen får inte bespruta fruktträden med bekämpningsmedel utan nämndens beslut.", 0),
    ("Ordförande i trädgårdsnämnden är Siv Almqvist.", 0),
]
# Question, the document that holds the answer, and words of the sentence that gives it.
ASKED = (
    ("Hur många nya odlingslotter fick Rosengård?", "lagesrapport", "48 nya odlingslotter"),
    ("Vad kostade odlingslotterna i Rosengård?", "lagesrapport", "310 000 kronor"),
    ("Vem ansvarar för odlingslotternas staket?", "lagesrapport", "Fastighetskontoret"),
    ("Hur lång är väntetiden till en odlingslott?", "lagesrapport", "nio år"),
    ("Vad vill Kolonistföreningen Solrosen?", "lagesrapport", "att kön till odlingslotter slopas"),
    ("När beslutade trädgårdsnämnden att plantera fruktträd?", "protokoll-3-september", "den 3 september 2026"),
    ("Hur många fruktträd planteras i Husie?", "protokoll-3-september", "1 200 fruktträd"),
    ("Vem ska vattna fruktträden?", "protokoll-3-september", "skolornas elever"),
    ("Vilka reserverade sig mot beslutet om fruktträden?", "protokoll-3-september", "Vänsterpartiet"),
    ("Vem är ordförande i trädgårdsnämnden?", "protokoll-3-september", "Siv Almqvist"),
)


def a_days_work(folder, capsys):
    def admin(*arguments, code=0):
        assert ingest.__main__.main(arguments) == code
        return capsys.readouterr().out

    def answers():
        questions = folder / "questions.jsonl"
        questions.write_text("".join(json.dumps({"id": q, "question": q}) + "\n" for q, _, _ in ASKED))
        assert assistant.__main__.main(["ask", "--batch", str(questions)]) == 0
        return {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}

    admin("sync")
    received = folder / "received"
    received.mkdir()
    (received / "Lägesrapport.pdf").write_bytes(typeset(REPORT, "Lägesrapport om odlingslotter", "Malmö stad"))
    minutes = docx.Document()
    for text, level in MINUTES:
        minutes.add_heading(text, level) if level else minutes.add_paragraph(text)
    minutes.save(str(received / "Protokoll 3 september.docx"))

    plan = admin("sync", "--documents", str(received), "--dry-run")
    assert [line.split()[:2] for line in plan.splitlines()[:2]] == [
        ["added", "lagesrapport"],
        ["added", "protokoll-3-september"],
    ]
    assert "2 documents would change, 21 stay as they are" in plan
    assert '"n_documents": 21' in admin("status", "--json")

    assert "2 added, 21 unchanged; 23 documents" in admin("sync", "--documents", str(received))
    found = answers()
    for question, document_id, fact in ASKED:
        answer = found[question]
        first = answer["citations"][0]
        assert (answer["status"], first["document_id"]) == ("answered", document_id), (question, answer["answer"])
        assert fact in first["quote"], (question, answer["answer"])
        assert first["quote"] in admin("show", document_id)
    assert {found[q]["citations"][0]["page"] for q, document_id, _ in ASKED if document_id == "lagesrapport"} == {1}

    before = read_pointer(folder / "data")
    assert f"Published {before.previous} again" in admin("rollback")
    undone = answers()
    cited = {c["document_id"] for a in undone.values() for c in a["citations"]}
    assert cited.isdisjoint({"lagesrapport", "protokoll-3-september"})
    events = [(event["action"], event["generation"]) for event in json.loads(admin("history", "--json"))]
    assert events[1:] == [("published", before.current), ("rolled back", before.previous)]
    assert "sound" in admin("verify")


def test_a_days_work(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FRAGA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(ingest.__main__, "known_answers", None)  # they take a minute; the drill asks them
    a_days_work(tmp_path, capsys)


@pytest.mark.drill
def test_a_days_work_with_the_known_answers_asked(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("FRAGA_DATA_DIR", str(tmp_path / "data"))
    a_days_work(tmp_path, capsys)
