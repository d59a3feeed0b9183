"""What tests of this room share."""

import json
from pathlib import Path
from typing import Any

import pytest

import fixtures

InventedPhotos = list[tuple[Path, dict[str, Any]]]
NO_INVENTED_PHOTOS = "needs the photos of invented people, which `make fixtures` renders"


@pytest.fixture(scope="session")
def invented_photos() -> InventedPhotos:
    """The good photos of invented people with their truth, in the order of ``fixtures/truth.json``."""
    if not fixtures.TRUTH.is_file():
        pytest.skip(NO_INVENTED_PHOTOS)
    photos = json.loads(fixtures.TRUTH.read_text(encoding="utf-8"))["photos"]
    return [(fixtures.UPLOADS / photo["path"], photo) for photo in photos if photo["status"] == "ok"]
