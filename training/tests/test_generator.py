"""
The generator's stages end to end by the tiny profile, on made-up pairs in which docs and code share no word: what it
writes about a function it has read out of the code's words.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch

from kenning_training import tokenizer as tokenizer_stage
from kenning_training import train
from kenning_training.config import CONFIGS, Config, read_config
from kenning_training.generator import expand, generate, stage
from kenning_training.generator.judge import split_ranks
from kenning_training.generator.samples import Samples, load_samples, of_rows, reread, texts_of, with_generated
from kenning_training.generator.sampling import draw, unwritable
from kenning_training.generator.shards import folder, load_shard, shard, training_batches
from kenning_training.generator.stems import stem
from kenning_training.generator.terms import load_terms
from kenning_training.prepare.pairs import Example
from kenning_training.prepare.stage import examples_file, write_examples
from kenning_training.tokenizer import WordReader
from kenning_training.transformer.sequences import padded_rows
from kenning_training.transformer.wordpiece import PAD, SEP, bert_tokenizer
from tests.tiny_bert import make_tiny_bert

CONCEPTS = 20
COUNTS = {"train": 1_200, "dev": 100}
VERBS = ("finds", "makes", "drops", "counts", "shows")
COMMON = "the of a with its def fn src part py return"
SYLLABLES = ("ba", "ce", "di", "fo", "gu")


def word(prefix: str, concept: int) -> str:
    return prefix + SYLLABLES[concept // 5] + SYLLABLES[concept % 5]


def made_example(split: str, index: int, generator: np.random.Generator) -> Example:
    """Every fourth function has no doc."""
    chosen = generator.choice(CONCEPTS, 2, replace=False).tolist()
    first, second = (word("q", concept) for concept in chosen)
    one, two = (word("c", concept) for concept in chosen)
    verb = VERBS[generator.integers(len(VERBS))]
    query = f"{verb} the {first} of a {second}" if index % 4 else ""
    code = f"def fn({one}): {one} {two} return {two}"
    return Example(split, f"p{index % 5}", "python", "function", query, "fn", "fn", "src/part.py", "", "", code)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """The tiny profile from examples to a term table, in a folder of its own."""
    cache = tmp_path_factory.mktemp("cache")
    read = read_config(CONFIGS / "tiny.toml", cache)
    read = replace(read, expand=replace(read.expand, file=cache / "models" / "terms.json.gz"))
    read.prepare.folder.mkdir(parents=True)
    generator = np.random.default_rng(11)
    for split, count in COUNTS.items():
        write_examples(examples_file(read, split), (made_example(split, i, generator) for i in range(count)))
    words = [word(prefix, concept) for prefix in "qc" for concept in range(CONCEPTS)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KENNING_MINILM", str(make_tiny_bert(cache / "bert", [*VERBS, *COMMON.split(), *words])))
        for module in (tokenizer_stage, train, stage, generate, expand):
            module.run(read)
        yield read


def figures(config: Config) -> dict[str, float]:
    return json.loads(stage.figures_file(config).read_text())


def test_perplexity_falls_far_under_that_of_word_counts(config: Config) -> None:
    found = figures(config)
    assert found["perplexityBefore"] > 8
    assert found["perplexity"] < found["perplexityBefore"] / 3


def test_queries_are_of_what_the_code_says(config: Config) -> None:
    """Two of 20 concepts a function: by chance a tenth of the words would be right."""
    samples = generate.sample_split(config, "train")
    assert samples is not None
    data = shard(config, "train")
    codes = dict(zip(data.rows.tolist(), texts_of(data.sources), strict=True))
    right = [
        f"c{said[1:]}" in codes[row]
        for row, text in zip(samples.rows.tolist(), texts_of(samples.queries), strict=True)
        for said in text.split()
        if said.startswith("q")
    ]
    assert len(right) > 1_000
    assert np.mean(right) > 0.4


def test_three_queries_that_differ_with_the_log_probabilities_of_the_model(config: Config) -> None:
    generator, data = stage.load_generator(config), shard(config, "train")
    block = padded_rows(data.sources, np.arange(40))
    torch.manual_seed(1)
    found = draw(generator, block.ids, block.mask, replace(config.generator, draws=24), unwritable())
    per_text = [{tuple(q) for t, q in zip(found.texts, found.queries, strict=True) if t == text} for text in range(40)]
    assert all(len(queries) == 3 for queries in per_text)
    assert np.isfinite(found.log_probs).all()
    for text, query, log_prob in list(zip(found.texts, found.queries, found.log_probs, strict=True))[:30]:
        target = torch.tensor([[*query, SEP]])
        with torch.no_grad():
            again = generator(block.ids[[text]], block.mask[[text]], target, torch.ones_like(target))
        assert float(again.sum()) == pytest.approx(log_prob, abs=1e-3)


def test_no_special_token_is_written_and_none_twice_running(config: Config) -> None:
    samples = generate.sample_split(config, "train")
    assert samples is not None
    banned = unwritable().numpy()
    assert banned[PAD] and not banned[SEP]
    assert not banned[samples.queries.tokens].any()
    same = samples.queries.tokens[1:] == samples.queries.tokens[:-1]
    same[samples.queries.offsets[1:-1] - 1] = False
    assert not same.any()


def test_undocumented_functions_get_queries_too(config: Config) -> None:
    samples, data = load_samples(generate.samples_file(config)), train.training_data(config)
    assert (~data.documented[samples.rows]).sum() > 100
    assert figures(config)["kept"] == len(samples)
    assert figures(config)["keptFunctions"] > 0.9 * COUNTS["train"]


def test_queries_of_other_functions_are_filtered_out(config: Config) -> None:
    samples = load_samples(generate.samples_file(config))
    moved = Samples(samples.rows, samples.queries.take(np.roll(np.arange(len(samples)), 300)), samples.log_probs)
    top = config.generator.top
    assert (split_ranks(config, samples) <= top).all()
    assert (split_ranks(config, moved) <= top).mean() < 0.3


def test_a_generator_under_the_bar_teaches_nothing(config: Config) -> None:
    kept = generate.samples_file(config).read_bytes()
    generate.run(replace(config, generator=replace(config.generator, bar=1.01)))
    assert not generate.samples_file(config).exists()
    generate.run(config)  # from the parts that are there
    assert generate.samples_file(config).read_bytes() == kept


def test_training_can_read_generated_queries(config: Config) -> None:
    data, samples = train.training_data(config), load_samples(generate.samples_file(config))
    reader = WordReader(tokenizer_stage.Tokenizer.from_file(str(tokenizer_stage.tokenizer_file(config))))
    queries = reread(samples.queries, reader)
    mixed = with_generated(data, samples, queries, 1.0, np.random.default_rng(3))
    assert len(mixed) == len(data)
    touched = np.unique(samples.rows).astype(np.int64)
    others = np.setdiff1d(np.arange(len(data)), touched)
    assert mixed.documented[touched].all()
    before, after = data.fields["query"].take(others), mixed.fields["query"].take(others)
    assert after.tokens.tolist() == before.tokens.tolist()
    row = int(touched[7])
    own = {tuple(queries.take(np.array([i])).tokens.tolist()) for i in np.flatnonzero(samples.rows == row)}
    assert tuple(mixed.fields["query"].take(np.array([row])).tokens.tolist()) in own


def test_a_share_of_nothing_leaves_the_docs(config: Config) -> None:
    data, samples = train.training_data(config), load_samples(generate.samples_file(config))
    mixed = with_generated(data, samples, samples.queries, 0.0, np.random.default_rng(3))
    documented = np.flatnonzero(data.documented)
    taken = [encoded.fields["query"].take(documented).tokens.tolist() for encoded in (mixed, data)]
    assert taken[0] == taken[1]


def test_samples_of_some_rows_count_those_rows(config: Config) -> None:
    samples: Samples = load_samples(generate.samples_file(config))
    rows = np.unique(samples.rows)[[9, 4]].astype(np.int64)
    part = of_rows(samples, rows)
    assert sorted(set(part.rows.tolist())) == [0, 1]
    wanted = samples.take(np.flatnonzero(samples.rows == rows[0]))
    assert part.take(np.flatnonzero(part.rows == 0)).queries.tokens.tolist() == wanted.queries.tokens.tolist()


def test_shards_hold_the_split_and_batches_all_pairs_of_like_length(config: Config) -> None:
    data = load_shard(folder(config) / "train.npz")
    assert len(data) == COUNTS["train"]
    assert len(data.documented()) == sum(1 for i in range(COUNTS["train"]) if i % 4)
    rows_of = training_batches(data, 32, 5)
    seen = np.concatenate([next(rows_of) for _ in range(-(-len(data.documented()) // 32))])
    assert np.array_equal(np.sort(seen), data.documented())
    assert texts_of(data.targets.take(data.documented()[:1]))[0].endswith("[SEP]")
    assert bert_tokenizer().get_vocab_size() > int(data.sources.tokens.max())


def test_the_table_says_which_query_word_stands_for_a_code_word(config: Config) -> None:
    terms = load_terms(folder(config) / "terms.json.gz").terms
    pairs = [(stem(word("c", concept)), stem(word("q", concept))) for concept in range(CONCEPTS)]
    assert [terms[code][0][0] for code, _ in pairs] == [query for _, query in pairs]
    report = json.loads((folder(config) / "expand.json").read_text())
    assert report["helps"] and config.expand.file.exists()
    assert report["dev"][1]["words"] > report["dev"][0]["words"] + 0.3
    assert report["generator"][0]["words"] > report["dev"][0]["words"] + 0.3
