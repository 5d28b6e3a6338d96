"""
The expand stage: a translation model from code words to query words out of the training pairs, and out of the
generator's queries where it passed its gate (so that what the generator knows comes to a laptop as a table); its term
table, what the table gives on the dev pools, and the file for the product if that is something.
"""

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kenning_training.config import Config, ExpandConfig
from kenning_training.encoded import Encoded, Ragged
from kenning_training.generator.generate import samples_file
from kenning_training.generator.measure import measure
from kenning_training.generator.samples import load_samples, reread
from kenning_training.generator.shards import folder
from kenning_training.generator.terms import TermTable, load_terms, make_terms, save_terms
from kenning_training.generator.translation import EmSettings, WordPairs, translate
from kenning_training.generator.whole_words import WordLimits, count_words, numbered, read_stems, stemmed
from kenning_training.tokenizer import WordReader, tokenizer_file
from kenning_training.train import training_data


def run(config: Config) -> None:
    table = term_table(config)
    kept = folder(config) / "terms.json.gz"
    save_terms(table, kept)
    helps = measure(load_terms(kept), config)
    if helps:
        save_terms(table, config.expand.file)
    else:
        config.expand.file.unlink(missing_ok=True)
    size = kept.stat().st_size / 1e6
    print(f"{len(table.terms)} code words, {size:.2f} MB, {'shipped' if helps else 'does not help: not shipped'}")


def term_table(config: Config) -> TermTable:
    settings, tokenizer = config.expand, Tokenizer.from_file(str(tokenizer_file(config)))
    encoded = training_data(config)
    rows, queries, weights = pairs_of(config, encoded, tokenizer)
    fields = encoded.fields
    stems = read_stems(tokenizer)
    codes = stemmed([(fields[name], rows) for name in ("path", "qualifiedName", "code")], stems)
    asked = stemmed([(queries, np.arange(len(rows)))], stems)
    spread = encoded.project[rows], stems
    code_table = count_words(codes, *spread, _limits(settings, settings.code_words, settings.code_count))
    query_table = count_words(asked, *spread, _limits(settings, settings.query_words, settings.query_count))
    pairs = WordPairs(*numbered(codes, code_table, True), *numbered(asked, query_table, False), weights)
    em = EmSettings(settings.iterations, settings.smoothing, settings.null_weight)
    found = translate(pairs, len(code_table.words), len(query_table.words), em)
    terms = make_terms(found, code_table.words, query_table.words, settings.terms, settings.min_probability)
    return TermTable(terms, f"IBM Model 1, {len(rows)} pairs")


def pairs_of(
    config: Config, encoded: Encoded, tokenizer: Tokenizer
) -> tuple[NDArray[np.int64], Ragged, NDArray[np.float32]]:
    """
    Rows of the training split, their queries, and each pair's weight: docs, and generated queries of one function as
    one.
    """
    documented = np.flatnonzero(encoded.documented)
    own = encoded.fields["query"].take(documented)
    ones = np.ones(len(documented), np.float32)
    if not samples_file(config).exists():
        return documented, own, ones
    samples = load_samples(samples_file(config))
    made = reread(samples.queries, WordReader(tokenizer))
    tokens = np.concatenate([own.tokens, made.tokens])
    queries = Ragged(tokens, np.concatenate([own.offsets, own.offsets[-1] + made.offsets[1:]]))
    share = 1.0 / np.bincount(samples.rows)[samples.rows]
    return np.concatenate([documented, samples.rows]), queries, np.concatenate([ones, share.astype(np.float32)])


def _limits(settings: ExpandConfig, words: int, count: int) -> WordLimits:
    return WordLimits(words, count, settings.projects, settings.max_share)
