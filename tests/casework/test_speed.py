"""A database of 100,000 photos: a list in under 50 ms, a scan of unchanged files at 2,000 a second.

The goals are met on a machine that does nothing else; docs/database.md has the figures. Beside another busy test the
same takes two to four times as long, so what fails here is only what has become slower than that.
"""

import statistics
import sys
import time
from pathlib import Path

import pytest

from casework.database import Database
from casework.queries import Filter, list_findings
from screening import stamps
from tests.casework.big import fill, office_scan
from tests.casework.made_up import StandIn, nothing_asked

COUNT = 100_000
GOAL_MS, GOAL_RATE = 50, 2000
BESIDE_OTHERS = 4
FILTERS = (
    Filter(),
    Filter(election="contoh"),
    Filter(election="contoh", state="suggested", strength="strong"),
    Filter(strength="weak"),
    Filter(candidate="sari"),
    Filter(candidate="wati", symbol="three"),
    Filter(symbol="one"),
    Filter(uploader="asn-007"),
    Filter(agency="Dinas 7"),
    Filter(posted_from="2018-03-10", posted_to="2018-03-12"),
    Filter(agency="Dinas 3", candidate="budi", strength="medium"),
    Filter(current=False),
    Filter(state="rejected"),
    Filter(changed=True),
)


def list_times(database: Database, rounds: int) -> list[float]:
    """Milliseconds of each list: the first page, the second, and a later one, of every filter."""
    took = []
    for _ in range(rounds):
        for wanted in FILTERS:
            after = ""
            for place in ("", "next", "1-9000"):
                after = {"": "", "next": after}.get(place, place)
                began = time.perf_counter()
                with database.read() as connection:
                    page = list_findings(connection, wanted, after)
                took.append(1000 * (time.perf_counter() - began))
                after = page.after
    return took


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_an_office_of_100_000_photos(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)
    eyes = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: eyes)
    monkeypatch.setattr("screening.finish.question", nothing_asked, raising=False)
    began = time.perf_counter()
    office = fill(database, tmp_path / "foto", COUNT)
    filled = time.perf_counter() - began
    took = list_times(database, 5)
    began = time.perf_counter()
    summary = office_scan(office)
    rate = summary.seen / (time.perf_counter() - began)
    assert eyes.detected == eyes.embedded == []
    assert summary.ok == COUNT
    median, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    sys.stdout.write(
        f"\n{database.dialect}: {COUNT} photos in {filled:.0f} s; {len(took)} lists: median {median:.1f} ms, "
        f"95% {p95:.1f} ms, longest {max(took):.1f} ms; scanned again: {rate:.0f} files a second\n"
    )
    assert median < GOAL_MS
    assert p95 < GOAL_MS * BESIDE_OTHERS
    assert rate >= GOAL_RATE / BESIDE_OTHERS
