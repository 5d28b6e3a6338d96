"""The configuration file of a training run as frozen data. An unknown key is an error: no typo is silently ignored."""

import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from kenning_training.template import has_separate_fields

CHECKOUT = Path(__file__).parents[2]
CONFIGS = CHECKOUT / "training" / "configs"
SOURCES_LIST = CHECKOUT / "training" / "SOURCES.md"
KENNING_CHUNK = ("node", "scripts/kenning.mjs", "chunk", "--jsonl", "--path")


def default_cache() -> Path:
    """Where downloads and intermediate files go: never into the checkout."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "kenning"


@dataclass(frozen=True)
class CorpusConfig:
    folder: Path
    sources: Path = CONFIGS / "sources.toml"
    bytes_per_language: int = 16_000_000
    # Whether models that ship are made from these packages: then `SOURCES.md` lists them.
    listed: bool = True
    downloads_at_once: int = 4


@dataclass(frozen=True)
class PrepareConfig:
    folder: Path
    chunk_command: tuple[str, ...] = KENNING_CHUNK
    # Where the parsed functions lie, when not in `folder`: two sets can share them.
    chunks: Path | None = None
    documented_per_package: int = 7_000
    undocumented_per_package: int = 2_500
    documented_per_language: int = 80_000
    # How often each of CoSQA's training pairs stands in the training split.
    cosqa_weight: int = 3
    # A pool of one language on which BM25 reaches more than this shows that docs leak into code.
    canary_mrr: float = 0.75
    pool_size: int = 1_000


@dataclass(frozen=True)
class TokenizerConfig:
    vocabulary: int = 50_000
    min_count: int = 4


@dataclass(frozen=True)
class TrainConfig:
    """
    What the student reads and how it learns. `code_template` goes into the model's card as it is; ValueError where its
    fields could not be told apart again: each has factors of its own.
    """

    code_template: str = "{name}\x1f{qualifiedName}\x1f{path}\x1f{doc}\x1f{code}"
    max_tokens: int = 384
    dimensions: int = 256
    epochs: int = 4
    batch: int = 4_096
    learning_rate: float = 0.01
    temperature: float = 0.05
    token_dropout: float = 0.2
    path_dropout: float = 0.3
    doc_dropout: float = 0.6
    name_dropout: float = 0.1
    same_project_share: float = 0.5
    undocumented_share: float = 0.3
    # Distillation: how many passes after the first training, how fast, the share of questions that the generator wrote
    # (A), and the weights of B, C, D and E beside contrast. A teacher that is not there must have the weight 0.
    distil_epochs: int = 2
    # The drop-one table trains as often as there are methods: each of its rows gets this many passes.
    ablation_epochs: int = 1
    distil_rate: float = 0.006
    generated_share: float = 0.3
    match_weight: float = 12.0
    late_weight: float = 0.5
    soft_weight: float = 0.5
    soft_temperature: float = 2.0
    list_weight: float = 0.25
    # When the exported student learns on with the exported S2 as its teacher (`s1-again`): steps, or `minutes` of them;
    # how often the dev pools are looked at, rows that S2 has embedded in a step, and the weights of the terms.
    again_steps: int = 300
    # Of the way from the student that began to the one that has learnt.
    again_share: float = 0.5
    again_checks: int = 10
    again_rate: float = 0.004
    taught_batch: int = 512
    again_match: float = 8.0
    agree_weight: float = 1.0
    refined_weight: float = 0.5
    # How much better than the student, in NDCG@10 of the dev pools, a teacher has to be to teach.
    teacher_bar: float = 0.03
    # What the table's rows begin as: "random", or "minilm" (needs the extra of that name).
    start: str = "random"
    seed: int = 7
    minutes: float = 30.0

    def __post_init__(self) -> None:
        if not has_separate_fields(self.code_template):
            raise ValueError("code_template: between two fields stands U+001F and nothing else")


@dataclass(frozen=True)
class TransformerConfig:
    """One of the transformers: the dual-encoder teacher, late interaction, the cross-encoder teacher, S2 or R."""

    # Which layers of what it starts from (MiniLM for the teacher, the teacher for all others).
    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    # The teacher and S2 only: a file in the prepared folder with the weights of an earlier run to go on from.
    start: str = ""
    max_tokens: int = 128
    # S2 only: how much of a text it reads, in training and once it is exported; 0 for `max_tokens`.
    read_tokens: int = 0
    max_query_tokens: int = 48
    # `teach`: the share of the examples whose functions are embedded too, for all of whose questions it is done.
    taught_codes: float = 0.3
    # How many examples of the training split take part.
    documented: int = 150_000
    undocumented: int = 30_000
    batch: int = 128
    learning_rate: float = 0.0002
    temperature: float = 0.05
    path_dropout: float = 0.2
    doc_dropout: float = 0.6
    name_dropout: float = 0.1
    # How many lists of look-alikes are mined, of how many functions each, and their share of a batch.
    lists: int = 40_000
    group: int = 8
    mined_share: float = 0.5
    # The share of the time that goes to a second round, mined with what the first one learnt.
    second_round: float = 0.0
    # The weights of the joint loss beside contrast: B, C, D. A teacher that is not there must have the weight 0.
    match_weight: float = 1.0
    late_weight: float = 0.5
    soft_weight: float = 0.5
    soft_temperature: float = 2.0
    # How long it learns: so many minutes, or where this is not 0 so many steps.
    minutes: float = 25.0
    steps: int = 0
    # How long the teacher embeds what its students are to match.
    vector_minutes: float = 30.0
    # How many first hits R re-scores.
    depth: int = 20
    check_pool: int = 300
    # Padded tokens in one run of the encoder: small blocks for a processor's cache, large ones for a card.
    cells: int = 2_048
    seed: int = 7

    @property
    def exported_tokens(self) -> int:
        return self.read_tokens or self.max_tokens

    @property
    def as_exported(self) -> "TransformerConfig":
        """Reads no more in training than later: S2 gains from it (README.md)."""
        return replace(self, max_tokens=self.exported_tokens)


@dataclass(frozen=True)
class GeneratorConfig:
    """The code→query generator: what it reads, how it learns, how it is sampled, when it may teach."""

    code_template: str = "{qualifiedName} {path} {code}"
    max_tokens: int = 128
    max_query_tokens: int = 32
    # Of MiniLM's six layers, which the encoder and the decoder start from.
    encoder_layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    decoder_layers: tuple[int, ...] = (1, 3, 5)
    # How many functions of the training split it learns from and writes queries for.
    documented: int = 400_000
    undocumented: int = 300_000
    batch: int = 512
    learning_rate: float = 0.0003
    token_dropout: float = 0.1
    # So that training and sampling fit into one run of ten minutes; or where this is not 0 so many steps.
    minutes: float = 5.0
    steps: int = 0
    # The dev pools' perplexity is looked at so often, on so many functions; the best state is kept.
    check_steps: int = 500
    check_functions: int = 4_000
    # Queries for a function: out of so many draws at most so many different ones.
    draws: int = 5
    queries: int = 3
    temperature: float = 1.0
    nucleus: float = 0.9
    candidates: int = 256
    sample_batch: int = 512
    part: int = 150_000
    # A query stays when its function is among the first `top` of so many others; under a share of `bar` none teaches.
    top: int = 2
    distractors: int = 1_000
    bar: float = 0.4
    # Without a card the full size takes days: then the stage only packs what it would read.
    on_cpu: bool = False
    seed: int = 7


@dataclass(frozen=True)
class ExpandConfig:
    """Which query words a code word makes likely, as a table that the product reads."""

    file: Path = CHECKOUT / "models" / "kenning-terms.json.gz"
    code_words: int = 30_000
    query_words: int = 8_000
    code_count: int = 5
    query_count: int = 20
    # In how many projects a word has to be, and in at most which share of the functions.
    projects: int = 3
    max_share: float = 0.2
    iterations: int = 5
    smoothing: float = 5.0
    null_weight: float = 4.0
    terms: int = 8
    min_probability: float = 0.01
    # What is tried on the dev pools: terms for a function, and the field's weight; the first of each decides.
    sizes: tuple[int, ...] = (16, 32)
    weights: tuple[float, ...] = (1.0, 0.5, 0.25)
    # The static student's share where it is fused with the words.
    dense_share: float = 0.7


@dataclass(frozen=True)
class EvaluationConfig:
    """
    Systems that are left out by name: all-MiniLM-L6-v2 alone takes as long as all others. `note` is what the report has
    to say of the run.
    """

    without: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class ModelConfig:
    id: str = "kenning-s1"
    folder: Path = Path("models/kenning-s1")

    @property
    def s2_folder(self) -> Path:
        return self.folder.with_name("kenning-s2")

    @property
    def r_folder(self) -> Path:
        return self.folder.with_name("kenning-r")


@dataclass(frozen=True)
class Config:
    corpus: CorpusConfig
    prepare: PrepareConfig
    tokenizer: TokenizerConfig = field(default_factory=TokenizerConfig)
    train: TrainConfig = field(default_factory=TrainConfig)
    teacher: TransformerConfig = field(default_factory=TransformerConfig)
    late: TransformerConfig = field(default_factory=TransformerConfig)
    cross: TransformerConfig = field(default_factory=TransformerConfig)
    s2: TransformerConfig = field(default_factory=TransformerConfig)
    r: TransformerConfig = field(default_factory=TransformerConfig)
    generator: GeneratorConfig = field(default_factory=GeneratorConfig)
    expand: ExpandConfig = field(default_factory=ExpandConfig)
    evaluation: EvaluationConfig = field(default_factory=EvaluationConfig)
    model: ModelConfig = field(default_factory=ModelConfig)


TRANSFORMERS = ("teacher", "late", "cross", "s2", "r")

Section = TypeVar("Section")


def read_config(path: Path, cache: Path | None = None) -> Config:
    """Folders of `corpus` and `prepare` lie under the cache, `sources` beside the file, the model in the checkout."""
    table = tomllib.loads(path.read_text())
    base = cache or default_cache()
    unknown = set(table) - {f.name for f in fields(Config)}
    if unknown:
        raise ValueError(f"{path.name}: unknown section {sorted(unknown)[0]!r}")
    corpus = {"folder": "corpus"} | table.get("corpus", {})
    prepare = {"folder": "prepared"} | table.get("prepare", {})
    corpus["sources"] = path.resolve().parent / corpus.get("sources", "sources.toml")
    if "chunks" in prepare:
        prepare["chunks"] = base / prepare["chunks"]
    model = {"folder": "models/kenning-s1"} | table.get("model", {})
    expand = {"file": "models/kenning-terms.json.gz"} | table.get("expand", {})
    return Config(
        corpus=_section(CorpusConfig, corpus | {"folder": base / corpus["folder"]}),
        prepare=_section(PrepareConfig, prepare | {"folder": base / prepare["folder"]}),
        tokenizer=_section(TokenizerConfig, table.get("tokenizer", {})),
        train=_section(TrainConfig, table.get("train", {})),
        **{name: _section(TransformerConfig, table.get(name, {})) for name in TRANSFORMERS},
        generator=_section(GeneratorConfig, table.get("generator", {})),
        expand=_section(ExpandConfig, expand | {"file": CHECKOUT / expand["file"]}),
        evaluation=_section(EvaluationConfig, table.get("evaluation", {})),
        model=_section(ModelConfig, model | {"folder": CHECKOUT / model["folder"]}),
    )


def _section(kind: type[Section], values: dict[str, Any]) -> Section:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    unknown = set(values) - known
    if unknown:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r} in {kind.__name__}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})
