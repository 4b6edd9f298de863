from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.rerank import CrossEncoderReranker, load_reranker
from assistant.retrieve import Retriever
from corpus.errors import SettingsError
from corpus.index import Index
from tests.assistant.town import ANALYZER, KNOWLEDGE
from tests.corpus.standin import HashEmbedder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A cross-encoder of four words with random weights: it has no sense, but the form of a real one."""
    from tokenizers import Tokenizer, pre_tokenizers
    from tokenizers.models import WordLevel
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    path = tmp_path_factory.mktemp("reranker")
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0, "[PAD]": 1, "hund": 2, "katt": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]").save_pretrained(str(path))
    config = BertConfig(vocab_size=4, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8)
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(str(path))
    return path


class Harbour:
    """Finds texts about a quay best."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.array([float("kaj" in text) for text in texts])


def test_a_named_cross_encoder_gives_a_score_a_text(folder):
    reranker = load_reranker(str(folder))
    assert reranker is not None
    scores = reranker.scores("hund", ["katt", "hund", "katt"])
    assert scores.shape == (3,) and scores[0] == pytest.approx(scores[2], abs=1e-5)


def test_none_is_loaded_where_none_is_named():
    assert load_reranker("") is None


def test_one_that_is_not_here_names_its_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(SettingsError, match="FRAGA_RERANKER"):
        CrossEncoderReranker("no-such-owner/no-such-model")
    (tmp_path / "model.safetensors").write_bytes(b"cut")
    with pytest.raises(SettingsError, match="FRAGA_RERANKER"):
        CrossEncoderReranker(str(tmp_path))


def test_what_it_reads_decides_most(town: Index, town_embedder: HashEmbedder) -> None:
    plain = Retriever(town, town_embedder, ANALYZER, KNOWLEDGE).search("fontänen", 10)
    read = Retriever(town, town_embedder, ANALYZER, KNOWLEDGE, reranker=Harbour()).search("fontänen", 10)
    assert {hit.passage_id for hit in read} == {hit.passage_id for hit in plain}
    assert "kaj" in town.passage(read[0].passage_id).text
    assert "kaj" not in town.passage(plain[0].passage_id).text
