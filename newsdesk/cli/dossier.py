"""The verbs that write the dossier of a claim, and check one that somebody sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from newsdesk.cli.options import AsJson, ClaimId, DeskPlace, Redact, desk_at
from newsdesk.cli.telling import counted, line, tell, tell_object
from newsdesk.provenance.redaction import Redaction


def dossier(
    desk: DeskPlace,
    claim: ClaimId,
    out: Annotated[
        Path, typer.Option("--out", metavar="PATH", help="A new folder, or a file ending in .zip.")
    ],
    redact: Redact = Redaction.STANDARD,
    as_json: AsJson = False,
) -> None:
    """Write the dossier of a claim.

    A page to read, the records, PROV, ClaimReview, the copies of the evidence, the hashes of the
    journal, and a manifest with the SHA-256 of every file. The same desk gives the same bytes.
    """
    from newsdesk.desk.dossier import write_dossier
    from newsdesk.desk.dossier_checking import verify_dossier

    with desk_at(desk) as opened:
        place = write_dossier(opened, claim, out, redact=redact)
    report = verify_dossier(place)
    if as_json:
        tell_object({"path": str(place), "manifest": report.manifest, "files": report.files})
    else:
        tell(f"Wrote {counted(report.files, 'file')} to {line(place)}.")
        tell(f"Note down the SHA-256 of its manifest: {report.manifest}")


def verify(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The folder or zip archive of a dossier.")
    ],
    manifest: Annotated[
        str | None,
        typer.Option("--manifest", metavar="SHA256", help="What was noted down when it was made."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a dossier, without a desk and without the network.

    Its files against the manifest, the passages against the copies, PROV and ClaimReview against
    the records. Ends with 1 where something is wrong.
    """
    from newsdesk.desk.dossier import MANIFEST
    from newsdesk.desk.dossier_checking import Fault, verify_dossier

    report = verify_dossier(path)
    if manifest is not None and manifest.strip().lower() != report.manifest:
        report.faults.insert(0, Fault(file=MANIFEST, message="it is not the one noted down"))
    if as_json:
        tell_object({"sound": report.sound, **msgspec.to_builtins(report)})
    else:
        for fault in report.faults:
            tell(f"{line(fault.file)}: {line(fault.message)}")
        if report.sound:
            tell(
                f"Sound: {counted(report.files, 'file')}, {counted(report.passages, 'passage')}. "
                f"“{line(report.statement)}”"
            )
        tell(f"The SHA-256 of its manifest: {report.manifest}")
    if not report.sound:
        raise typer.Exit(1)


VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "dossier": (dossier, "newsdesk dossier --desk sample.desk --claim ID --out claim.zip"),
    "verify-dossier": (verify, "newsdesk verify-dossier claim.zip"),
}
"""Each verb, and an example for its help."""
