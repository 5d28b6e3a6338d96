"""
A stand-in for all-MiniLM-L6-v2: a small BERT of random weights and a WordPiece tokenizer, as files that load alike.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

SPECIAL = {0: "[PAD]", 100: "[UNK]", 101: "[CLS]", 102: "[SEP]", 103: "[MASK]"}  # where the published model has them


def make_tiny_bert(folder: Path, words: Iterable[str], layers: int = 6, hidden: int = 32, seed: int = 3) -> Path:
    """
    A folder for `KENNING_MINILM`. `words` are whole tokens of its vocabulary; any other word is spelt in letters. It
    has no `[CLS]` and `[SEP]` added by itself.
    """
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = _vocabulary(words)
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    special = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    card = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512} | special
    (folder / "tokenizer_config.json").write_text(json.dumps(card))
    torch.manual_seed(seed)
    BertModel(
        BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=hidden,
            num_hidden_layers=layers,
            num_attention_heads=2,
            intermediate_size=2 * hidden,
        ),
        add_pooling_layer=False,
    ).save_pretrained(folder)
    return folder


def _vocabulary(words: Iterable[str]) -> dict[str, int]:
    characters = "abcdefghijklmnopqrstuvwxyz0123456789_.,()=:"
    tokens = [SPECIAL.get(number, f"[unused{number}]") for number in range(104)]
    tokens += [*characters, *(f"##{character}" for character in characters)]
    tokens += sorted(set(words) - set(tokens))
    return {token: number for number, token in enumerate(tokens)}
