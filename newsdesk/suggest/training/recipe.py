"""Trains the network: many corpora at once, labels that a corpus lacks left open. Needs PyTorch."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found]
from torch.nn import functional  # type: ignore[import-not-found]

from newsdesk.model import NewsdeskError
from newsdesk.suggest.training.corpora import WEIGHT
from newsdesk.suggest.training.examples import Example
from newsdesk.suggest.training.features import (
    NAME_TAGS,
    QUOTE_TAGS,
    UNKNOWN,
    Features,
    features_of,
    other_case,
)
from newsdesk.suggest.training.network import Network

_MASK, _SPECIAL = 103, 103  # BERT's [MASK]; lower numbers are marks of its own
# The classes of worth that an answer allows; "not worth a check" allows two.
_MAY_BE = [[True, False, False], [False, True, False], [False, False, True], [True, True, False]]
_KEPT_EVERY = 180.0  # seconds between checkpoints
FEWEST = 50
"""Fewer examples than this teach nothing that lasts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train. `minutes` bounds the run by the clock: the rates sink to
    nothing as it runs out. `scale` shrinks the rates for a second round on a trained network.
    `hidden_pieces` is the share of word pieces replaced by [MASK], `debates` the share of the
    debates that takes part in a pass. With `words_frozen` the vectors of the word pieces stay as
    they are: half of the network's weights, which few sentences would pull about."""

    minutes: float = 52.0
    seed: int = 11
    batch: int = 48
    encoder_rate: float = 1.2e-4
    head_rate: float = 1e-3
    scale: float = 1.0
    threads: int = 2
    averaged_from: float = 0.6
    averaged: bool = True
    hidden_pieces: float = 0.0
    debates: float = 0.6
    words_frozen: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Where a run stands: share of its time, losses of names, quotes and claims."""

    done: float
    names: float
    quotes: float
    claims: float


def train(
    examples: Sequence[Example],
    tokenizer: Path,
    start_from: Path,
    keep: Path,
    plan: Plan,
    progress: Callable[[Step], bool],
    checkpoint: Path | None = None,
    others: Sequence[Sequence[Example]] = (),
) -> None:
    """Fine-tune and write the averaged weights to ``keep`` (a PyTorch file).

    ``start_from`` is MiniLM's model.safetensors, or weights of an earlier round (.pt). ``others``
    are the same examples with other names: in a pass half of the examples are taken from them.
    ``progress`` is told every 50 steps; if it returns False, training stops and keeps what it has.
    ``checkpoint`` is a file in which the run's state is kept every few minutes: a later call with
    the same file goes on from there. Raises NewsdeskError for too few examples.
    """
    if len(examples) < FEWEST:
        raise NewsdeskError(
            f"{len(examples)} sentences are too few to train on; at least {FEWEST} are needed. "
            "Nothing was changed. Accept more annotations first."
        )
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    dice = random.Random(plan.seed)
    data = [features_of(version, tokenizer) for version in (examples, *others)]
    network = Network(len(NAME_TAGS), len(QUOTE_TAGS))
    if start_from.suffix == ".safetensors":
        network.load_minilm(start_from)
    else:
        network.load_state_dict(torch.load(start_from, weights_only=True))
    network.word.weight.requires_grad_(not plan.words_frozen)
    average = _run(network, data, plan, dice, progress, checkpoint)
    torch.save((average if plan.averaged else None) or network.state_dict(), keep)
    if checkpoint is not None:
        checkpoint.unlink(missing_ok=True)


def _run(
    network: Any,
    data: Sequence[Sequence[Features]],
    plan: Plan,
    dice: random.Random,
    progress: Callable[[Step], bool],
    checkpoint: Path | None = None,
) -> dict[str, Any] | None:
    """The loop; returns an average of the later weights, or None if it never came so far."""
    optimizer = _optimizer(network, plan)
    rates = [group["lr"] for group in optimizer.param_groups]
    average, step, spent = _taken_up(network, optimizer, checkpoint)
    network.train()
    began = time.monotonic() - spent
    kept = time.monotonic()
    while True:
        for batch in _batches(data, plan, dice):
            done = (time.monotonic() - began) / (plan.minutes * 60)
            if done >= 1:
                return average
            warm = min(1.0, (step + 1) / 150) * max(0.01, 1 - done)
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * warm
            losses = _losses(network, batch, dice, plan.hidden_pieces)
            optimizer.zero_grad()
            total = losses[0] + 0.8 * losses[1] + 0.4 * losses[2]
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            if done > plan.averaged_from and step % 10 == 0:
                average = _averaged(average, network.state_dict())
            if checkpoint is not None and time.monotonic() - kept > _KEPT_EVERY:
                kept = time.monotonic()
                _keep(network, optimizer, average, step, kept - began, checkpoint)
            if step % 50 == 0 and not progress(Step(done, *(float(x.detach()) for x in losses))):
                return average


def _keep(
    network: Any,
    optimizer: Any,
    average: dict[str, Any] | None,
    step: int,
    spent: float,
    checkpoint: Path,
) -> None:
    """Write a run's state, whole or not at all."""
    state = {
        "network": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "average": average,
        "step": step,
        "spent": spent,
    }
    scratch = checkpoint.with_suffix(".part")
    torch.save(state, scratch)
    scratch.replace(checkpoint)


def _taken_up(
    network: Any, optimizer: Any, checkpoint: Path | None
) -> tuple[dict[str, Any] | None, int, float]:
    """The average, steps and seconds of a run that was cut off; nothing where there was none."""
    if checkpoint is None or not checkpoint.is_file():
        return None, 0, 0.0
    state = torch.load(checkpoint, weights_only=True)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    return state["average"], int(state["step"]), float(state["spent"])


def _optimizer(network: Any, plan: Plan) -> Any:
    heads = network.heads()
    fresh = {id(p) for p in heads}
    body = [p for p in network.parameters() if id(p) not in fresh and p.requires_grad]
    groups = [
        {"params": body, "lr": plan.encoder_rate * plan.scale},
        {"params": heads, "lr": plan.head_rate * plan.scale},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def _averaged(average: dict[str, Any] | None, state: dict[str, Any]) -> dict[str, Any]:
    """An exponential moving average of the weights (Polyak and Juditsky 1992)."""
    if average is None:
        return {name: value.clone() for name, value in state.items()}
    for name, value in state.items():
        average[name].lerp_(value, 0.02)
    return average


def _batches(
    data: Sequence[Sequence[Features]], plan: Plan, dice: random.Random
) -> Iterator[list[Features]]:
    """One pass: some debates and two fifths of the tweets sit it out; half of the examples have
    other names, where there are such; like lengths go together."""
    share = {"claimbuster": plan.debates, "btc": 0.6}
    pool = []
    for versions in zip(*data, strict=True):
        if dice.random() < share.get(versions[0].example.source, 1.0):
            other = len(versions) > 1 and dice.random() < 0.5
            pool.append(dice.choice(versions[1:]) if other else versions[0])
    dice.shuffle(pool)
    batches = []
    for first in range(0, len(pool), plan.batch * 50):
        chunk = sorted(pool[first : first + plan.batch * 50], key=lambda item: len(item.ids))
        batches += [chunk[at : at + plan.batch] for at in range(0, len(chunk), plan.batch)]
    dice.shuffle(batches)
    yield from batches


def _marginal(scores: Any, allowed: Any, weight: Any) -> Any:
    """The loss of names: the probability of all allowed tags is summed before the logarithm, so
    that a tag which the corpus hides is never counted as wrong (partial labels, Tsuboi et al.
    2008)."""
    chances = scores.float().log_softmax(-1)
    right = torch.logsumexp(chances.masked_fill(~allowed, -1e9), -1)
    return -(right * weight).sum() / weight.sum().clamp(min=1)


def _losses(
    network: Any, batch: Sequence[Features], dice: random.Random, hidden: float
) -> tuple[Any, Any, Any]:
    """Losses of names, quotes and claims."""
    count, length = len(batch), max(len(item.ids) for item in batch)
    ids = torch.zeros(count, length, dtype=torch.long)
    shapes, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    allowed = torch.ones(count, length, len(NAME_TAGS), dtype=torch.bool)
    weight = torch.zeros(count, length)
    quotes = torch.full((count, length), UNKNOWN)
    claims = torch.tensor([x.example.claim if x.example.claim >= 0 else UNKNOWN for x in batch])
    for row, item in enumerate(batch):
        width, heads = len(item.ids), torch.from_numpy(item.heads)
        ids[row, :width] = torch.from_numpy(item.ids)
        mask[row, :width] = 1
        known = item.allowed is not None
        shape = other_case(item.shapes, dice) if known else item.shapes
        shapes[row, :width] = torch.from_numpy(shape)
        if known:
            allowed[row, heads] = torch.from_numpy(item.allowed)
            weight[row, heads] = WEIGHT.get(item.example.source, 1.0)
        if item.quotes is not None:
            quotes[row, heads] = torch.from_numpy(item.quotes)
    if hidden:
        covered = (torch.rand(ids.shape) < hidden) & (ids > _SPECIAL)
        ids = ids.masked_fill(covered, _MASK)
    with torch.autocast("cpu", torch.bfloat16):
        name_scores, quote_scores, claim_scores, _ = network(ids, shapes, mask)
    names = _marginal(name_scores, allowed, weight)
    none = names * 0
    told = quote_scores.float().transpose(1, 2)
    seen = bool((quotes != UNKNOWN).any())
    quote = functional.cross_entropy(told, quotes, ignore_index=UNKNOWN) if seen else none
    judged = claims != UNKNOWN
    if not bool(judged.any()):
        return names, quote, none
    right = torch.tensor(_MAY_BE)[claims[judged]]
    chances = claim_scores.float()[judged].log_softmax(-1).masked_fill(~right, -1e9)
    claim = -torch.logsumexp(chances, -1).mean()
    return names, quote, claim * judged.float().mean() * 3.0


def merge(files: Sequence[Path], keep: Path) -> None:
    """Write the average of the weights in ``files`` to ``keep``."""
    states = [torch.load(file, weights_only=True) for file in files]
    torch.save({name: sum(s[name] for s in states) / len(states) for name in states[0]}, keep)


def finite(step: Step) -> bool:
    """Whether a run is still sound."""
    return all(math.isfinite(value) for value in (step.names, step.quotes, step.claims))
