"""Ten thousand damaged files, and many random datasets, through each of other tools' formats."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.formats.returning import check_return, datasets
from tests.formats.samples import Given
from tests.formats.test_fuzz_standoff import FORMATS, survive

KEEPING = sorted(FORMATS.keys() - {"conll", "refi-qdc"})


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_ten_thousand_damaged_files_do_no_harm(name: str) -> None:
    assert survive(name, 10_000, seed=2) > 1_000


@pytest.mark.soak
@pytest.mark.parametrize("name", KEEPING)
@settings(max_examples=2_000, suppress_health_check=list(HealthCheck), deadline=None)
@given(datasets())
def test_every_dataset_returns(name: str, dataset: Given) -> None:
    check_return(FORMATS[name], dataset)
