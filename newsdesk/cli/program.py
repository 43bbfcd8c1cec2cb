"""The program of the command line: its verbs, and how it says what went wrong."""

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

import newsdesk
from newsdesk.cli import (
    codebooks,
    converting,
    corrections,
    datasets,
    desks,
    dossier,
    entities,
    evidence,
    exporting,
    finding,
    history,
    marking,
    merging,
    picture,
    provenance,
    reading,
    suggesting,
    training,
)
from newsdesk.cli.crash import report_unexpected
from newsdesk.cli.telling import say, tell
from newsdesk.model import NewsdeskError

VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "new": (desks.new, "newsdesk new trial.desk"),
    "sample": (desks.sample, "newsdesk sample sample.desk"),
    "import": (datasets.import_files, "newsdesk import --desk trial.desk article.txt --yes"),
    "list": (reading.list_articles, "newsdesk list --desk sample.desk --json"),
    "show": (reading.show, "newsdesk show --desk sample.desk --article ID"),
    "search": (finding.search, "newsdesk search --desk sample.desk harbour strike"),
    "annotations": (
        finding.list_annotations,
        "newsdesk annotations --desk sample.desk --label PERSON --status proposed --unlinked",
    ),
    "searches": (finding.searches, "newsdesk searches --desk sample.desk --json"),
    "annotate": (
        marking.annotate,
        "newsdesk annotate --desk sample.desk --article ID --label PERSON --span 0 5 --json",
    ),
    "suggest": (suggesting.suggest, "newsdesk suggest --desk sample.desk --article ID"),
    "accept": (marking.accept, "newsdesk accept --desk sample.desk --min-confidence 0.9"),
    "reject": (marking.reject, "newsdesk reject --desk sample.desk --article ID --label DATE"),
    "claims": (reading.claims, "newsdesk claims --desk sample.desk --json"),
    **provenance.VERBS,
    **corrections.VERBS,
    **dossier.VERBS,
    **entities.VERBS,
    "export": (
        exporting.export,
        "newsdesk export --desk sample.desk --format jsonl --out set --label PERSON --split 8/1/1",
    ),
    "verify-dataset": (exporting.verify_dataset, "newsdesk verify-dataset set --json"),
    "formats": (datasets.formats, "newsdesk formats --json"),
    "merge": (merging.merge, "newsdesk merge --desk news.desk copy.desk --rule newer"),
    "convert": (converting.convert, "newsdesk convert set.jsonl --to cas-xmi --out set-xmi"),
    "train": (training.train, "newsdesk train --desk sample.desk --out our-pipeline"),
    "evaluate": (suggesting.evaluate, "newsdesk evaluate gold.json predicted.jsonl --json"),
    "log": (history.log, "newsdesk log --desk sample.desk --verify"),
    "undo": (history.undo, "newsdesk undo --desk sample.desk"),
    "redo": (history.redo, "newsdesk redo --desk sample.desk"),
    "check": (desks.check, "newsdesk check --desk sample.desk --json"),
    "backup": (desks.backup, "newsdesk backup --desk sample.desk --to copy.desk"),
    "graph": (
        picture.graph,
        "newsdesk graph --desk sample.desk --claim ID --out claim.svg",
    ),
    "shot": (
        picture.shot,
        "newsdesk shot --desk sample.desk --article ID --out window.png --scale 2",
    ),
}
"""Each verb, what does it, and an example for its help."""


STOPPED = 130
"""The exit code of Ctrl+C."""


class Verbs(TyperGroup):
    """Says expected errors in one plain message on stderr, with exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb that the arguments name."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = in_plain_words(error.message)
            raise
        except NewsdeskError as error:
            say(str(error))
            raise typer.Exit(1) from error
        except BrokenPipeError:
            raise  # whoever read our output has read enough
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            say(f"{where}{error.strerror or error}. Put that right, then do it again.")
            raise typer.Exit(1) from error


PLAINER = (
    ("Value error, ", ""),
    (", unable to parse string as an integer", ""),
    (", unable to parse string as a number", ""),
    ("Input should be a valid integer", "it takes a whole number, such as 7."),
    ("Input should be a valid number", "it takes a number, such as 0.5."),
    ("Input should be greater than or equal to ", "it must be at least "),
    ("Input should be less than or equal to ", "it must be at most "),
)
"""What Typer says of a wrong value, and how a person would."""


def in_plain_words(message: str) -> str:
    """What is wrong with an option's value, without the words of programs."""
    for said, plain in PLAINER:
        message = message.replace(said, plain)
    return message if not message or message.endswith(".") else f"{message}."


def _version(asked: bool) -> None:
    if asked:
        tell(f"newsdesk {newsdesk.__version__}")
        raise typer.Exit


def _start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Annotate articles, and follow every claim back to where it came from.

    Without a verb, or with just a desk, the window opens. Exit codes: 0 done, 1 an expected
    error (said on stderr), 2 wrong usage, 3 done in part (the report says what was left).
    """


def build() -> typer.Typer:
    """The program with all its verbs."""
    program = typer.Typer(
        name="newsdesk",
        cls=Verbs,
        callback=_start,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        add_completion=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name, (function, example) in VERBS.items():
        kind = marking.SpanPairs if name == "annotate" else TyperCommand
        program.command(name, cls=kind, epilog=f"\b\nExample:\n  {example}")(function)
    program.add_typer(codebooks.group())
    program.add_typer(evidence.group())
    return program


def run(arguments: list[str]) -> int:
    """Do one verb; gives the exit code."""
    sys.excepthook = report_unexpected
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        typer.main.get_command(build()).main(arguments, prog_name="newsdesk")
    except SystemExit as end:
        if end.code == STOPPED:
            say("Stopped. What was not done is not kept; do it again when you like.")
        return end.code if isinstance(end.code, int) else 1
    return 0
