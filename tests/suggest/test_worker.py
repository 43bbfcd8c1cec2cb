"""The pipeline in a process of its own: answers, says what is wrong, and is started again."""

import pytest

from newsdesk.model import Layer, NewsdeskError
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


def test_what_is_wrong_with_a_pipeline_is_said(tmp_path):
    broken = Worker(tmp_path)
    with pytest.raises(NewsdeskError, match="pipeline"):
        broken.suggest("Ada.")
    broken.close()


def test_a_worker_that_dies_twice_gives_up(worker, monkeypatch):
    monkeypatch.setattr("newsdesk.suggest.worker.serve", _dies)
    with pytest.raises(NewsdeskError, match="twice"):
        worker.suggest("Ada.")


def _dies(line, folder):
    line.close()


def test_a_question_can_be_given_up(worker):
    def enough():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worker.suggest("Ada.", enough)
    assert worker.suggest("Ada Berg said so.", lambda: None).origin
