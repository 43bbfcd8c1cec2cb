"""Reads sentences as vectors that lie near one another where they say nearly the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsdesk.model import NewsdeskError
from newsdesk.suggest.encoder import _unsound

FOLDER = ("resources", "models", "sentences")
"""Where the network is shipped: `settings.shipped(*FOLDER)`."""

SIZE = 384
"""Numbers in a vector."""

LONGEST = 256
"""Word pieces of a sentence that are read; what stands after them is not."""

_BATCH = 16


class SentenceReader:
    """all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020), its weights as 8 bits.

    Opening it takes a moment and some 60 MB: never on the window's thread. Raises NewsdeskError
    where a file is missing or is not what it should be.
    """

    def __init__(self, folder: Path, threads: int = 2) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        broken: tuple[type[BaseException], ...] = (OSError, *_unsound())
        try:
            words = (folder / "tokenizer.json").read_text(encoding="utf-8")
            json.loads(words)["model"]["vocab"]  # of what is no tokenizer it only says Exception
            self._tokenizer = Tokenizer.from_str(words)
            self._session = onnxruntime.InferenceSession(
                (folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        except broken as error:
            raise NewsdeskError(
                "Sentences can't be compared by meaning: the network that reads them is missing "
                "or damaged. They are compared by their words. Install Newsdesk again."
            ) from error
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()

    def vectors(self, sentences: Sequence[str]) -> Any:
        """A row for each sentence: float32, of length one, so that a product is a cosine."""
        import numpy as np

        encodings = self._tokenizer.encode_batch(list(sentences))
        found = np.zeros((len(sentences), SIZE), dtype=np.float32)
        order = sorted(range(len(encodings)), key=lambda at: len(encodings[at].ids))
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            length = len(encodings[places[-1]].ids)
            ids = np.zeros((len(places), length), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, place in enumerate(places):
                pieces = encodings[place].ids
                ids[row, : len(pieces)], mask[row, : len(pieces)] = pieces, 1
            (found[places],) = self._session.run(["vectors"], {"ids": ids, "mask": mask})
        return found
