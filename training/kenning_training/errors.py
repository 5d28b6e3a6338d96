"""The error that stops a stage when the corpus is not what it must be."""

from collections.abc import Sequence

SHOWN = 10


class CorpusError(RuntimeError):
    """The corpus gives its answers away, or holds what it must not; training on it would flatter every figure."""

    def __init__(self, code: str, what: str, offenders: Sequence[str]) -> None:
        more = f"; and {len(offenders) - SHOWN} more" if len(offenders) > SHOWN else ""
        super().__init__(f"{code}: {what}: {'; '.join(offenders[:SHOWN])}{more}")
        self.code = code
        self.offenders = tuple(offenders)


def raise_for(code: str, what: str, offenders: Sequence[str]) -> None:
    """Raises CorpusError when there is any offender."""
    if offenders:
        raise CorpusError(code, what, offenders)
