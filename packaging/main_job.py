"""The main job of Newsdesk from the command line, as a user would do it, with every step shown.

The sample desk is made in a fresh folder, a sentence is proposed as a claim, a slip is undone, the
proposal is accepted, and the desk leaves as JSON with a picture of the window beside it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

Span = tuple[int, int]

# Roughly, and on one line: from a capital to the full stop.
_SENTENCE = re.compile(r"(?<![\w.])[A-Z][^.!?\n“”\"]{30,}[.]")


class StepFailed(Exception):
    """A step of the main job went wrong; the message holds what the command said."""


def has_display() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", os.environ.get("DISPLAY", ""))
    if local:  # a variable may outlive its server
        return Path(f"/tmp/.X11-unix/X{local.group(1)}").exists()
    return bool(os.environ.get("DISPLAY"))


def do(command: list[str], folder: Path) -> int:
    """Do the main job in a new folder and say where the results lie; returns the exit code."""
    try:
        exported, picture = job(command, folder)
    except StepFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    print(f"\nThe desk as JSON:          {exported.resolve()}")
    print(f"The picture of the window: {picture.resolve()}")
    return 0


def job(
    command: list[str], folder: Path, surroundings: Mapping[str, str] | None = None
) -> tuple[Path, Path]:
    """Do the main job with this `newsdesk` command; returns the JSON file and the PNG file.

    Raises StepFailed when a command fails, or when the export does not hold what was done.
    """
    folder.mkdir(parents=True)
    desk, first = str(folder / "sample.desk"), folder / "before.json"
    exported, picture = folder / "newsdesk.json", folder / "window.png"

    def newsdesk(*arguments: str) -> str:
        return _say_and_run([*command, *arguments], surroundings)

    newsdesk("sample", desk)
    newsdesk("export", "--desk", desk, "--format", "json", "--out", str(first))
    article, label, kept, slip = _choose(json.loads(first.read_text(encoding="utf-8")))
    tag = ["annotate", "--desk", desk, "--article", article, "--label", label, "--json"]
    done = json.loads(newsdesk(*tag, "--proposed", "--span", *map(str, kept)))
    undone = json.loads(newsdesk(*tag, "--span", *map(str, slip)))
    newsdesk("undo", "--desk", desk)
    newsdesk("accept", "--desk", desk, "--article", article)
    newsdesk("check", "--desk", desk, "--json")
    newsdesk("export", "--desk", desk, "--format", "json", "--out", str(exported))
    newsdesk("shot", "--desk", desk, "--article", article, "--out", str(picture))
    dataset = json.loads(exported.read_text(encoding="utf-8"))
    _prove(dataset, article, done["id"], undone["id"])
    if not picture.read_bytes().startswith(b"\x89PNG\r\n\x1a\n"):
        raise StepFailed(f"{picture} is no PNG file.")
    return exported, picture


def _say_and_run(command: list[str], surroundings: Mapping[str, str] | None) -> str:
    shown = shlex.join(["newsdesk", *command[command.index("newsdesk") + 1 :]])
    print(f"  {shown}", flush=True)
    result = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=surroundings, check=False
    )
    if result.returncode:
        raise StepFailed(f"{shown}\nended with code {result.returncode}:\n{result.stderr}")
    return result.stdout


def _choose(dataset: dict[str, Any]) -> tuple[str, str, Span, Span]:
    """An article, the claims' label, a sentence to propose as a claim, and one for the slip."""
    label = next(each["name"] for each in dataset["codebook"] if each["layer"] == "claim")
    for article in dataset["articles"]:
        claims = [
            span
            for each in article["annotations"]
            if each["layer"] == "claim"
            for span in each["spans"]
        ]
        free = [
            found.span()
            for found in _SENTENCE.finditer(article["text"])
            if all(found.end() <= start or end <= found.start() for start, end in claims)
        ]
        if len(free) >= 2:
            return cast(str, article["id"]), label, free[0], free[1]
    raise StepFailed("The sample desk has no article with two sentences that are no claim yet.")


def _prove(dataset: dict[str, Any], article: str, kept: str, slip: str) -> None:
    """Raise StepFailed unless the export holds what was kept, lacks the slip, and quotes truly."""
    chosen = next(each for each in dataset["articles"] if each["id"] == article)
    statuses = {each["id"]: each["status"] for each in chosen["annotations"]}
    if statuses.get(kept) != "accepted" or slip in statuses:
        raise StepFailed("The export does not hold what was accepted, or still holds the slip.")
    for each in dataset["articles"]:
        for annotation in each["annotations"]:
            texts = [each["text"][start:end] for start, end in annotation["spans"]]
            if annotation["text"] != texts:
                raise StepFailed(f"Annotation {annotation['id']} does not quote its article truly.")
