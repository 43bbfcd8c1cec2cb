"""The pipeline in a process of its own: answers, says what is wrong, and is started again."""

import sys
import time
from pathlib import Path

import pytest

from newsdesk.model import Layer, NewsdeskError
from newsdesk.settings import shipped
from newsdesk.suggest import Proposals
from newsdesk.suggest.suggester import own_suggester
from newsdesk.suggest.worker import Worker


@pytest.fixture
def worker():
    made = Worker()
    yield made
    made.close()


def test_a_worker_answers_and_survives_the_death_of_its_process(worker):
    found = worker.suggest("“It rained 😀,” said Anna Berg.")
    assert found.layer(Layer.QUOTE)
    first = worker._process
    first.kill()
    first.join()
    assert worker.suggest("“It rained 😀,” said Anna Berg.") == found
    assert worker._process is not first
    assert worker.restarts == 1 and worker.loaded


def test_what_is_wrong_with_a_pipeline_is_said(tmp_path):
    broken = Worker(tmp_path)
    with pytest.raises(NewsdeskError, match="pipeline"):
        broken.suggest("Ada.")
    broken.close()


def test_a_worker_that_dies_twice_gives_up(worker, monkeypatch):
    monkeypatch.setattr("newsdesk.suggest.worker.serve", _dies)
    with pytest.raises(NewsdeskError, match="twice"):
        worker.suggest("Ada.")


def _dies(line, folder, pinned):
    line.close()


def test_a_question_can_be_given_up(worker):
    def enough(finished, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worker.suggest("Ada.", enough)
    assert worker.suggest("Ada Berg said so.", lambda finished, total: None).origin


def test_how_far_a_long_text_is_read_is_told(worker, monkeypatch):
    monkeypatch.setattr("newsdesk.suggest.worker.serve", _slow)
    told = []
    assert worker.suggest("Ada.", lambda *far: told.append(far)).origin == "slow"
    assert (5, 10) in told
    assert set(told) <= {(0, 0), (5, 10)}


def _slow(line, folder, pinned):
    line.recv()
    for far in ((0, 0), (5, 10)):
        line.send(far)
    time.sleep(0.3)
    line.send(Proposals(origin="slow"))


def test_pieces_of_a_long_text_are_told(monkeypatch):
    monkeypatch.setattr("newsdesk.suggest.suggester.LONGEST", 30)
    told, text = [], "Nothing is said here.\n\n" * 3
    own_suggester().suggest(text, told=lambda *far: told.append(far))
    assert len(told) > 1 and told == sorted(told) and told[-1] == (len(text), len(text))


def test_a_folder_that_changed_since_it_was_chosen_is_not_loaded():
    pinned = Worker(shipped("resources", "models", "en_newsdesk"), "0" * 64)
    with pytest.raises(NewsdeskError, match="changed since"):
        pinned.suggest("Ada.")
    pinned.close()


class _Line:
    """One question, and what is answered."""

    def __init__(self) -> None:
        self.answers: list[object] = []

    def recv(self) -> tuple[str, tuple[()]]:
        if any(isinstance(one, str) for one in self.answers):
            raise EOFError
        return "Text.", ()

    def send(self, answer: object) -> None:
        self.answers.append(answer)


def test_a_lack_of_memory_is_said_by_python_or_by_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from onnxruntime.capi.onnxruntime_pybind11_state import RuntimeException

    from newsdesk.suggest.suggester import PipelineSuggester
    from newsdesk.suggest.worker import serve

    for error in (MemoryError(), RuntimeException("Failed to allocate memory")):

        def full(*_: object, error: BaseException = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(PipelineSuggester, "suggest", full)
        asked = _Line()
        serve(asked, None)  # type: ignore[arg-type]
        assert "not enough memory" in str(asked.answers[-1])
    monkeypatch.setattr(PipelineSuggester, "suggest", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        serve(_Line(), None)  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform != "linux", reason="limits another process's memory")
def test_a_process_that_gets_no_more_memory_is_told_of_or_started_again(worker: Worker) -> None:
    import resource

    said = "“It rained 😀,” said Anna Berg."
    found = worker.suggest(said)
    process = worker._process
    assert process is not None and process.pid is not None
    size = int(Path(f"/proc/{process.pid}/statm").read_text().split()[0]) * resource.getpagesize()
    resource.prlimit(process.pid, resource.RLIMIT_AS, (size + 4_000_000, resource.RLIM_INFINITY))
    told = ""
    try:
        worker.suggest(said * 3_000)
    except NewsdeskError as error:
        told = str(error)
        unlimited = resource.RLIM_INFINITY
        resource.prlimit(process.pid, resource.RLIMIT_AS, (unlimited, unlimited))
    assert "not enough memory" in told or worker.restarts == 1, "it had what it was refused"
    assert worker.suggest(said) == found
