"""
The translate stage: A on a machine without a card. The word model is a translation model p_T(q|c), too, though one
without order, which a bag-of-subwords student does not miss: queries are drawn from it instead of from the neural
generator, and left as the parts that `generate` then judges and filters like that one's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kenning_training.config import Config, GeneratorConfig
from kenning_training.encoded import Encoded
from kenning_training.generator.samples import Samples, joined, samples_of, save_samples
from kenning_training.generator.shards import chosen_rows, folder
from kenning_training.generator.stage import generator_file
from kenning_training.generator.whole_words import numbered
from kenning_training.generator.word_model import WordModel, code_stems, word_model
from kenning_training.progress import Progress
from kenning_training.tokenizer import WordReader, tokenizer_file
from kenning_training.train import encoded_pools, training_data
from kenning_training.transformer.wordpiece import bert_tokenizer

AT_ONCE = 512


@dataclass(frozen=True)
class Drawing:
    """`lengths`: of how many words the queries are that the model has learnt from. `words[i]` is query word i."""

    model: WordModel
    lengths: NDArray[np.int64]
    words: list[str]
    config: Config
    generator: np.random.Generator


def run(config: Config) -> None:
    if generator_file(config).exists():
        print("the generator is here: nothing is drawn from the word model", flush=True)
        return
    folder(config).mkdir(parents=True, exist_ok=True)
    data = training_data(config)
    drawing = new_drawing(config, data)
    rows = chosen_rows(data.documented, config.generator)
    save_samples(sample(drawing, data, rows), folder(config) / "train-samples-000.npz")
    parts, before = [], 0
    for pool in encoded_pools(config, "dev"):
        found = sample(drawing, pool.encoded, np.arange(len(pool.encoded)))
        parts.append(Samples(found.rows + np.int32(before), found.queries, found.log_probs))
        before += len(pool.encoded)
    save_samples(joined(parts), folder(config) / "dev-samples-000.npz")


def new_drawing(config: Config, data: Encoded) -> Drawing:
    model = word_model(config, data, with_generated=False)
    lengths = np.diff(numbered(model.asked, model.queries, False)[1])
    generator = np.random.default_rng(config.generator.seed)
    return Drawing(model, lengths[lengths > 0], surfaces(model, data, config), config, generator)


def surfaces(model: WordModel, data: Encoded, config: Config) -> list[str]:
    """Of each query word's stem the word that queries most often have it from."""
    stems, tokenizer = model.stems, Tokenizer.from_file(str(tokenizer_file(config)))
    counts = np.bincount(data.fields["query"].tokens, minlength=len(stems.of))
    commonest = np.zeros(len(stems.words), np.int64)
    # Of several values for one place the last one stays.
    rising = np.argsort(counts, kind="stable")
    commonest[stems.of[rising]] = rising
    token_of = {
        stem: tokenizer.id_to_token(token) or "" for stem, token in zip(stems.words, commonest.tolist(), strict=True)
    }
    return ["", *(token_of[stem] for stem in model.queries.words[1:])]


def sample(drawing: Drawing, data: Encoded, rows: NDArray[np.int64]) -> Samples:
    """Up to `queries` different ones for each of `rows`, out of `draws`; none where no word is known."""
    settings, reader = drawing.config.generator, WordReader(bert_tokenizer())
    found_rows: list[int] = []
    queries: list[list[int]] = []
    log_probs: list[float] = []
    progress = Progress("draw", len(rows))
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        for row, chances in zip(part, query_chances(drawing.model, data, part, drawing.config), strict=True):
            for log_prob, words in drawn(chances, drawing, settings):
                found_rows.append(int(row))
                queries.append(reader.ids(" ".join(drawing.words[i] for i in words), settings.max_query_tokens))
                log_probs.append(log_prob)
        progress.step(len(part))
    progress.close()
    return samples_of(found_rows, queries, log_probs)


def query_chances(model: WordModel, data: Encoded, rows: NDArray[np.int64], config: Config) -> NDArray[np.float32]:
    """p(query word | function) [rows, query words]: each word of the function, and the empty one, brings its share."""
    codes, offsets = numbered(code_stems(data, rows, model.stems), model.codes, True)
    null = config.expand.null_weight
    sums = np.add.reduceat(model.table[codes], offsets[:-1], axis=0) + (null - 1) * model.table[0]
    chances: NDArray[np.float32] = (sums / (np.diff(offsets) - 1 + null)[:, None]).astype(np.float32)
    return chances


def drawn(chances: NDArray[np.float32], drawing: Drawing, settings: GeneratorConfig) -> list[tuple[float, list[int]]]:
    """Log-probability and words of each query: distinct ones of the nucleus, drawn one after the other."""
    order = np.argsort(-chances)
    order = order[chances[order] > 0]
    before = np.cumsum(chances[order]) - chances[order]
    order = order[before < settings.nucleus * chances.sum()]
    if not len(order):
        return []
    logs = np.log(chances[order])
    found: dict[tuple[int, ...], float] = {}
    for length in drawing.generator.choice(drawing.lengths, settings.draws):
        noisy = logs / settings.temperature + drawing.generator.gumbel(size=len(logs))
        places = np.argsort(-noisy)[:length]
        found[tuple(sorted(order[places].tolist()))] = float(logs[places].sum())
    best = sorted(found.items(), key=lambda pair: -pair[1] / len(pair[0]))[: settings.queries]
    return [(log_prob, list(words)) for words, log_prob in best]
