"""Trainings that take no time, or for ever: what the dialog's process calls in tests."""

from __future__ import annotations

import time
from pathlib import Path

from newsdesk.model import NewsdeskError
from newsdesk.suggest.learning.report import Row, TrainingReport


def trained(place, out, told, *, pipeline, better=True):
    told("Learning", 0.5)
    Path(out).mkdir(parents=True)
    rows = (Row("PERSON", 12, (0.5, 0.5, 0.5), (0.75, 0.75, 0.75)),)
    return TrainingReport(out, "d" * 64, 8, 3, 140, rows, better, 1.0)


def trained_worse(place, out, told, *, pipeline):
    return trained(place, out, told, pipeline=pipeline, better=False)


def refused(place, out, told, *, pipeline):
    raise NewsdeskError("There is too little to learn from.")


def endless(place, out, told, *, pipeline):
    while True:
        told("Learning", 0.2)
        time.sleep(0.05)
