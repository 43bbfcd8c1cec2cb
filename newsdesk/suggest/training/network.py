"""The network: MiniLM's encoder with a letter-case embedding, and three heads. Needs PyTorch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found]
from torch import nn
from torch.nn import functional  # type: ignore[import-not-found]

from newsdesk.suggest.shapes import SHAPES

_SIZE, _PARTS, _INNER, _DEPTH, _PIECES, _PLACES = 384, 12, 1536, 6, 30522, 512


class _Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer as BERT has it (Devlin et al. 2019)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(_SIZE, 3 * _SIZE)
        self.out = nn.Linear(_SIZE, _SIZE)
        self.ln1 = nn.LayerNorm(_SIZE, eps=1e-12)
        self.up = nn.Linear(_SIZE, _INNER)
        self.down = nn.Linear(_INNER, _SIZE)
        self.ln2 = nn.LayerNorm(_SIZE, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Any, mask: Any) -> Any:
        rows, length, size = x.shape
        parts = self.qkv(x).view(rows, length, 3, _PARTS, size // _PARTS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(rows, length, size)
        x = self.ln1(x + self.drop(self.out(seen)))
        return self.ln2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Network(nn.Module):  # type: ignore[misc]
    """Word pieces, shapes and mask in; scores of name tags, quote tags and claim classes out, and
    the vectors of the pieces that they were made of."""

    def __init__(self, name_tags: int, quote_tags: int, classes: int = 3) -> None:
        super().__init__()
        self.word = nn.Embedding(_PIECES, _SIZE)
        self.pos = nn.Embedding(_PLACES, _SIZE)
        self.shape = nn.Embedding(SHAPES, _SIZE)
        nn.init.zeros_(self.shape.weight)
        self.seg = nn.Parameter(torch.zeros(_SIZE))
        self.ln = nn.LayerNorm(_SIZE, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(_Layer() for _ in range(_DEPTH))
        self.ent = nn.Linear(_SIZE, name_tags)
        self.quo = nn.Linear(_SIZE, quote_tags)
        self.claim = nn.Linear(_SIZE, classes)
        self.hd = nn.Dropout(0.15)

    def forward(self, ids: Any, shapes: Any, mask: Any) -> tuple[Any, Any, Any, Any]:
        x = self.word(ids) + self.pos.weight[: ids.shape[1]] + self.seg + self.shape(shapes)
        x = self.drop(self.ln(x))
        hidden = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(mask == 0, -1e4)
        hidden = hidden[:, None, None, :].expand(-1, 1, ids.shape[1], -1)
        for layer in self.layers:
            x = layer(x, hidden)
        weight = mask.to(x.dtype)[..., None]
        pooled = (x * weight).sum(1) / weight.sum(1)
        told = self.hd(x)
        return self.ent(told), self.quo(told), self.claim(self.hd(pooled)), x

    def heads(self) -> list[Any]:
        """The parameters that start from nothing."""
        fresh = ("ent", "quo", "claim", "shape")
        return [p for name, p in self.named_parameters() if name.split(".")[0] in fresh]

    def load_minilm(self, file: Path) -> None:
        """Take over the weights of all-MiniLM-L6-v2 (model.safetensors)."""
        from safetensors.torch import load_file  # type: ignore[import-not-found]

        raw = {k.removeprefix("bert."): v.float() for k, v in load_file(str(file)).items()}
        self.word.weight.data = raw["embeddings.word_embeddings.weight"]
        self.pos.weight.data = raw["embeddings.position_embeddings.weight"]
        self.seg.data = raw["embeddings.token_type_embeddings.weight"][0]
        self.ln.weight.data = raw["embeddings.LayerNorm.weight"]
        self.ln.bias.data = raw["embeddings.LayerNorm.bias"]
        for number, layer in enumerate(self.layers):
            _load_layer(layer, raw, f"encoder.layer.{number}.")


def _load_layer(layer: Any, raw: dict[str, Any], at: str) -> None:
    for kind in ("weight", "bias"):
        parts = [raw[f"{at}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
        getattr(layer.qkv, kind).data = torch.cat(parts)
        getattr(layer.out, kind).data = raw[f"{at}attention.output.dense.{kind}"]
        getattr(layer.ln1, kind).data = raw[f"{at}attention.output.LayerNorm.{kind}"]
        getattr(layer.up, kind).data = raw[f"{at}intermediate.dense.{kind}"]
        getattr(layer.down, kind).data = raw[f"{at}output.dense.{kind}"]
        getattr(layer.ln2, kind).data = raw[f"{at}output.LayerNorm.{kind}"]
