"""bfloat16 is for machines that have it, unless somebody says otherwise."""

import pytest
import torch

from kenning_training.precision import halved

PROCESSOR = torch.device("cpu")


@pytest.mark.parametrize("has", [True, False])
def test_a_processor_that_lacks_it_computes_in_32_bits(has: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: has)
    for wanted, expected in ((None, has), (True, True), (False, False)):
        with halved(PROCESSOR, wanted):
            assert torch.is_autocast_enabled("cpu") == expected
