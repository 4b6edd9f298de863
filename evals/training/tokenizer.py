"""Third step of training: a Swedish subword tokenizer, without word boundaries in its pieces."""

import json
from collections.abc import Iterable

from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers
from tokenizers.models import Unigram
from tokenizers.trainers import UnigramTrainer

UNKNOWN = "[UNK]"
# A unigram piece has no mark for where a word begins: *stöd* is the same piece in *försörjningsstöd* and by itself.
NOT_WORD = Regex(r"[^\p{L}\p{M}\p{N}§%]+")
MAX_PIECE_CHARS = 20
SCORE_DECIMALS = 4


def train_tokenizer(texts: Iterable[str], vocabulary_size: int) -> Tokenizer:
    """A unigram tokenizer over lower-cased words in NFC; punctuation is dropped."""
    tokenizer = Tokenizer(Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace("\u00ad", ""), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(NOT_WORD, behavior="removed"),
            pre_tokenizers.Split(Regex(r"\d+|[§%]"), behavior="isolated"),
        ]
    )
    trainer = UnigramTrainer(
        vocab_size=vocabulary_size,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        max_piece_length=MAX_PIECE_CHARS,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer=trainer)
    return in_fixed_order(tokenizer)


def in_fixed_order(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer with its pieces sorted: the trainer's order and the last digits of its scores vary."""
    model = json.loads(tokenizer.to_str())["model"]
    pieces = [(piece, round(score, SCORE_DECIMALS)) for piece, score in model["vocab"] if piece != UNKNOWN]
    pieces.sort(key=lambda pair: (-pair[1], pair[0]))
    tokenizer.model = Unigram([(UNKNOWN, 0.0), *pieces], unk_id=0)
    return tokenizer
