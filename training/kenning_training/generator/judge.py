"""
How well generated queries find their own function again by the static student: on dev pools and the training split.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kenning_training import encoded as encoding
from kenning_training.batches import serving_code_bags
from kenning_training.config import Config
from kenning_training.encoded import Encoded, gather
from kenning_training.generator.round_trip import Functions, ranks
from kenning_training.generator.samples import Samples, of_rows, reread
from kenning_training.progress import Progress
from kenning_training.student import CODE, QUERY, Student, make_bags
from kenning_training.tokenizer import WordReader, tokenizer_file
from kenning_training.train import encoded_pools, load_student, training_data

AT_ONCE = 8_192


def pool_ranks(config: Config, samples: Samples) -> NDArray[np.int64]:
    """Rank of each sample's own function among its pool; rows count the pools' functions, one pool after the other."""
    student = load_student(config)
    pools = encoded_pools(config, "dev")
    vectors = torch.cat([code_vectors(student, pool.encoded, config) for pool in pools])
    language = np.repeat(np.arange(len(pools), dtype=np.int32), [len(pool.encoded) for pool in pools])
    functions = Functions(vectors, language)
    own = samples.rows.astype(np.int64)
    return ranks(query_vectors(student, samples, config), own, functions, config.prepare.pool_size, 0)


def split_ranks(config: Config, samples: Samples) -> NDArray[np.int64]:
    """The same among `distractors` functions of the training split that have samples."""
    student, data = load_student(config), training_data(config)
    rows = np.unique(samples.rows).astype(np.int64)
    part = data.take(rows)
    functions = Functions(code_vectors(student, part, config), part.language)
    own = of_rows(samples, rows).rows.astype(np.int64)
    return ranks(query_vectors(student, samples, config), own, functions, config.generator.distractors, 0)


@torch.no_grad()
def code_vectors(student: Student, encoded: Encoded, config: Config) -> torch.Tensor:
    """As the product embeds them, without docs, [functions, dimensions]."""
    progress, found = Progress("embed functions", len(encoded)), []
    for start in range(0, len(encoded), AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, len(encoded)))
        found.append(student(serving_code_bags(encoded, rows, student.table.shape[0], config.train), CODE))
        progress.step(len(rows))
    progress.close()
    return torch.cat(found)


@torch.no_grad()
def query_vectors(student: Student, samples: Samples, config: Config) -> torch.Tensor:
    """[samples, dimensions]."""
    reader = WordReader(Tokenizer.from_file(str(tokenizer_file(config))))
    queries = reread(samples.queries, reader, encoding.FIELD_TOKENS["query"])
    vocabulary, found = student.table.shape[0], []
    for start in range(0, len(samples), AT_ONCE):
        rows = np.arange(start, min(start + AT_ONCE, len(samples)))
        found.append(student(make_bags(gather([(queries, rows, None)], 1 << 20), vocabulary, len(rows)), QUERY))
    return torch.cat(found)
