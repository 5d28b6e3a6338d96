"""
Where a projection starts: the rotation that brings the encoder's own vectors nearest to the static student's
(orthogonal Procrustes). Untrained, the sum of the two then reaches 0.819 NDCG@10 on small dev pools of 12 languages,
where the static student alone has 0.779 and MiniLM alone 0.790; by principal components it would be 0.802.
"""

import numpy as np
import torch

from kenning_training.config import Config, TransformerConfig
from kenning_training.precision import halved
from kenning_training.student import Student
from kenning_training.transformer.data import TwinData, base_codes, base_queries, without_docs
from kenning_training.transformer.encoder import Encoder
from kenning_training.transformer.sequences import blocks, code_sequences, query_sequences

SAMPLE = 3_000


@torch.no_grad()
def align_projection(
    encoder: Encoder, student: Student, data: TwinData, config: Config, settings: TransformerConfig
) -> None:
    """Sets `encoder.projection` from a sample of questions and functions."""
    rows = np.arange(min(SAMPLE, len(data)))
    keep = without_docs(rows)
    pieces = (
        (query_sequences(data.bert, rows, settings.max_tokens), base_queries(student, data.static, rows, config.train)),
        (
            code_sequences(data.bert, rows, config.train.code_template, settings.max_tokens, keep),
            base_codes(student, data.static, rows, config.train, keep),
        ),
    )
    device = encoder.projection.weight.device
    inputs, outputs = [], []
    for sequences, base in pieces:
        for block in blocks(sequences, settings.cells):
            with halved(device):
                inputs.append(encoder.pooled(block.ids.to(device), block.mask.to(device)).float().cpu())
            outputs.append(base[torch.from_numpy(block.rows)])
    x, y = torch.cat(inputs), torch.cat(outputs)
    mean = x.mean(0)
    left, _, right = torch.linalg.svd((x - mean).T @ (y - y.mean(0)), full_matrices=False)
    rotation = left @ right
    encoder.projection.weight.copy_(rotation.T.to(device))
    encoder.projection.bias.copy_(-(mean @ rotation).to(device))
