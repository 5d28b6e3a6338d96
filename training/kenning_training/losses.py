"""
The terms of the joint loss (issue: five methods at work). Each takes plain tensors and knows nothing of models:
contrast, B's embedding match, C's agreement with late interaction, D's soft labels, and nested (Matryoshka) dimensions.
"""

from collections.abc import Callable, Sequence

import torch
from torch.nn import functional

# TCT-ColBERT (arXiv 2010.11386, author code): the teacher's scores are softened by this before the softmax.
LATE_TEMPERATURE = 0.25
NESTED = ((1.0, 1.0), (0.5, 0.3), (0.25, 0.1))


def info_nce(logits: torch.Tensor, excluded: torch.Tensor | None = None) -> torch.Tensor:
    """
    Both directions of in-batch contrast over `logits` [batch, batch], the right answers on the diagonal. `excluded`
    marks pairs that are nobody's wrong answer.
    """
    if excluded is not None:
        logits = logits.masked_fill(excluded, -1e4)
    target = torch.arange(len(logits), device=logits.device)
    return (functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)) / 2


def embedding_match(student: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
    """1 − cos, mean over the rows of [texts, dimensions] (EmbedDistill, arXiv 2301.12005, here for unit vectors)."""
    return (1.0 - functional.cosine_similarity(student, teacher, dim=1)).mean()


def late_agreement(teacher: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
    """KL(softmax(s_T / 0.25) ‖ softmax(s_S)) over the batch's [queries, codes] (TCT-ColBERT)."""
    wanted = functional.log_softmax(teacher / LATE_TEMPERATURE, dim=1)
    return functional.kl_div(functional.log_softmax(logits, dim=1), wanted, reduction="batchmean", log_target=True)


def agreement(teacher: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
    """KL(softmax(z_T) ‖ softmax(z_S)) over the rows and over the columns of the batch's [queries, codes]."""
    return (_divergence(teacher, logits) + _divergence(teacher.T, logits.T)) / 2


def _divergence(teacher: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
    wanted, found = functional.log_softmax(teacher, dim=1), functional.log_softmax(logits, dim=1)
    return functional.kl_div(found, wanted, reduction="batchmean", log_target=True)


def soft_labels(teacher: torch.Tensor, logits: torch.Tensor, temperature: float) -> torch.Tensor:
    """T² · CE(σ(z_T/T), σ(z_S/T)) over lists [queries, 1 + negatives] (Shakeri et al., arXiv 1911.11065)."""
    wanted = functional.softmax(teacher / temperature, dim=1)
    found = functional.log_softmax(logits / temperature, dim=1)
    return temperature**2 * -(wanted * found).sum(dim=1).mean()


def nested(
    queries: torch.Tensor, codes: torch.Tensor, loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
) -> torch.Tensor:
    """`loss` of the vectors and, with less weight, of their first half and quarter, each brought to unit length."""
    parts: Sequence[torch.Tensor] = [
        weight * loss(_head(queries, share), _head(codes, share)) for share, weight in NESTED
    ]
    return torch.stack(list(parts)).sum() / sum(weight for _, weight in NESTED)


def _head(vectors: torch.Tensor, share: float) -> torch.Tensor:
    return functional.normalize(vectors[:, : round(vectors.shape[1] * share)], dim=1)
