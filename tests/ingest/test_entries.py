from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.entries import MAX_YAML_DEPTH, Entry, load_sources, load_yaml, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Årsplan 2026/A", "arsplan-2026-a"),
        ("1978/sfs-1978-571", "1978-sfs-1978-571"),
        ("--Über  alles!", "uber-alles"),
        ("日本", "dokument"),
    ],
)
def test_slug(text, expected):
    assert slug(text) == expected


def test_path_id_is_that_of_the_path_within_the_folder():
    assert Entry(Path("/docs/År/Plan.md"), "folder", folder="/docs").path_id == "ar-plan"
    assert Entry(Path("/docs/År/Plan.md"), "upload").path_id == "plan"


def test_yaml_scalars_stay_as_they_are_written():
    assert load_yaml("a: 2019:685\nb: 2026-07-01\nc: no\nd:\n", Path("x")) == {
        "a": "2019:685", "b": "2026-07-01", "c": "no", "d": "",
    }  # fmt: skip


def test_sources(tmp_path):
    path = tmp_path / "sources.yaml"
    assert load_sources(path) == ()
    path.write_text("documents:\n")
    assert load_sources(path) == ()
    path.write_text("documents:\n  - id: a\n    path: a.txt\n    primary: true\n    date: 2024-06\n")
    (entry,) = load_sources(path)
    assert (entry.id, entry.path, entry.primary, entry.date, entry.title) == ("a", "a.txt", True, "2024-06", "")


@pytest.mark.parametrize("content", ["- a", "documents: [{path: a}]", "documents: [{id: Å, path: a}]", "a: [", "\x00"])
def test_sources_of_another_form_are_named(tmp_path, content):
    path = tmp_path / "sources.yaml"
    path.write_text(content)
    with pytest.raises(DocumentError, match=r"sources\.yaml: "):
        load_sources(path)


@pytest.mark.parametrize(
    "nested",
    [
        lambda n: "[" * n + "]" * n,
        lambda n: "- " * n + "x",
        lambda n: "".join(f"{' ' * level}a:\n" for level in range(n)),
        lambda n: "".join(f"{' ' * level}a:\n{' ' * level}-\n" for level in range(n // 2)),
    ],
)
def test_yaml_is_refused_from_a_depth_on_however_it_is_nested(nested):
    load_yaml(nested(MAX_YAML_DEPTH), Path("a.md"))
    with pytest.raises(DocumentError, match="nested more than 30 deep"):
        load_yaml(nested(MAX_YAML_DEPTH + 2), Path("a.md"))
    with pytest.raises(DocumentError, match="uses references"):
        load_yaml("a: &x 1\nb: *x", Path("a.md"))
