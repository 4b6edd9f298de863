import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import corpus.embedder
import ingest.__main__
from corpus.locks import write_lock
from corpus.pointer import current_folder
from ingest.__main__ import main
from ingest.gate import Gate, Verdict
from ingest.origins import remote_entries
from ingest.sync import sync
from tests.corpus.standin import HashEmbedder
from tests.ingest.investigation import LEAD_IN, TITLE

pytestmark = pytest.mark.usefixtures("kept_parser")

ROOT = Path(__file__).parent.parent.parent
INVESTIGATION = "malmo-forsoksverksamhet"
COMMANDS = ("sync", "list", "status", "show", "verify", "rollback", "remove", "add", "backup", "restore", "history")


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAGA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(corpus.embedder, "load_embedder", lambda *_, **__: HashEmbedder())
    monkeypatch.setattr(ingest.__main__, "known_answers", None)  # asking them takes seconds; test_gate.py does
    return tmp_path / "data"


@pytest.fixture(scope="module")
def bundled_only(tmp_path_factory):
    """A data folder as the first sync leaves it; copied for every test, since building one takes a second."""
    folder = tmp_path_factory.mktemp("published") / "data"
    sync(folder, HashEmbedder())
    return folder


@pytest.fixture
def published(data_dir, bundled_only):
    shutil.copytree(bundled_only, data_dir)
    return data_dir


def error_line(capsys):
    """The one line on stderr; stdout stays empty."""
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("error: ")
    assert captured.err.count("\n") == 1
    return captured.err


def test_the_bundled_documents_are_published_without_a_complaint(data_dir, capsys):
    assert main(["sync", "--json"]) == 0
    captured = capsys.readouterr()
    report = json.loads(captured.out)
    assert captured.err == ""
    assert report["published"] is True
    assert INVESTIGATION in report["added"]
    assert report["problems"] == report["without_text"] == []
    assert main(["sync"]) == 0
    assert capsys.readouterr().out.startswith("Nothing to do: ")


def test_show_prints_the_stored_text_and_nothing_else(published, capfdbinary):
    assert main(["show", INVESTIGATION]) == 0
    text = capfdbinary.readouterr().out.decode()
    assert text.startswith(TITLE + "\n\nBakgrund\n\n")
    assert LEAD_IN in text
    assert text.endswith("arbetsmarknaden.")


def test_list_and_status(published, capsys):
    assert main(["list"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(INVESTIGATION)
    assert TITLE in first
    assert main(["list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["document_id"] == INVESTIGATION
    assert rows[0]["publisher"] == "Malmö stad, arbetsmarknads- och socialförvaltningen"
    assert {row["kind"] for row in rows[1:]} == {"faktablad"}
    assert main(["status"]) == 0
    assert current_folder(published).name in capsys.readouterr().out
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["n_documents"] == len(rows)


@pytest.mark.parametrize("arguments", [["list"], ["status"], ["show", INVESTIGATION], ["verify"]])
def test_before_the_first_sync_the_commands_say_what_to_do(data_dir, capsys, arguments):
    assert main(arguments) == 1
    assert "python -m ingest sync" in error_line(capsys)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["show", "nope"], "no document 'nope'"),
        (["remove", "nope"], "neither a document nor a remembered folder"),
        (["remove", INVESTIGATION], "comes with the program"),
        (["add", "https://127.0.0.1/sida"], "not a public address"),
        (["add", "/nowhere/a.md"], "no such file"),
        (["add", str(ROOT / "pyproject.toml")], "only .txt"),
        (["sync", "--documents", "/nowhere"], "no such folder"),
        (["restore", "/nowhere.tar.gz"], "cannot be unpacked"),
        (["rollback"], "no earlier generation"),
    ],
)
def test_wrong_use_is_one_line_and_exit_code_2(published, capsys, arguments, says):
    assert main(arguments) == 2
    assert says in error_line(capsys)


def test_an_unknown_setting_is_one_line_and_exit_code_2(monkeypatch, capsys):
    monkeypatch.setenv("FRAGA_DATADIR", "x")
    assert main(["list"]) == 2
    assert "FRAGA_DATADIR" in error_line(capsys)


def test_while_another_process_writes_sync_gives_up(published, capsys):
    with write_lock(published):
        assert main(["sync"]) == 1
    assert "is writing" in error_line(capsys)


def test_add_show_remove(published, tmp_path, capsys):
    file = tmp_path / "Årsplan 2026.md"
    file.write_text("# Årsplanen\n\nStaden bygger tio cykelbanor.\n")
    assert main(["add", str(file)]) == 0
    assert (published / "uploads" / "arsplan-2026.md").read_bytes() == file.read_bytes()
    assert "1 added" in capsys.readouterr().out
    file.write_text("# Årsplanen\n\nStaden bygger elva cykelbanor.\n")
    assert main(["add", str(file)]) == 0
    assert "1 changed" in capsys.readouterr().out
    assert main(["remove", "arsplan-2026"]) == 0
    assert "1 removed" in capsys.readouterr().out
    assert list((published / "uploads").glob("*.md")) == []


def test_add_refuses_the_id_of_a_bundled_document(published, tmp_path, capsys):
    file = tmp_path / f"{INVESTIGATION}.txt"
    file.write_text("En annan text.")
    assert main(["add", str(file)]) == 2
    assert "is taken by a document that comes with the program" in error_line(capsys)


def test_remembered_folders_and_their_documents_can_be_removed(published, tmp_path, capsys):
    folder = tmp_path / "mapp"
    folder.mkdir()
    (folder / "a.txt").write_text("En mening om båtar.")
    (folder / "b.txt").write_text("En mening om tåg.")
    assert main(["sync", "--documents", str(folder)]) == 0
    assert "2 added" in capsys.readouterr().out
    assert main(["remove", "a"]) == 0
    assert "1 removed" in capsys.readouterr().out
    assert main(["sync"]) == 0
    assert "Nothing to do" in capsys.readouterr().out
    assert main(["remove", str(folder)]) == 0
    assert "1 removed" in capsys.readouterr().out
    assert json.loads((published / "folders.json").read_text()) == []


def test_a_bad_file_in_a_folder_gives_exit_code_1_and_one_line(published, tmp_path, capsys):
    folder = tmp_path / "mapp"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"a\x00b")
    (folder / "b.txt").write_text("En mening om tåg.")
    assert main(["sync", "--documents", str(folder), "--json"]) == 1
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "a.txt: not a text file" in captured.err
    (folder / "bild.png").write_bytes(b"")
    assert main(["sync", "--dry-run"]) == 1
    left_out = f"note: {folder}: left out, since files of these kinds are not read: bild.png\n"
    assert capsys.readouterr().err.endswith(left_out)
    assert json.loads(captured.out)["added"] == ["b"]


def test_rollback_and_back(published, tmp_path, capsys):
    before = current_folder(published).name
    file = tmp_path / "a.txt"
    file.write_text("En mening om båtar.")
    assert main(["add", str(file)]) == 0
    after = current_folder(published).name
    assert main(["rollback"]) == 0
    assert current_folder(published).name == before
    assert main(["rollback"]) == 0
    assert current_folder(published).name == after != before


def refuse(*_: object) -> Gate:
    """A gate that nothing passes."""
    return lambda candidate, published: Verdict(False, "4 of 5 known answers right", ("lost: Vad kostar det? …",))


def test_what_answers_worse_goes_live_by_force_alone_and_that_is_recorded(published, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(ingest.__main__, "known_answers", refuse)
    live = current_folder(published)
    folder = tmp_path / "mapp"
    folder.mkdir()
    (folder / "a.txt").write_text("En mening om båtar.")
    assert main(["sync", "--documents", str(folder)]) == 1
    captured = capsys.readouterr()
    assert captured.out == f"Not published: 1 added. {live.name} stays.\n"
    assert captured.err.splitlines()[0] == "lost: Vad kostar det? …"
    assert "the new index was not published, since it answers worse; the live one stays" in captured.err
    assert current_folder(published) == live
    assert [path.name for path in live.parent.iterdir()] == [live.name]
    assert main(["sync", "--force"]) == 0
    assert " by force: 1 added" in capsys.readouterr().out
    forced = current_folder(published)
    assert forced != live
    assert main(["history", "--json"]) == 0
    refused, by_force = json.loads(capsys.readouterr().out)[-2:]
    assert (refused["action"], refused["generation"], refused["previous"]) == ("refused", "", live.name)
    assert (by_force["action"], by_force["generation"], by_force["forced"]) == ("published", forced.name, True)
    assert by_force["gate"] == "4 of 5 known answers right"
    assert "@" in by_force["who"]
    assert main(["history"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("1 added; 4 of 5 known answers right; FORCED")


def test_addresses_are_listed_and_fetched_only_when_asked_for(published, capsys):
    assert main(["status", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert re.fullmatch(r"0 of \d\d fetched", said["addresses"])
    assert said["fetched"] == []
    assert main(["sync"]) == 0  # offline, without a complaint
    captured = capsys.readouterr()
    assert captured.out.startswith("Nothing to do")
    assert captured.err == ""
    for arguments, says in (
        (["sync", "--fetch", "nope"], "no document of that id lies at an address"),
        (["sync", "--fetch", "--dry-run"], "leave out one of them"),
    ):
        assert main(arguments) == 2
        assert says in error_line(capsys)


def test_a_fetched_document_can_be_dropped_again(published, capsys):
    """The copy is put where a download would have put it; downloads themselves are tested beside ``ingest.fetch``."""
    entry = next(e for e in remote_entries(published) if e.id == "sou-2023-94")
    copies = published / "fetched"
    copies.mkdir()
    (copies / "sou-2023-94.html").write_text("<main><h1>Betänkandet</h1><p>Kommittén föreslår försök.</p></main>")
    state = {"sou-2023-94": {"url": entry.fetch, "file": "sou-2023-94.html", "sha256": "", "fetched": "2026-07-01"}}
    (copies / "state.json").write_text(json.dumps(state))
    assert main(["sync"]) == 0
    assert "1 added" in capsys.readouterr().out
    assert main(["list", "--json"]) == 0
    row = next(r for r in json.loads(capsys.readouterr().out) if r["document_id"] == "sou-2023-94")
    assert (row["url"], row["kind"], row["date"], row["origin"]) == (entry.fetch, "betänkande", "2023-12", "fetched")
    assert row["title"] == "SOU 2023:94 Förändring genom försök"
    assert main(["remove", "sou-2023-94"]) == 0
    assert "1 removed" in capsys.readouterr().out
    assert [path.name for path in copies.iterdir()] == ["state.json"]


def test_verify_finds_a_changed_file(published, capsys):
    assert main(["verify"]) == 0
    assert "sound" in capsys.readouterr().out
    path = current_folder(published) / "documents.sqlite"
    data = bytearray(path.read_bytes())
    data[-50] ^= 0xFF
    path.write_bytes(data)
    assert main(["verify"]) == 1
    assert "documents.sqlite" in error_line(capsys)


def test_backup_and_restore(published, tmp_path, monkeypatch, capsys):
    file = tmp_path / "a.txt"
    file.write_text("En mening om båtar.")
    assert main(["add", str(file)]) == 0
    archive = tmp_path / "backup.tar.gz"
    assert main(["backup", str(archive)]) == 0
    generation = current_folder(published).name
    monkeypatch.setenv("FRAGA_DATA_DIR", str(tmp_path / "other"))
    assert main(["restore", str(archive)]) == 0
    assert main(["verify"]) == 0
    assert generation in capsys.readouterr().out
    assert main(["sync"]) == 0
    assert main(["restore", str(archive)]) == 0
    assert [p.name for p in (tmp_path / "other").iterdir() if p.name.startswith(".")] == []


def test_backup_does_not_lie_in_the_folder_that_it_holds(published, capsys):
    assert main(["backup", str(published / "b.tar.gz")]) == 2
    assert "somewhere else" in error_line(capsys)


def tar_with(path: Path, *members: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for member in members:
            content = b"x" if member.isfile() else b""
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


@pytest.mark.parametrize(
    "bad",
    [
        member("../outside"),
        member("uploads/../../outside"),
        member("/tmp/outside"),
        member("uploads/link", tarfile.SYMTYPE, "/etc/passwd"),
        member("uploads/hard", tarfile.LNKTYPE, "CURRENT"),
        member("uploads/fifo", tarfile.FIFOTYPE),
        member("notes.txt"),
    ],
    ids=lambda info: info.name,
)
def test_an_archive_that_is_no_backup_or_would_escape_changes_nothing(published, tmp_path, capsys, bad):
    before = sorted(str(p) for p in tmp_path.rglob("*"))
    archive = tar_with(tmp_path / "bad.tar.gz", member("other.txt"), bad)
    assert main(["restore", str(archive)]) == 2
    error_line(capsys)
    archive.unlink()
    assert sorted(str(p) for p in tmp_path.rglob("*")) == before


def test_a_backup_of_a_damaged_generation_is_not_restored(published, tmp_path, capsys):
    (current_folder(published) / "documents.sqlite").write_bytes(b"damaged")
    archive = tmp_path / "backup.tar.gz"
    assert main(["backup", str(archive)]) == 0
    capsys.readouterr()
    assert main(["restore", str(archive)]) == 1
    assert "nothing was changed" in error_line(capsys)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert "usage: python -m ingest " + command in capsys.readouterr().out


def test_the_commands_that_need_no_model_import_none():
    heavy = "'torch', 'sentence_transformers', 'chromadb', 'gradio', 'langchain_core'"
    code = f"import sys, ingest.__main__; sys.exit(any(name in sys.modules for name in ({heavy})))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
