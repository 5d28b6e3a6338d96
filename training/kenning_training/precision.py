"""In how many bits a transformer works: bfloat16 where the machine has it, 32 elsewhere. Weights stay as they are."""

import torch


def has_bfloat16(device: torch.device) -> bool:
    """Where it does, it is twice as fast; a processor that has to imitate it takes four times as long."""
    return device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()


def halved(device: torch.device, bfloat16: bool | None = None) -> torch.autocast:
    """What is computed inside is in bfloat16: as `bfloat16` says, or where the machine has it."""
    return torch.autocast(device.type, torch.bfloat16, enabled=has_bfloat16(device) if bfloat16 is None else bfloat16)
