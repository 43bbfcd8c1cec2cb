"""Jobs: work on another thread, heard of on this one, shown late, and stopped when asked."""

from __future__ import annotations

import logging
import threading
import time

import pytest

from newsdesk.model import NewsdeskError
from newsdesk.ui.jobs import Jobs


@pytest.fixture
def jobs(qapp):
    made = Jobs()
    yield made
    assert made.stop_all()


class Heard:
    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[Exception] = []
        self.cancelled = 0
        self.threads: set[int] = set()

    def on_done(self, outcome: object) -> None:
        self.done.append(outcome)
        self.threads.add(threading.get_ident())

    def on_failed(self, error: Exception) -> None:
        self.failed.append(error)
        self.threads.add(threading.get_ident())

    def on_cancelled(self) -> None:
        self.cancelled += 1
        self.threads.add(threading.get_ident())


@pytest.fixture
def heard() -> Heard:
    return Heard()


def start(jobs: Jobs, heard: Heard, work):
    return jobs.run("Work", work, heard.on_done, heard.on_failed, heard.on_cancelled)


def test_work_is_done_elsewhere_and_heard_of_here(qtbot, jobs: Jobs, heard: Heard) -> None:
    start(jobs, heard, lambda report: threading.get_ident())
    qtbot.waitUntil(lambda: bool(heard.done))
    assert heard.done[0] != threading.get_ident()
    assert heard.threads == {threading.get_ident()}
    assert jobs.running == []


def test_a_result_that_is_an_editor_s_error_is_a_failure(qtbot, jobs: Jobs, heard: Heard) -> None:
    def work(report) -> None:
        raise NewsdeskError("The disk is full.")

    start(jobs, heard, work)
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert str(heard.failed[0]) == "The disk is full."
    assert heard.done == []


def test_a_fault_is_logged_by_its_kind_alone(
    qtbot, jobs: Jobs, heard: Heard, no_unexpected_warning
) -> None:
    def work(report) -> None:
        raise ValueError("words of an article")

    start(jobs, heard, work)
    qtbot.waitUntil(lambda: bool(heard.failed))
    said = [record.getMessage() for record in no_unexpected_warning]
    assert len(said) == 1
    assert "ValueError" in said[0]
    assert "article" not in said[0]
    assert no_unexpected_warning[0].levelno == logging.ERROR
    no_unexpected_warning.clear()


def test_progress_arrives_here_and_ends_at_the_total(qtbot, jobs: Jobs, heard: Heard) -> None:
    def work(report) -> None:
        for number in range(200):
            report(number, 200)
        report(200, 200)

    seen: list[tuple[int, int]] = []
    job = start(jobs, heard, work)
    job.progress.connect(lambda finished, total: seen.append((finished, total)))
    qtbot.waitUntil(lambda: bool(heard.done) and bool(seen) and seen[-1] == (200, 200))
    assert seen == sorted(seen)


def test_a_cancelled_job_stops_at_its_next_report(qtbot, jobs: Jobs, heard: Heard) -> None:
    begun = threading.Event()

    def work(report) -> None:
        while True:
            begun.set()
            report(1, 0)
            time.sleep(0.001)

    job = start(jobs, heard, work)
    assert begun.wait(10)
    job.cancel()
    qtbot.waitUntil(lambda: heard.cancelled == 1)
    assert heard.done == heard.failed == []


def test_a_job_that_lasts_says_so_once(qtbot, jobs: Jobs, heard: Heard) -> None:
    go = threading.Event()
    job = start(jobs, heard, lambda report: go.wait(20))
    with qtbot.waitSignal(job.overdue):
        pass
    assert job in jobs.running
    assert job.seconds >= 0.2
    go.set()
    qtbot.waitUntil(lambda: bool(heard.done))


def test_closing_waits_for_the_threads(qtbot, jobs: Jobs, heard: Heard) -> None:
    def work(report) -> None:
        while True:
            report(0, 0)
            time.sleep(0.001)

    start(jobs, heard, work)
    assert jobs.stop_all()


def test_what_comes_home_at_the_end_is_told_to_nobody(qtbot, jobs: Jobs, heard: Heard) -> None:
    go = threading.Event()
    start(jobs, heard, lambda report: go.wait(20))
    threading.Timer(0.05, go.set).start()
    assert jobs.stop_all()
    qtbot.waitUntil(lambda: not jobs.running)
    assert (heard.done, heard.failed, heard.cancelled) == ([], [], 0)
