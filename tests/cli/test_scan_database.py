"""``netra scan --db`` and ``netra findings``, with the real networks: what is left and how it is listed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from casework.database import open_database
from casework.election_places import election_places
from casework.queries import list_runs
from screening import stamps

Netra = Callable[..., Result]


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)  # the photos were copied just now


def test_a_scan_goes_into_a_database_and_from_there(netra: Netra, election: Path, photos: Path, tmp_path: Path) -> None:
    place, records = tmp_path / "kasus.db", tmp_path / "1.jsonl"
    scan = ("--lang", "en", "scan", photos, "--election", election, "--db", place, "--operator", "sari")
    first = netra(*scan, "--jsonl", records)
    assert first.exit_code == 0, first.output
    assert "Known from earlier scans: 0 of 3 files" in first.stderr
    second = netra(*scan, "--jsonl", tmp_path / "2.jsonl")
    assert second.exit_code == 0, second.output
    assert "Known from earlier scans: 2 of 3 files" in second.stderr
    said = [[json.loads(line) for line in path.read_text().splitlines()] for path in (records, tmp_path / "2.jsonl")]
    assert [{**one, "run": {}} for one in said[0]] == [{**one, "run": {}} for one in said[1]]
    with open_database(place, create=False) as database, database.read() as connection:
        runs = list_runs(connection)
        assert election_places(connection) == {runs[0].election: str(election.resolve())}
    assert [(run.state, run.operator, run.counts["seen"]) for run in runs] == [("finished", "sari", 3)] * 2

    listed = netra("findings", "--db", place, "--jsonl")
    assert listed.exit_code == 0, listed.output
    found = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [one["category"] for one in found] == [
        each["category"] for one in said[0] for each in one.get("findings", [])
    ]
    table = netra("--lang", "en", "findings", "--db", place, "--candidate", found[0]["candidate"])
    assert found[0]["candidate"] in table.stdout
    assert "Shown: 1 of 1 findings" in table.stderr
    assert "No findings fit" in netra("--lang", "en", "findings", "--db", place, "--candidate", "lain").stderr


def test_what_cannot_be_used_is_told_in_one_line(netra: Netra, election: Path, photos: Path, tmp_path: Path) -> None:
    place = tmp_path / "bukan.db"
    place.write_text("bukan basis data, tetapi catatan")
    for command in (("scan", photos, "--election", election), ("findings",)):
        refused = netra("--lang", "en", *command, "--db", place)
        assert refused.exit_code == 2
        assert str(place) in refused.stderr
        assert "no database" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert netra("findings", "--db", tmp_path / "tidak-ada.db").exit_code == 2
    assert netra("findings", "--db", place, "--after", "x").exit_code == 2
    assert place.read_text() == "bukan basis data, tetapi catatan"
