import io
import json
import lzma
import tarfile

import numpy as np
import pytest

from corpus.errors import UsageError
from corpus.models import Hit
from evals.scale.documents import corpus_documents, write_documents
from evals.scale.measure import Recall, folder_mb, recall_against_exact, speed

TEXT = "En mening om kommunens ansvar. " * 20


def test_recall_is_the_share_of_the_exact_nearest_that_are_found():
    angles = np.radians(np.arange(0, 60, 2))
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    ids = [f"p{number}" for number in range(30)]
    queries = np.array([[1.0, 0.0], [1.0, 0.0]], dtype=np.float32)
    # The ten nearest to angle 0 are p0 to p9; the search finds seven of them and three others.
    found = [Hit(name, 1.0) for name in [*ids[:7], *ids[20:23]]]
    assert recall_against_exact(lambda query: found, queries, ids, rows).at_10 == pytest.approx(0.7)
    right = [Hit(name, 1.0) for name in ids[:10]]
    assert recall_against_exact(lambda query: right, queries, ids, rows) == Recall(1.0, 2)


def test_documents_come_from_the_corpora_in_turn_until_there_are_enough(tmp_path):
    folder = tmp_path / "corpora"
    folder.mkdir()
    pages = [json.dumps({"title": f"Sida {number}", "text": TEXT}) for number in range(5)]
    (folder / "regeringen.jsonl.xz").write_bytes(lzma.compress("\n".join(pages).encode()))
    asked = json.dumps({"title": "Fråga", "paragraphs": [TEXT, "Kort."]})
    (folder / "interpellationer.jsonl.xz").write_bytes(lzma.compress(asked.encode()))
    with tarfile.open(folder / "sfs.tar.xz", "w:xz") as archive:
        data = f"---\nrubrik: Lag\n---\n{TEXT}".encode()
        member = tarfile.TarInfo("sfs/1.md")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    rows = [f"Mening {number}.\tSentence {number}.\tsource" for number in range(70)]
    (tmp_path / "parallel").mkdir()
    (tmp_path / "parallel" / "sv-en.tsv.xz").write_bytes(lzma.compress("\n".join(rows).encode()))
    # Texts have some 620 characters; 4 passages want 1,660.
    assert [text.split("\n")[0] for text in corpus_documents(tmp_path, 4)] == ["# Sida 0", "# Fråga", "---"]
    every = list(corpus_documents(tmp_path, 1_000))
    assert [text.split("\n")[0] for text in every[3:]] == [
        *("# Sida 1", "# Sida 2", "# Sida 3", "# Sida 4"),
        *("# Meningar 1", "# Sentences 1"),  # 60 sentences; the next page has ten and is too short
    ]
    assert write_documents(every, tmp_path / "out") == 9
    assert (tmp_path / "out" / "d000009.md").read_text("utf-8").startswith("# Sentences 1\n\nSentence 0.\n\n")


def test_a_folder_without_corpora_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match=r"regeringen\.jsonl\.xz"):
        list(corpus_documents(tmp_path, 1))


def test_speed_and_size_are_of_what_is_given(tmp_path):
    asked: list[str] = []
    assert speed(asked.append, ["a", "b", "c", "d"]).n == 4
    assert asked == ["a", "a", "b", "c", "d"]
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"x" * 1500)
    assert folder_mb(tmp_path) == 0.0015
