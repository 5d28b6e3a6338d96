"""
The tokenizer stage: WordPiece over words that are split already, so that a word's ids never depend on its neighbours
and the product can cache them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from kenning_training.config import Config, TokenizerConfig
from kenning_training.prepare.pairs import Example
from kenning_training.prepare.stage import examples_file, read_split
from kenning_training.progress import Progress
from kenning_training.words import split_words

PAD, UNKNOWN = "[PAD]", "[UNK]"
MAX_WORD_CHARS = 64
# A word's count is damped to this power before learning, so that rare words shape pieces too and learning is quick.
DAMPING = 0.5


def run(config: Config) -> None:
    examples = read_split(examples_file(config, "train"))
    counts = count_words(examples)
    tokenizer = learn(counts, config.tokenizer)
    tokenizer.save(str(tokenizer_file(config)))
    known = sum(count for word, count in counts.items() if tokenizer.token_to_id(word) is not None)
    print(f"vocabulary {tokenizer.get_vocab_size()}, whole words {known / max(1, counts.total()):.1%} of the text")


def tokenizer_file(config: Config) -> Path:
    return config.prepare.folder / "tokenizer.json"


def count_words(examples: list[Example]) -> Counter[str]:
    counts: Counter[str] = Counter()
    progress = Progress("count words", len(examples))
    for example in examples:
        counts.update(
            split_words(f"{example.query} {example.qualifiedName} {example.path} {example.doc} {example.code}")
        )
        progress.step()
    progress.close()
    return counts


def learn(counts: Counter[str], config: TokenizerConfig) -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN, max_input_chars_per_word=MAX_WORD_CHARS))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    trainer = trainers.WordPieceTrainer(
        vocab_size=config.vocabulary,
        min_frequency=1,
        special_tokens=[PAD, UNKNOWN],
        limit_alphabet=400,
        show_progress=False,
    )
    tokenizer.train_from_iterator(_damped(counts, config.min_count), trainer)
    return tokenizer


def _damped(counts: Counter[str], min_count: int) -> Iterator[str]:
    for word, count in sorted(counts.items()):
        if count >= min_count and len(word) <= MAX_WORD_CHARS:
            yield " ".join([word] * max(1, int(count**DAMPING / min_count**DAMPING)))


class WordReader:
    """Text → token ids, word by word with a cache, exactly as the product does it."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._cache: dict[str, list[int]] = {}

    def ids(self, text: str, max_tokens: int) -> list[int]:
        result: list[int] = []
        for word in split_words(text):
            known = self._cache.get(word)
            if known is None:
                known = self._cache[word] = self._tokenizer.encode(word, add_special_tokens=False).ids
            result += known
            if len(result) >= max_tokens:
                return result[:max_tokens]
        return result

    def all_ids(self, texts: Iterable[str], max_tokens: int) -> Iterator[list[int]]:
        return (self.ids(text, max_tokens) for text in texts)
