"""Runs the trained network over sentences with ONNX Runtime: no PyTorch, no spaCy."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsdesk.model import NewsdeskError
from newsdesk.suggest.shapes import shape_of

FILES = ("encoder.onnx", "tokenizer.json", "encoder.json")
_WINDOW = 158  # word pieces in one pass, besides the two marks at its ends
_PIECES_A_BATCH = 1536
_PADDED = 0.2  # share of a batch that may be padding before a new one begins
_FEWEST = 120  # pieces in a batch below which padding costs less than another pass


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network made of one sentence.

    `words` are half-open ranges in code points of the whole text; `names` and `quotes` hold a row
    of log probabilities for each word, `claim` the raw log odds of being worth a check; `vectors`
    the network's last layer at each word's first piece, where it was asked for.
    """

    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    names: Any
    quotes: Any
    claim: float
    vectors: Any = None


@dataclass(slots=True)
class _Piece:
    """A run of word pieces that fits into one pass."""

    ids: list[int]
    shapes: list[int]
    heads: list[int]
    sentence: int


class Encoder:
    """The network of one pipeline folder; the session is opened at birth.

    Raises NewsdeskError where a file is missing or is not what it should be.
    """

    def __init__(self, folder: Path, threads: int = 2) -> None:
        for name in FILES:
            if not (folder / name).is_file():
                raise NewsdeskError(
                    f"The suggestions can't start: {name} is missing in the pipeline's folder. "
                    "Nothing was changed. Install Newsdesk again, or choose another pipeline."
                )
        import onnxruntime
        from tokenizers import Tokenizer

        settings: dict[str, Any] = json.loads((folder / "encoder.json").read_text("utf-8"))
        self.name_tags: list[str] = settings["name_tags"]
        self.quote_tags: list[str] = settings["quote_tags"]
        self.calibration: dict[str, list[float]] = settings["calibration"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        broken = NewsdeskError(
            "The suggestions can't start: the pipeline's network can't be read. Nothing was "
            "changed. Install Newsdesk again, or choose another pipeline."
        )
        try:
            json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
            self._session = onnxruntime.InferenceSession(
                str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except _unsound() as error:
            raise broken from error
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    @property
    def gives_vectors(self) -> bool:
        """Whether the network gives what its heads read; networks of version 1.0 didn't."""
        return any(one.name == "hidden" for one in self._session.get_outputs())

    def read(
        self, text: str, sentences: Sequence[tuple[int, int]], *, vectors: bool = False
    ) -> list[Reading]:
        """Read the sentences of ``text``: one Reading each, in the same order."""
        import numpy as np

        encodings = self._tokenizer.encode_batch(
            [text[start:end] for start, end in sentences], add_special_tokens=False
        )
        pieces: list[_Piece] = []
        words: list[list[tuple[int, int]]] = []
        for number, ((start, end), encoding) in enumerate(zip(sentences, encodings, strict=True)):
            found, parts = _cut(text[start:end], start, encoding, number)
            words.append(found)
            pieces.extend(parts)
        names: list[list[Any]] = [[] for _ in sentences]
        quotes: list[list[Any]] = [[] for _ in sentences]
        claims: list[list[float]] = [[] for _ in sentences]
        seen: list[list[Any]] = [[] for _ in sentences]
        outcome: list[_Outcome] = [(None, None, 0.0, None)] * len(pieces)
        for batch in _batches(pieces):
            results = self._run([pieces[i] for i in batch], vectors)
            for place, result in zip(batch, results, strict=True):
                outcome[place] = result
        for piece, (name, quote, claim, vector) in zip(pieces, outcome, strict=True):
            names[piece.sentence].append(name)
            quotes[piece.sentence].append(quote)
            claims[piece.sentence].append(claim)
            seen[piece.sentence].append(vector)
        empty = np.zeros((0, 0), dtype=np.float32)
        return [
            Reading(
                start,
                end,
                tuple(words[i]),
                np.concatenate(names[i]) if names[i] else empty,
                np.concatenate(quotes[i]) if quotes[i] else empty,
                max(claims[i], default=-10.0),
                np.concatenate(seen[i]) if vectors and seen[i] else None,
            )
            for i, (start, end) in enumerate(sentences)
        ]

    def _run(self, batch: list[_Piece], vectors: bool) -> Iterable[_Outcome]:
        """One pass: log probabilities of the words' first pieces, the sentences' log odds, and
        the vectors if they are wanted."""
        import numpy as np

        length = max(len(piece.ids) for piece in batch)
        ids = np.zeros((len(batch), length), dtype=np.int64)
        shapes, mask = np.zeros_like(ids), np.zeros_like(ids)
        for row, piece in enumerate(batch):
            width = len(piece.ids)
            ids[row, :width] = piece.ids
            shapes[row, :width] = piece.shapes
            mask[row, :width] = 1
        wanted = ["names", "quotes", "claims", *(["hidden"] if vectors else [])]
        names, quotes, claims, *hidden = self._session.run(
            wanted, {"ids": ids, "shapes": shapes, "mask": mask}
        )
        for row, piece in enumerate(batch):
            yield (
                _log_softmax(names[row][piece.heads]),
                _log_softmax(quotes[row][piece.heads]),
                _log_odds(claims[row]),
                hidden[0][row][piece.heads] if hidden else None,
            )


_Outcome = tuple[Any, Any, float, Any]


def _unsound() -> tuple[type[BaseException], ...]:
    """What ONNX Runtime raises for a file that is no sound network (bare Exceptions of its own)."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    names = (
        "Fail",
        "InvalidProtobuf",
        "InvalidGraph",
        "InvalidArgument",
        "NoModel",
        "NotImplemented",
    )
    return (ValueError, KeyError, TypeError, *(getattr(state, name) for name in names))


@contextmanager
def enough_memory() -> Iterator[None]:
    """Raise NewsdeskError where the memory does not suffice: Python says so, and so does ONNX
    Runtime, which has names of its own for it."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    try:
        yield
    except (MemoryError, state.RuntimeException, state.Fail) as error:
        if not isinstance(error, MemoryError) and "alloc" not in str(error).lower():
            raise
        raise NewsdeskError(
            "There is not enough memory for these suggestions. Nothing was changed. Close other "
            "programs and try again."
        ) from error


def _cut(
    sentence: str, offset: int, encoding: Any, number: int
) -> tuple[list[tuple[int, int]], list[_Piece]]:
    """Group word pieces into words, and words into passes of bounded length."""
    words: list[tuple[int, int]] = []
    groups: list[list[int]] = []
    last = None
    for place, word in enumerate(encoding.word_ids):
        first, stop = encoding.offsets[place]
        if word is not None and word == last:
            groups[-1].append(place)
            words[-1] = (words[-1][0], offset + stop)
        else:
            groups.append([place])
            words.append((offset + first, offset + stop))
        last = word
    pieces: list[_Piece] = []
    ids = encoding.ids
    for (start, end), group in zip(words, groups, strict=True):
        group = group[:_WINDOW]
        if not pieces or len(pieces[-1].ids) - 1 + len(group) > _WINDOW:
            pieces.append(_Piece([_START], [0], [], number))
        piece = pieces[-1]
        piece.heads.append(len(piece.ids))
        piece.ids.extend(ids[place] for place in group)
        piece.shapes.append(shape_of(sentence[start - offset : end - offset]))
        piece.shapes.extend([0] * (len(group) - 1))
    for piece in pieces:
        piece.ids.append(_STOP)
        piece.shapes.append(0)
    return words, pieces


_START, _STOP = 101, 102  # [CLS] and [SEP] of BERT's uncased vocabulary


def _batches(pieces: list[_Piece]) -> Iterable[list[int]]:
    """Places of pieces, like lengths together, so that little is padded."""
    order = sorted(range(len(pieces)), key=lambda place: len(pieces[place].ids))
    batch: list[int] = []
    real = 0
    for place in order:
        length = len(pieces[place].ids)
        size = (len(batch) + 1) * length
        padded = real >= _FEWEST and size - real - length > _PADDED * size
        if batch and (padded or size > _PIECES_A_BATCH):
            yield batch
            batch, real = [], 0
        batch.append(place)
        real += length
    if batch:
        yield batch


def _log_softmax(scores: Any) -> Any:
    import numpy as np

    top = scores.max(axis=-1, keepdims=True)
    return scores - top - np.log(np.exp(scores - top).sum(axis=-1, keepdims=True))


def _log_odds(scores: Any) -> float:
    """Log odds of the third class (check-worthy fact) against the other two."""
    no_fact, unimportant, worthy = (float(score) for score in scores)
    top = max(no_fact, unimportant)
    return worthy - top - math.log(math.exp(no_fact - top) + math.exp(unimportant - top))


def spans_of(
    rows: Any, words: Sequence[tuple[int, int]], tags: Sequence[str]
) -> list[tuple[int, int, str, float]]:
    """The best BIO path through ``rows`` as (start, end, label, mean probability of the label)."""
    import numpy as np

    if not len(words):
        return []
    path = best_path(rows)
    chances = np.exp(rows)
    found: list[tuple[int, int, str, list[float]]] = []
    for place, tag in enumerate(path):
        start, end = words[place]
        if tag == 0:
            continue
        label = tags[tag][2:]
        begin = tag if tag % 2 else tag - 1
        chance = float(chances[place, begin] + chances[place, begin + 1])
        if tag % 2 or not found:
            found.append((start, end, label, [chance]))
        else:
            first, _, old, seen = found[-1]
            found[-1] = (first, end, old, [*seen, chance])
    return [(start, end, label, sum(seen) / len(seen)) for start, end, label, seen in found]


def best_path(rows: Any) -> list[int]:
    """Viterbi over BIO tags (0 is O; odd tags begin, even ones continue what stands before)."""
    import numpy as np

    count, width = rows.shape
    likely = rows.argmax(axis=1)
    if _follows(likely):
        return [int(tag) for tag in likely]
    score = rows[0].copy()
    score[2::2] = -1e9
    begins = np.arange(1, width, 2)
    backs: list[Any] = []
    for place in range(1, count):
        best = int(score.argmax())
        back = np.full(width, best)
        fresh = np.full(width, score[best])
        inside = np.where(score[begins] > score[begins + 1], begins, begins + 1)
        back[begins + 1] = inside
        fresh[begins + 1] = score[inside]
        backs.append(back)
        score = fresh + rows[place]
    path = [int(score.argmax())]
    for back in reversed(backs):
        path.append(int(back[path[-1]]))
    return path[::-1]


def _follows(tags: Any) -> bool:
    """Whether every tag that continues stands after its own label: then the likeliest are best."""
    import numpy as np

    before = np.concatenate(([0], tags[:-1]))
    inside = (tags > 0) & (tags % 2 == 0)
    return bool(np.all(~inside | (before == tags) | (before == tags - 1)))


def calibrated(log_odds: float, curve: Sequence[float]) -> float:
    """Platt scaling (Platt 1999): `curve` is slope and offset of a logistic over log odds."""
    slope, offset = curve
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * log_odds + offset))))


def odds(chance: float) -> float:
    """Log odds of a probability, kept off the ends."""
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))
