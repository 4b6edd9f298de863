import io
import json
import lzma
import math
import tarfile

import numpy as np
import pytest
import torch

from corpus.embedder import SentenceTransformerEmbedder
from corpus.errors import SettingsError, UsageError
from evals.retrieval import run_rankers
from evals.retrieval_table import figures_of
from evals.training import loop, measure, run
from evals.training.bags import Bags, pieces_in_order
from evals.training.lazy_adam import LazyAdam
from evals.training.loop import Recipe
from evals.training.pairs import PairSet
from evals.training.run import measure_again, train_model
from evals.training.texts import GradedPair, TextPair
from evals.training.tokenizer import train_tokenizer

SUBJECTS = ("skola", "vård", "skatt", "bostad", "trafik", "miljö", "arbete", "pension")
VERBS = ("betalas", "beslutas", "prövas", "ansöks", "granskas", "ändras")
ENGLISH = dict(
    zip(SUBJECTS, ("school", "care", "tax", "housing", "traffic", "environment", "work", "pension"), strict=True)
)


@pytest.fixture(scope="module")
def tokenizer():
    return train_tokenizer([f"{s} {v} av kommunen" for s in SUBJECTS for v in VERBS] * 3, 120)


def test_pieces_come_in_the_order_of_their_ids(tokenizer):
    pieces = pieces_in_order(tokenizer)
    assert [tokenizer.token_to_id(piece) for piece in pieces] == list(range(len(pieces)))


def test_the_tokenizer_ignores_case_punctuation_and_soft_hyphens(tokenizer):
    assert tokenizer.encode("Skola, betalas!").ids == tokenizer.encode("sko\u00adla BETALAS").ids
    assert tokenizer.encode("?! …").ids == []


def test_a_batch_holds_windows_of_the_texts_asked_for():
    bags = Bags(np.array([7, 8, 9, 1, 2], dtype=np.int32), np.array([0, 3, 5]))
    batch = bags.batch(np.array([1, 0]), 2, np.random.default_rng(0))
    assert batch.offsets.tolist() == [0, 2]
    assert batch.ids[:2].tolist() == [1, 2]
    assert batch.ids[2:].tolist() in ([7, 8], [8, 9])


def test_texts_are_encoded_once_and_empty_sides_left_out(tokenizer):
    pairs = (TextPair("skola", "vård"), TextPair("!", "vård"), TextPair("vård", "skola"))
    encoded = loop.encode_sets(tokenizer, [PairSet("s", pairs, 1.0)], [GradedPair("skola", "skatt", 0.5)])
    (only,) = encoded.sets
    assert only.queries.tolist() == [0, 1]
    assert only.passages.tolist() == [1, 0]
    assert encoded.graded_first.tolist() == [0]
    assert encoded.bags.ids[: encoded.bags.starts[1]].tolist() == tokenizer.encode("skola").ids


def test_the_contrastive_loss_is_worked_out_by_hand():
    queries = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    passages = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    none = torch.zeros(2, 2, dtype=torch.bool)
    # Each row is (2, 0): -log(e^2 / (e^2 + 1)) = log(1 + e^-2).
    assert loop.contrastive_loss(queries, passages, none, 2.0).item() == pytest.approx(math.log(1 + math.exp(-2)))
    masked = torch.tensor([[False, True], [True, False]])
    assert loop.contrastive_loss(queries, passages, masked, 2.0).item() == 0


def test_only_cells_of_the_same_text_are_masked():
    same = loop.same_cells(np.array([1, 1, 2, 3]), np.array([5, 6, 7, 5]))
    assert same.nonzero().tolist() == [[0, 1], [0, 3], [1, 0], [3, 0]]


def test_the_graded_loss_counts_pairs_in_the_wrong_order_alone():
    first = torch.tensor([[1.0, 0.0], [1.0, 0.0]])
    second = torch.tensor([[1.0, 0.0], [0.0, 1.0]])  # cosines 1 and 0
    right = loop.graded_loss(first, second, torch.tensor([0.9, 0.1]), 1.0)
    wrong = loop.graded_loss(first, second, torch.tensor([0.1, 0.9]), 1.0)
    assert right.item() == pytest.approx(math.log(1 + math.exp(-1)))
    assert wrong.item() == pytest.approx(math.log(1 + math.exp(1)))


def test_the_learning_rate_warms_up_and_comes_down():
    recipe = Recipe(steps=110, warmup_steps=10)
    ratios = [loop.learning_rate_ratio(step, recipe) for step in (0, 9, 10, 60, 110)]
    assert ratios == pytest.approx([0.1, 1.0, 1.0, 0.5, 0.0])


def test_batch_rows_are_distinct_and_run_on():
    rows = loop.batch_rows(100, Recipe(batch_pairs=20, neighbours_in_batch=2), np.random.default_rng(1))
    assert len(rows) == len(set(rows)) <= 20
    assert sum(row + 1 in set(rows) for row in rows) >= 8
    assert loop.batch_rows(3, Recipe(), np.random.default_rng(1)).tolist() == [0, 1, 2]


def test_adam_moves_the_rows_of_the_batch_alone():
    rows = torch.tensor([[1.0, 1.0], [1.0, 1.0], [1.0, 1.0]])
    adam = LazyAdam(rows, 0.1)
    adam.step(torch.tensor([0, 2]), torch.tensor([[0.5, 0.0], [-2.0, 0.0]]), 1.0)
    # The first step of Adam is the learning rate against the gradient's sign, however large it is.
    torch.testing.assert_close(rows, torch.tensor([[0.9, 1.0], [1.0, 1.0], [1.1, 1.0]]))
    adam.step(torch.tensor([1]), torch.tensor([[3.0, 3.0]]), 0.5)
    torch.testing.assert_close(rows[1], torch.tensor([0.95, 0.95]))


def test_common_pieces_start_with_less_weight():
    bags = Bags(np.array([1, 1, 2], dtype=np.int32), np.array([0, 3]))
    # Counts with one added: 1, 3, 2 of 6.
    expected = [math.log(0.5 / (0.5 + share)) for share in (1 / 6, 3 / 6, 2 / 6)]
    assert loop.start_weights(bags, 3, 0.5).tolist() == pytest.approx(expected)


def test_windows_cover_a_text_to_its_end():
    words = [str(number) for number in range(100)]
    assert [window.split()[0] for window in measure.windows(" ".join(words))] == ["0", "30", "60"]
    assert measure.windows(" ".join(words))[-1].split()[-1] == "99"
    assert measure.windows("kort text") == ["kort text"]


class Letters:
    """An embedder of two letters: the share of a and of b."""

    name, dim = "letters", 2

    def embed_passages(self, texts):
        rows = np.array([[text.count("a"), text.count("b")] for text in texts], dtype=np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def embed_query(self, text):
        return self.embed_passages([text])[0]


def test_cross_lingual_recall_counts_what_stands_before_the_translation():
    held_out = [TextPair("aaa", "aa"), TextPair("bbb", "a")]
    # For the second every other sentence is nearer; for the first only an equal one, which is not before it.
    assert measure.cross_lingual_recall(held_out, ["aaaa", "ab"], Letters(), 1) == 0.5
    assert measure.cross_lingual_recall(held_out, ["ab", "b"], Letters(), 4) == 1.0


def test_graded_correlation_is_spearmans_with_ties():
    pairs = [
        GradedPair("a", "a", 1.0),
        GradedPair("a", "ab", 0.5),
        GradedPair("a", "b", 0.5),
        GradedPair("a", "abb", 0.0),
    ]
    # Cosines 1, .71, 0, .45 have ranks 3, 2, 0, 1; grades 3, 1.5, 1.5, 0: covariance 3 over sqrt(5 * 4.5).
    assert measure.graded_correlation(pairs, Letters()) == pytest.approx(3 / math.sqrt(22.5))


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """A data folder of the documented form with a few made-up sentences."""
    root = tmp_path_factory.mktemp("data")
    for name in ("corpora", "parallel", "pairs", "sts", "synonyms"):
        (root / name).mkdir()
    sentences = [
        f"Frågan om {s} {v} av nämnden i kommun {n}, som ska följa lagen om {s} och höra alla som berörs av beslutet."
        for n, s in enumerate(SUBJECTS)
        for v in VERBS
    ]
    write_statute(root / "corpora" / "sfs.tar.xz", sentences)
    pages = [
        {
            "title": f"Nytt om {s}",
            "text": f"## {s.title()} i dag\n\n" + " ".join(each for each in sentences if s in each),
        }
        for s in SUBJECTS
    ]
    write_xz(root / "corpora" / "regeringen.jsonl.xz", [json.dumps(row) for row in pages])
    asked = [
        {
            "title": f"{s} i landet",
            "paragraphs": [sentences[n * 6], f"Vad avser ministern att göra för att förbättra {s} i hela landet?"],
        }
        for n, s in enumerate(SUBJECTS)
    ]
    write_xz(root / "corpora" / "interpellationer.jsonl.xz", [json.dumps(row) for row in asked])
    write_xz(
        root / "parallel" / "sv-en.tsv.xz",
        [
            f"Frågan om {s} är nummer {n} här.\tThe {ENGLISH[s]} question is number {n} here.\tx"
            for n in range(5)
            for s in SUBJECTS
        ],
    )
    rows = [{"question": f"Vem beslutar om {s}?", "passage": sentences[n * 6]} for n, s in enumerate(SUBJECTS)]
    (root / "pairs" / "authority-pages-train.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for part in ("train", "dev"):
        graded = [f"{s} är bra\t{t} är bra\t{5.0 if s == t else 1.0}" for s in SUBJECTS[:3] for t in SUBJECTS[:3]]
        (root / "sts" / f"sweparaphrase-{part}.tsv").write_text("\n".join(["a\tb\tscore", *graded]), encoding="utf-8")
    write_xz(root / "synonyms" / "synlex.tsv.xz", ["grade\tword1\tword2", *(f"4.0\t{s}\t{s}frågan" for s in SUBJECTS)])
    for name in ("authority-faq", "authority-pages", "encyclopedia"):
        write_set(root / "retrieval" / name)
    return root


def write_statute(path, sentences):
    body = "---\nrubrik: Lag om allt\n---\n" + "".join(
        f"\n## Kapitel {n}\n\n{text}\n" for n, text in enumerate(sentences)
    )
    data = body.encode()
    with tarfile.open(path, "w:xz") as archive:
        member = tarfile.TarInfo("sfs/1.md")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))


def write_xz(path, lines):
    path.write_bytes(lzma.compress("\n".join(lines).encode()))


def write_set(folder):
    folder.mkdir(parents=True)
    passages = [{"id": s, "text": f"Här står något om {s} som inte finns någon annanstans."} for s in SUBJECTS]
    questions = [{"id": f"q-{s}", "question": f"Var står det om {s} egentligen?", "relevant": [s]} for s in SUBJECTS]
    # One passage of the set is also a training page, whole: it must be found and left out.
    passages[0]["text"] = (
        "Frågan om skola betalas av nämnden i kommun 0, som ska följa lagen om skola och höra alla som berörs "
        "av beslutet."
    )
    for name, rows in (("passages", passages), ("questions", questions)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


SMALL = Recipe(vocabulary_size=200, dim=16, steps=60, batch_pairs=32, warmup_steps=5, learning_rate=0.02)


@pytest.fixture(autouse=True)
def english(tmp_path, monkeypatch):
    """The made-up sets' first question in English."""
    for name in ("authority-faq", "authority-pages", "encyclopedia"):
        row = {"id": f"q-{SUBJECTS[0]}", "question": "Where does it say anything about school?"}
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    monkeypatch.setattr(run, "ENGLISH_FOLDER", tmp_path)


def searched(data, folder):
    """Figures as a search would give them: the right passage always first but for BM25, which finds nothing."""
    ids = {question.question: sorted(question.relevant) for question in data.questions}
    rankers = {"bm25": lambda question: [], "dense": ids.__getitem__, "hybrid": ids.__getitem__}
    return figures_of(run_rankers(rankers, data.questions), len(data.questions), folder.name)


def test_one_call_goes_from_data_to_model_card_and_figures(data_dir, tmp_path):
    lines: list[str] = []
    results = train_model(data_dir, tmp_path / "model", lines.append, searched, SMALL)
    embedder = SentenceTransformerEmbedder(str(tmp_path / "model"))
    assert embedder.dim == 16
    assert {(row.set_name, row.n) for row in results.retrieval} == {
        ("authority-faq", 8),
        ("authority-pages", 8),
        ("encyclopedia", 8),
    }
    # A bag of words that was trained at all tells eight subjects apart.
    assert min(row.recall_at_5 for row in results.retrieval) >= 0.75
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in card and "{" not in card
    perfect = "1.000 | 1.000 | 1.000 | 1.000 | +1.000 [+1.000, +1.000]*"
    assert f"| authority-faq | 8 | hybrid | {perfect} |" in card
    assert f"| encyclopedia, in English | 1 | hybrid | {perfect} |" in card and "in 100.0% (n = 3)" in card
    assert "<svg" in (tmp_path / "model" / "figures.svg").read_text(encoding="utf-8")
    figures = json.loads((tmp_path / "model" / "figures.json").read_text(encoding="utf-8"))
    assert figures["recipe"]["seed"] == SMALL.seed
    assert any(line.startswith("overlap: statutes (48 texts) and authority-faq: ") for line in lines)
    assert next(row for row in results.overlaps if row.collection == "statutes").shared_texts >= 1
    assert next(row for row in results.overlaps if row.collection == "authority, passages").shared_texts >= 1


def test_a_seed_gives_the_same_figures_again(data_dir, tmp_path):
    recipe = Recipe(**{**SMALL.__dict__, "steps": 5})
    first = train_model(data_dir, tmp_path / "1", lambda line: None, searched, recipe)
    second = train_model(data_dir, tmp_path / "2", lambda line: None, searched, recipe)
    assert first.retrieval == second.retrieval
    assert first.word_cosines == pytest.approx(second.word_cosines, abs=0.01)


def test_a_model_that_is_measured_again_has_the_same_card(data_dir, tmp_path):
    recipe = Recipe(**{**SMALL.__dict__, "steps": 5})
    train_model(data_dir, tmp_path / "model", lambda line: None, searched, recipe)
    path = tmp_path / "model" / "README.md"
    card = path.read_text(encoding="utf-8")
    path.unlink()
    measure_again(data_dir, tmp_path / "model", lambda line: None, searched, recipe)
    again = path.read_text(encoding="utf-8")
    costs = [line for line in card.split("\n") if "MB on disk" in line]
    assert len(costs) == 1
    assert [line for line in again.split("\n") if "MB on disk" not in line] == [
        line for line in card.split("\n") if line not in costs
    ]
    (tmp_path / "empty").mkdir()
    with pytest.raises(SettingsError, match="safetensors"):
        measure_again(data_dir, tmp_path / "empty", lambda line: None, searched, recipe)


def test_a_data_folder_that_lacks_a_file_is_one_clear_line(data_dir, tmp_path):
    for path in (data_dir / "retrieval").rglob("*.jsonl"):
        copy = tmp_path / path.relative_to(data_dir)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    with pytest.raises(UsageError, match=r"sfs\.tar\.xz: not found"):
        train_model(tmp_path, tmp_path / "model", lambda line: None, searched, SMALL)
