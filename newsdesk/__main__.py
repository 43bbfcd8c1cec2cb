"""The `newsdesk` command: the command line when given a verb, the window otherwise."""

import os
import sys
from pathlib import Path

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""What Qt finds a screen by on Linux."""


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments ask for; gives the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if _asks_for_window(given):
        if sys.platform.startswith("linux") and not any(map(os.environ.get, _SCREENS)):
            sys.stderr.write(
                "There is no display to open the window on. Nothing was changed; "
                "`newsdesk --help` lists what can be done without one.\n"
            )
            return 1
        from newsdesk.app import run_window

        return run_window(given[0] if given else None)
    from newsdesk.cli.program import run

    return run(given)


def _asks_for_window(given: list[str]) -> bool:
    """Whether there is no verb: nothing at all, or just a desk."""
    if not given:
        return True
    first = given[0]
    if len(given) > 1 or first.startswith("-"):
        return False
    if "://" in first or Path(first).name != first or Path(first).suffix:
        return True
    if not Path(first).exists():
        return False
    from newsdesk.cli.program import VERBS

    return first not in VERBS


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A bundle's spawned processes start here too: they must do their work, and open no window.
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
