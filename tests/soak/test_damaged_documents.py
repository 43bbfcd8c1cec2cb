"""Ten thousand damaged documents of each format: none does harm."""

import pytest

from tests.formats.test_fuzz_articles import WHOLE, survive


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(WHOLE))
def test_ten_thousand_damaged_documents_do_no_harm(name: str) -> None:
    assert survive(name, 10_000, seed=2) > 0
