"""What a desk must withstand, at any number of repetitions: kills, rivals, torn logs, bad disks."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path

from newsdesk.desk import Desk, create_desk, open_desk
from newsdesk.desk.articles import add_article
from newsdesk.desk.attributing import mark_quote
from newsdesk.model import Article, Label, Layer, Record, encoded, new_article
from newsdesk.store.rows import KINDS

ROOT = Path(__file__).resolve().parents[2]
WRITER = Path(__file__).with_name("writer.py")
EXAMINER = Path(__file__).with_name("examiner.py")
SPOKEN = "“Harbour line {n} opens late, 🚆 says the notice,” said Zoë Ångström of berth {n}."
SENTENCES = 1_200


def prepared(place: Path, sentences: int = SENTENCES) -> str:
    """Make a desk with the labels of a quote and one article to write in; give the article's id."""
    desk = create_desk(place, "Preparer")
    text = "\n".join(SPOKEN.format(n=n) for n in range(sentences))
    with desk.change("Prepare"):
        for at, layer in enumerate((Layer.QUOTE, Layer.SOURCE, Layer.CUE, Layer.ENTITY)):
            desk.put(Label(name=layer.name, layer=layer, position=at))
        article = add_article(desk, new_article(text, title="Harbour lines"), outlet="The Berth")
    desk.close()
    return article.id


def quote_nth(desk: Desk, article: Article, n: int) -> None:
    """Tag the quote of the n-th sentence with its speaker and cue: one change of many records."""
    at = article.text.index(SPOKEN.format(n=n))
    end = article.text.index("”", at)
    cue = article.text.index("said", end)
    speaker = article.text.index("Zoë", end)
    mark_quote(
        desk,
        article,
        [(at + 1, end)],
        speaker=(speaker, speaker + len("Zoë Ångström")),
        cue=(cue, cue + len("said")),
    )


def digest(record: Record) -> str:
    """A record's content as a short text."""
    return sha256(encoded(record)).hexdigest()[:24]


def everything(desk: Desk) -> dict[str, str]:
    """The digest of every record of a desk, by kind and id."""
    return {
        f"{name} {one.id}": digest(one) for name, kind in KINDS.items() for one in desk.each(kind)
    }


def wrong_with(desk: Desk) -> list[str]:
    """What a check finds, and what the journal has that the tables lack, or the other way."""
    wrong = [f"{one.where}: {one.what}" for one in desk.check()]
    stands: dict[str, bool] = {}
    for revision in reversed(desk.log()):
        for entry in chain.from_iterable(desk.journalled(revision.seq)):
            stands[f"{entry.kind} {entry.record}"] = bool(entry.is_birth or entry.after)
    there = set(everything(desk))
    kept = {one for one, is_kept in stands.items() if is_kept}
    wrong += [f"{one}: journalled, but not there" for one in kept - there]
    wrong += [f"{one}: there, but not journalled" for one in there - kept]
    return wrong


# A process that is killed while it saves


def start_writer(
    place: Path, article: str, author: str, first: int, count: int
) -> subprocess.Popen[str]:
    """Start a process that saves `count` changes and acknowledges each on its stdout."""
    command = [sys.executable, str(WRITER), str(place), article, author, str(first), str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")


def acknowledged(lines: Iterable[str]) -> list[dict[str, str]]:
    """The records of each acknowledged change; a last line that was cut off counts for nothing."""
    return [json.loads(line) for line in lines if line.endswith("\n")]


def kill_while_saving(folder: Path, kills: int, seed: int) -> int:
    """Kill a writer again and again; give how many changes it had acknowledged before.

    Asserts after each kill that all of them are present, none by half, and the chain intact.
    """
    chance = random.Random(seed)
    total = 0
    for one in range(kills):
        if one % 20 == 0:
            place, first = folder / f"killed-{one}.desk", 0
            article = prepared(place)
        acks = _killed_run(place, article, first, chance)
        total += len(acks)
        first = _check_after_kill(place, acks) + 1
    return total


def _killed_run(
    place: Path, article: str, first: int, chance: random.Random
) -> list[dict[str, str]]:
    with start_writer(place, article, "Writer", first, SENTENCES) as writer:
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(chance.randint(1, 5))]
        try:
            writer.wait(chance.uniform(0, 0.03))
        except subprocess.TimeoutExpired:
            writer.kill()
        lines += writer.stdout.readlines()
    return acknowledged(lines)


def _check_after_kill(place: Path, acks: list[dict[str, str]]) -> int:
    desk = open_desk(place, "Checker")
    try:
        present = everything(desk)
        for ack in acks:
            assert ack.items() <= present.items(), "an acknowledged change is lost"
        assert wrong_with(desk) == []
        quotes = [one for one in desk.log() if one.author == "Writer"]
        return len(quotes)
    finally:
        desk.close()


# Several processes that write to one desk


def write_together(place: Path, writers: int, changes: int) -> None:
    """Let processes write at once; asserts that every change is there, and the chain whole."""
    article = prepared(place)
    span = SENTENCES // writers
    running = [
        start_writer(place, article, f"Writer {n}", n * span, changes) for n in range(writers)
    ]
    acks = [acknowledged(writer.communicate()[0].splitlines(keepends=True)) for writer in running]
    assert [writer.returncode for writer in running] == [0] * writers
    assert [len(one) for one in acks] == [changes] * writers
    desk = open_desk(place, "Checker")
    try:
        present = everything(desk)
        assert all(one.items() <= present.items() for ack in acks for one in ack)
        assert wrong_with(desk) == []
        revisions = desk.log()
        assert len(revisions) == 1 + writers * changes
        for n in range(writers):
            assert sum(one.author == f"Writer {n}" for one in revisions) == changes
    finally:
        desk.close()


# A write-ahead log that was torn


def tear_log(folder: Path, places: int, seed: int) -> set[int]:
    """Open copies of a desk whose log is cut, blanked or altered somewhere.

    Asserts that each shows a prefix of what was done, whole and sound; gives the prefixes seen.
    """
    place = folder / "whole.desk"
    article = prepared(place, sentences=60)
    desk = open_desk(place, "Writer")
    states = {1: everything(desk)}
    for n in range(30):
        quote_nth(desk, desk.article(article), n)
        states[desk.log(limit=1)[0].seq] = everything(desk)
    base, log = place.read_bytes(), place.with_name(place.name + "-wal").read_bytes()
    desk.close()
    chance = random.Random(seed)
    return {
        _opened_torn(folder / "torn.desk", base, torn, states)
        for torn in _torn(log, places, chance)
    }


def _torn(log: bytes, places: int, chance: random.Random) -> Iterator[bytes]:
    for one in range(places):
        at = chance.randrange(len(log))
        how = ("cut", "blanked", "noise", "bit")[one % 4]
        if how == "cut":
            yield log[:at]
        elif how == "blanked":
            yield log[:at] + bytes(len(log) - at)
        elif how == "noise":
            yield log[:at] + chance.randbytes(len(log) - at)
        else:
            yield log[:at] + bytes([log[at] ^ 1 << chance.randrange(8)]) + log[at + 1 :]


def _opened_torn(place: Path, base: bytes, log: bytes, states: dict[int, dict[str, str]]) -> int:
    for end in ("", "-wal", "-shm"):
        place.with_name(place.name + end).unlink(missing_ok=True)
    place.write_bytes(base)
    place.with_name(place.name + "-wal").write_bytes(log)
    desk = open_desk(place, "Checker")
    try:
        reached = desk.log(limit=1)[0].seq
        assert everything(desk) == states[reached]
        assert wrong_with(desk) == []
        return reached
    finally:
        desk.close()


# A file that a bad disk altered


def mutate_file(folder: Path, places: int, seed: int) -> dict[str, int]:
    """Examine copies of a desk altered somewhere; give how often each outcome came.

    Asserts that none crashes the program or shows a wrong text as if it were right.
    """
    place = folder / "sound.desk"
    article = prepared(place, sentences=80)
    desk = open_desk(place, "Writer")
    for n in range(0, 80, 2):
        quote_nth(desk, desk.article(article), n)
    truth = everything(desk)
    text = desk.article(article).text
    desk.close()
    (folder / "truth.json").write_text(json.dumps({"records": truth, "texts": {article: text}}))
    sound = place.read_bytes()
    chance = random.Random(seed)
    outcomes: dict[str, int] = {}
    for batch in range(0, places, 50):
        names = []
        for one in range(batch, min(batch + 50, places)):
            path = folder / f"mutant-{one}.desk"
            path.write_bytes(mutant(sound, one, chance))
            names.append(path)
        for path, outcome in _examined(folder / "truth.json", names):
            assert not outcome.startswith("FAILED"), f"{path}: {outcome}"
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
            path.unlink()
    return outcomes


def mutant(sound: bytes, nth: int, chance: random.Random) -> bytes:
    """A file altered in one of the ways in which disks and copies fail."""
    size = int.from_bytes(sound[16:18], "big")
    at = chance.randrange(len(sound))
    page = at // size * size
    how = ("bit", "bit", "run", "header", "page", "swap", "cut")[nth % 7]
    if how == "header":
        at = chance.randrange(100)
    if how in ("bit", "header"):
        return sound[:at] + bytes([sound[at] ^ 1 << chance.randrange(8)]) + sound[at + 1 :]
    if how == "run":
        noise = chance.randbytes(min(chance.randint(2, 64), len(sound) - at))
        return sound[:at] + noise + sound[at + len(noise) :]
    if how == "page":
        return sound[:page] + bytes(size) + sound[page + size :]
    if how == "swap":
        other = chance.randrange(len(sound) // size) * size
        return sound[:page] + sound[other : other + size] + sound[page + size :]
    return sound[:at]


def _examined(truth: Path, mutants: list[Path]) -> Iterator[tuple[Path, str]]:
    command = [sys.executable, str(EXAMINER), str(truth), *map(str, mutants)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600, check=False
    )
    outcomes = done.stdout.splitlines()
    if done.returncode or len(outcomes) != len(mutants):
        outcomes.append(f"FAILED: the examiner ended with {done.returncode}: {done.stderr[-2000:]}")
    yield from zip(mutants, outcomes, strict=False)
