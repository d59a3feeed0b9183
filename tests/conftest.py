"""What tests of every room share."""

from pathlib import Path

import numpy as np
import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NO_SHARED_DATA = "needs the evaluation photos in ../shared/data, which are not part of the repository"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked ``data``, and those that ask for ``shared_data``, are skipped where the photos are missing."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.data)
        if item.get_closest_marker("data") is not None and not SHARED_DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason=NO_SHARED_DATA))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of evaluation photos, read only."""
    if not SHARED_DATA.is_dir():
        pytest.skip(NO_SHARED_DATA)
    return SHARED_DATA


@pytest.fixture
def rng() -> np.random.Generator:
    """Random numbers that are the same in every run."""
    return np.random.default_rng(20241127)
