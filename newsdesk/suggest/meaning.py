"""Reads sentences as vectors that lie near one another where they say nearly the same."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # Threads within one question wait for one another in circles that burn: on busy cores that
        # takes twice as long. So each question is one thread's, and several are asked at once.
        options.intra_op_num_threads = 1
        self._threads = threads or min(4, os.cpu_count() or 1)
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
        """A row for each sentence: float32, of length one, so that a product is a cosine.

        Read in batches of like length, by several threads: the more at once, the less is padded.
        """
        import numpy as np

        pieces = [one.ids for one in self._tokenizer.encode_batch(list(sentences))]
        found = np.zeros((len(pieces), SIZE), dtype=np.float32)
        order = sorted(range(len(pieces)), key=lambda at: len(pieces[at]))

        def read(places: list[int]) -> None:
            length = len(pieces[places[-1]])
            ids = np.zeros((len(places), length), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, place in enumerate(places):
                ids[row, : len(pieces[place])], mask[row, : len(pieces[place])] = pieces[place], 1
            (found[places],) = self._session.run(["vectors"], {"ids": ids, "mask": mask})

        with ThreadPoolExecutor(self._threads, "sentences") as pool:
            list(pool.map(read, (order[at : at + _BATCH] for at in range(0, len(order), _BATCH))))
        return found
