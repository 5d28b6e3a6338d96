"""The configuration file of a training run as frozen data. An unknown key is an error: no typo is silently ignored."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

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
    """What the student reads and how it learns; `code_template` goes into the model's card as it is."""

    code_template: str = "{name} {qualifiedName} {path} {doc} {code}"
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
    # What the table's rows begin as: "random", or "minilm" (needs the extra of that name).
    start: str = "random"
    seed: int = 7
    minutes: float = 30.0


@dataclass(frozen=True)
class TransformerConfig:
    """A dual encoder on top of the static student: the teacher, or S2."""

    # Which of the start's layers, and how many tokens of a text it reads.
    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    max_tokens: int = 128
    # How many examples of the training split take part.
    documented: int = 150_000
    undocumented: int = 30_000
    batch: int = 128
    learning_rate: float = 0.0002
    temperature: float = 0.05
    path_dropout: float = 0.2
    doc_dropout: float = 0.6
    name_dropout: float = 0.1
    # The share of a batch that stands in groups of look-alikes: the hard negatives of each other.
    mined_share: float = 0.5
    group: int = 8
    minutes: float = 25.0
    check_pool: int = 300
    # Padded tokens in one run of the encoder: small blocks for a processor's cache, large ones for a card.
    cells: int = 4_096
    seed: int = 7


@dataclass(frozen=True)
class ModelConfig:
    id: str = "kenning-s1"
    folder: Path = Path("models/kenning-s1")


@dataclass(frozen=True)
class Config:
    corpus: CorpusConfig
    prepare: PrepareConfig
    tokenizer: TokenizerConfig = field(default_factory=TokenizerConfig)
    train: TrainConfig = field(default_factory=TrainConfig)
    teacher: TransformerConfig = field(default_factory=TransformerConfig)
    model: ModelConfig = field(default_factory=ModelConfig)


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
    corpus["sources"] = path.parent / corpus.get("sources", "sources.toml")
    if "chunks" in prepare:
        prepare["chunks"] = base / prepare["chunks"]
    model = {"folder": "models/kenning-s1"} | table.get("model", {})
    return Config(
        corpus=_section(CorpusConfig, corpus | {"folder": base / corpus["folder"]}),
        prepare=_section(PrepareConfig, prepare | {"folder": base / prepare["folder"]}),
        tokenizer=_section(TokenizerConfig, table.get("tokenizer", {})),
        train=_section(TrainConfig, table.get("train", {})),
        teacher=_section(TransformerConfig, table.get("teacher", {})),
        model=_section(ModelConfig, model | {"folder": CHECKOUT / model["folder"]}),
    )


def _section(kind: type[Section], values: dict[str, Any]) -> Section:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    unknown = set(values) - known
    if unknown:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r} in {kind.__name__}")
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})
