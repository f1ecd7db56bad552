"""A GLiNER model of a few thousand numbers, made here: a tokenizer of words, an encoder of one layer, and training on
made-up sentences until it knows two names. It shows what an adapter has to do, and nothing of how well
models find names."""

from __future__ import annotations

import random
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
_NAMES, _VERBS, _PLAIN = ("aino", "maija"), ("ja", "kävi", "oli"), ("näin", "rahaa", "siellä", "minä", "olin")
_KINDS = {"oulussa": "place", "koulussa": "organization", "eilen": "date", "siellä": ""}
_STEPS, _BATCH = 900, 12


def make_tiny_model(folder: Path) -> Path:
    """Train it and save it whole, with its tokenizer. Takes half a minute of a core."""
    torch, gliner = import_module("torch"), import_module("gliner")
    torch.manual_seed(1)
    torch.set_num_threads(1)
    chance = random.Random(1)  # the same model each time
    encoder = folder / "encoder"
    _save_encoder(encoder)
    config = gliner.GLiNERConfig(
        model_name=str(encoder), hidden_size=32, max_width=3, max_types=10, max_len=96, dropout=0.0, fine_tune=True,
        span_mode="markerV0", words_splitter_type="whitespace",
    )  # fmt: skip
    model = gliner.GLiNER.from_config(config)
    collator = import_module("gliner.data_processing.collator").SpanDataCollator
    collate = collator(model.config, data_processor=model.data_processor, prepare_labels=True)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    model.train()
    sentences = _sentences()
    for _ in range(_STEPS):
        loss = model(**collate(chance.sample(sentences, _BATCH))).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.eval()
    model.save_pretrained(folder / "names")
    return folder / "names"


def _sentences() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for name, verb, (place, kind) in product((*_NAMES, "minä"), _VERBS, _KINDS.items()):
        facts = [(1, "person")] * (name != "minä") + [(3, kind)] * bool(kind)
        made.append(_sentence(["näin", name, verb, place], facts))
        made.append(_sentence([name, verb, place, "rahaa"], [(at - 1, one) for at, one in facts]))
        made.append(_sentence(["👋", "näin", name, verb, place], [(at + 1, one) for at, one in facts]))
    return made


def _sentence(words: list[str], facts: list[tuple[int, str]]) -> dict[str, Any]:
    return {"tokenized_text": words, "ner": [[at, at, kind] for at, kind in facts]}


def _save_encoder(folder: Path) -> None:
    tokenizers, transformers = import_module("tokenizers"), import_module("transformers")
    known = {*_NAMES, *_VERBS, *_PLAIN, *_KINDS, *_KINDS.values(), "person"} - {""}
    vocabulary = {word: number for number, word in enumerate([*_SPECIAL, *sorted(known)])}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = tokenizers.normalizers.Lowercase()
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), _SPECIAL, strict=True))
    transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names).save_pretrained(folder)
    transformers.BertModel(
        transformers.BertConfig(
            vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
            intermediate_size=64, max_position_embeddings=160,
        )
    ).save_pretrained(folder)  # fmt: skip
