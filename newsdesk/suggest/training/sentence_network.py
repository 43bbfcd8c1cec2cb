"""Writes all-MiniLM-L6-v2 as an ONNX file that gives one vector a sentence. Needs PyTorch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found]
from torch.nn import functional  # type: ignore[import-not-found]

from newsdesk.suggest.training.export import quantise
from newsdesk.suggest.training.network import Network


class SentenceNetwork(Network):
    """MiniLM unchanged: the mean of the last layer over a sentence's word pieces, length one."""

    def forward(self, ids: Any, mask: Any) -> Any:  # type: ignore[override]
        x = self.ln(self.word(ids) + self.pos.weight[: ids.shape[1]] + self.seg)
        hidden = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(mask == 0, -1e4)
        hidden = hidden[:, None, None, :].expand(-1, 1, ids.shape[1], -1)
        for layer in self.layers:
            x = layer(x, hidden)
        weight = mask.to(x.dtype)[..., None]
        return functional.normalize((x * weight).sum(1) / weight.sum(1), dim=-1)


def export_sentences(minilm: Path, file: Path, scratch: Path) -> None:
    """Write `file` (8-bit integers) from MiniLM's `model.safetensors`; `scratch` is a folder."""
    network = SentenceNetwork(1, 1)
    network.load_minilm(minilm)
    network.eval()
    ids = torch.randint(1000, 2000, (3, 17))
    floats = scratch / "sentences.onnx"
    torch.onnx.export(
        network,
        (ids, torch.ones_like(ids)),
        str(floats),
        input_names=["ids", "mask"],
        output_names=["vectors"],
        dynamic_axes={name: {0: "texts", 1: "pieces"} for name in ("ids", "mask")},
        opset_version=17,
        dynamo=False,
    )
    quantise(floats, file)
