import os
import subprocess
import sys
import threading
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from corpus.embedder import BUILT_IN_PATH, SentenceTransformerEmbedder, load_embedder, unit_rows
from corpus.errors import SettingsError
from corpus.model_files import Prompts, known_prompts
from corpus.settings import BUILT_IN_MODEL, load_settings

TEXTS = ["Kommunen får inte göra undantag från lagen.", "Hunden sover i soffan.", "?!", ""]


@pytest.fixture(scope="module")
def built_in():
    return load_embedder(BUILT_IN_MODEL)


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory):
    """A model of three words in two dimensions, with prompts, made by hand."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import WordLevel

    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "hund": 1, "katt": 2, "fråga": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = torch.tensor([[0.0, 0.0], [3.0, 4.0], [0.0, 2.0], [5.0, 0.0]], dtype=torch.float16)
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    folder = tmp_path_factory.mktemp("models") / "tiny"
    SentenceTransformer(modules=[module], prompts={"query": "fråga ", "document": ""}, device="cpu").save_pretrained(
        str(folder), create_model_card=False
    )
    return folder


def test_vectors_are_the_models_own_at_unit_length_in_float32(tiny_folder):
    rows = SentenceTransformerEmbedder(str(tiny_folder)).embed_passages(["hund", "katt"])
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0.0, 1.0]], atol=1e-6)


def test_the_query_prompt_is_put_before_queries_alone(tiny_folder):
    # "fråga hund" is the mean of (5, 0) and (3, 4), that is (4, 2); "hund" as a passage stays (3, 4).
    vector = SentenceTransformerEmbedder(str(tiny_folder)).embed_query("hund")
    np.testing.assert_allclose(vector, np.array([4.0, 2.0]) / np.sqrt(20), atol=1e-6)


def test_other_prompts_than_the_models_make_another_model(tiny_folder):
    usual = SentenceTransformerEmbedder(str(tiny_folder))
    other = SentenceTransformerEmbedder(str(tiny_folder), query_prompt="", passage_prompt="fråga ")
    # Without its prompt the question is (3, 4); with it the passage is the mean of (5, 0) and (3, 4).
    np.testing.assert_allclose(other.embed_query("hund"), [0.6, 0.8], atol=1e-6)
    np.testing.assert_allclose(other.embed_passages(["hund"])[0], np.array([4.0, 2.0]) / np.sqrt(20), atol=1e-6)
    assert other.name != usual.name and other.name.startswith(usual.name)


def test_a_model_known_to_need_prompts_gets_them(tiny_folder, tmp_path):
    folder = tmp_path / "multilingual-e5-tiny"
    folder.symlink_to(tiny_folder)
    # Its own "fråga " gives way to "query: ", whose one token is unknown, a row of zeros.
    np.testing.assert_allclose(SentenceTransformerEmbedder(str(folder)).embed_query("hund"), [0.6, 0.8], atol=1e-6)
    assert known_prompts("intfloat/multilingual-e5-small@abc") == Prompts("query: ", "passage: ")
    assert known_prompts("BAAI/bge-m3") == Prompts(None, None)


def test_a_backend_that_is_not_here_is_one_clear_line(tmp_path):
    from transformers import BertConfig, BertModel

    BertModel(BertConfig(vocab_size=4, hidden_size=8, num_hidden_layers=1, num_attention_heads=2)).save_pretrained(
        str(tmp_path)
    )
    with pytest.raises(SettingsError, match=r'install "sentence-transformers\[openvino\]"') as caught:
        SentenceTransformerEmbedder(str(tmp_path), backend="openvino").embed_query("a")
    assert "\n" not in str(caught.value)


def test_a_changed_weight_changes_the_name(tiny_folder, tmp_path):
    from safetensors.numpy import load_file, save_file

    copy = tmp_path / "tiny"
    copy.mkdir()
    for path in tiny_folder.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    before = SentenceTransformerEmbedder(str(copy)).name
    assert before == SentenceTransformerEmbedder(str(tiny_folder)).name
    weights = load_file(copy / "model.safetensors")
    weights["embedding.weight"][1, 0] = 3.5
    save_file(weights, copy / "model.safetensors")
    after = SentenceTransformerEmbedder(str(copy)).name
    assert before.startswith("tiny@") and after.startswith("tiny@") and before != after


def test_unit_rows_gives_a_text_without_known_tokens_an_even_direction():
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0.70710678, 0.70710678]], atol=1e-6)


def test_the_built_in_model_gives_unit_rows_for_any_text(built_in):
    rows = built_in.embed_passages(TEXTS)
    assert rows.shape == (len(TEXTS), built_in.dim)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(built_in):
    assert built_in.embed_passages([]).shape == (0, built_in.dim)


def test_many_texts_are_embedded_as_each_by_itself_in_order(built_in):
    texts = [f"Paragraf {number} om kommunens ansvar" for number in range(150)]
    together = built_in.embed_passages(texts)
    np.testing.assert_allclose(
        together[[0, 77, 149]], [built_in.embed_passages([texts[n]])[0] for n in (0, 77, 149)], atol=1e-6
    )


def test_case_and_unicode_form_make_no_difference(built_in):
    composed = "Försörjningsstöd i Malmö"
    np.testing.assert_allclose(
        built_in.embed_query(composed),
        built_in.embed_query(unicodedata.normalize("NFD", composed.upper())),
        atol=1e-6,
    )


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Får kommunen göra undantag från lagen?", TEXTS[0], TEXTS[1]),
        ("Where is the dog sleeping?", TEXTS[1], TEXTS[0]),
    ],
)
def test_a_question_is_nearer_to_its_answer_than_to_something_else(built_in, question, right, wrong):
    vector, rows = built_in.embed_query(question), built_in.embed_passages([right, wrong])
    assert rows[0] @ vector > rows[1] @ vector + 0.05


def test_the_built_in_name_tells_the_weights(built_in):
    name, _, digest = built_in.name.partition("@")
    assert name == BUILT_IN_MODEL
    assert len(digest) == 12
    assert SentenceTransformerEmbedder(str(BUILT_IN_PATH)).name == built_in.name


def test_threads_get_the_vectors_they_ask_for(built_in):
    texts = [f"Fråga nummer {number} om arbetsmarknad" for number in range(40)]
    alone = [built_in.embed_query(text) for text in texts]
    found: dict[int, np.ndarray] = {}
    threads = [
        threading.Thread(target=lambda n=n: found.update({i: built_in.embed_query(texts[i]) for i in range(n, 40, 4)}))
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_allclose([found[i] for i in range(40)], alone, atol=1e-6)


def test_a_model_that_is_nowhere_is_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(SettingsError) as caught:
        load_embedder("no-such-owner/no-such-model")
    text = str(caught.value)
    assert "no-such-owner/no-such-model" in text and "FRAGA_ALLOW_DOWNLOAD" in text and "\n" not in text


def test_a_folder_without_safetensors_is_refused(tmp_path):
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickled")
    with pytest.raises(SettingsError, match=r"no \*\.safetensors file"):
        load_embedder(str(tmp_path))


def test_a_broken_model_is_one_clear_line(tiny_folder, tmp_path):
    for path in tiny_folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"cut")
    with pytest.raises(SettingsError, match="cannot be loaded") as caught:
        load_embedder(str(tmp_path)).embed_query("a")
    assert "\n" not in str(caught.value)


def test_what_ships_is_small_and_safetensors_alone():
    files = [path for path in BUILT_IN_PATH.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 40_000_000
    assert {path.suffix for path in files} <= {".safetensors", ".json", ".md", ".svg"}


def test_importing_the_module_does_not_import_torch():
    code = "import sys, corpus.embedder; print({'torch', 'sentence_transformers'} & set(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "set()"


def test_downloads_are_off_unless_the_settings_allow_them():
    assert load_settings({}).allow_download is False
    assert load_settings({"FRAGA_ALLOW_DOWNLOAD": "true"}).allow_download is True


def test_a_table_is_looked_up_as_the_library_would(built_in, tiny_folder):
    given = built_in._model.encode_document(TEXTS, convert_to_numpy=True, show_progress_bar=False)
    assert np.array_equal(built_in.embed_passages(TEXTS), unit_rows(given))
    assert built_in._is_table
    prompted = SentenceTransformerEmbedder(str(tiny_folder))
    prompted.embed_query("hund")
    assert not prompted._is_table  # "fråga " comes before its questions
