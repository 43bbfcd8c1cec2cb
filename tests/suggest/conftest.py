"""The shipped pipeline, loaded once for all tests of this room."""

from __future__ import annotations

import pytest

from newsdesk.suggest.suggester import PipelineSuggester, own_suggester


@pytest.fixture(scope="session")
def english() -> PipelineSuggester:
    """Newsdesk's own pipeline."""
    return own_suggester()
