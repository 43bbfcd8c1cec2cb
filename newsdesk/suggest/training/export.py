"""Writes trained weights as an ONNX file of 8-bit integers, and a pipeline folder around it.

Needs PyTorch, onnx and ONNX Runtime's quantiser.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from newsdesk.suggest import pipeline
from newsdesk.suggest.training.features import NAME_TAGS, QUOTE_TAGS

_HEADS = ("/ent/", "/quo/", "/claim/")
OUTPUTS = ("names", "quotes", "claims", "hidden")
"""What the network gives; `hidden` (a vector for each word piece) is what a desk learns on."""
SPACY_RANGE = ">=3.8.0,<3.9.0"


def export_network(weights: Path, file: Path) -> None:
    """Write the weights (a PyTorch file) as ONNX in 32-bit floats; every axis of text is free."""
    import torch  # type: ignore[import-not-found]

    from newsdesk.suggest.training.network import Network

    network = Network(len(NAME_TAGS), len(QUOTE_TAGS))
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    ids = torch.randint(1000, 2000, (3, 17))
    ones = torch.ones_like(ids)
    free = {name: {0: "texts", 1: "pieces"} for name in ("ids", "shapes", "mask")}
    torch.onnx.export(
        network,
        (ids, ones, ones),
        str(file),
        input_names=["ids", "shapes", "mask"],
        output_names=list(OUTPUTS),
        dynamic_axes=free,
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """8-bit weights, a scale for each channel; the three heads stay floats.

    Weights use 7 of the 8 bits (`reduce_range`), since processors without VNNI add pairs of
    products in 16 bits and would overflow.
    """
    import onnx  # type: ignore[import-not-found]
    from onnxruntime.quantization import QuantType, quantize_dynamic

    nodes = onnx.load(str(source)).graph.node
    floats = [n.name for n in nodes if n.op_type in ("MatMul", "Gemm") and _is_head(n.name)]
    quantize_dynamic(
        str(source),
        str(target),
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=floats,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )


def _is_head(name: str) -> bool:
    return any(head in name for head in _HEADS)


def write_pipeline(
    network: Path,
    tokenizer: Path,
    calibration: Mapping[str, Sequence[float]],
    folder: Path,
    meta: Mapping[str, Any],
) -> None:
    """Write a spaCy folder that `loading.open_folder` accepts.

    ``calibration`` is a slope and an offset for each label or part (see `calibrate`); ``meta``
    updates spaCy's meta.json (name, version, licence …).
    """
    settings = {
        "name_tags": NAME_TAGS,
        "quote_tags": QUOTE_TAGS,
        "calibration": {name: [round(x, 4) for x in curve] for name, curve in calibration.items()},
    }
    with tempfile.TemporaryDirectory() as scratch:
        parts = Path(scratch)
        shutil.copyfile(network, parts / "encoder.onnx")
        shutil.copyfile(tokenizer, parts / "tokenizer.json")
        (parts / "encoder.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
        nlp = pipeline.build()
        nlp.meta.update(meta)
        encoder: Any = nlp.get_pipe(pipeline.ENCODER)
        encoder.from_disk(parts)
        nlp.to_disk(folder, exclude=["vocab"])
    written = folder / "meta.json"
    described = json.loads(written.read_text(encoding="utf-8"))
    described["spacy_version"] = SPACY_RANGE
    described.pop("spacy_git_version", None)
    written.write_text(json.dumps(described, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
