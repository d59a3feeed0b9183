"""Findings as plain rows, one photo each, for tests and measures of the list; no scan is needed for them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert

from casework import tables

ELECTION, OTHER = "pilkada-contoh-2024", "pilkada-lain-2024"
AT = "2024-10-20T01:02:03.000000Z"
RANKS = {"strong": 0, "medium": 1, "weak": 2}
AT_ONCE = 5000


def add_elections(connection: Connection) -> None:
    """Two elections, with a finished run of each: 1 and 2."""
    who = ((1, "one", "sari-dewi", "Sari Dewi"), (2, "peace", "budi-harto", "Budi Harto"))
    about = {
        "tickets": [
            {"number": n, "symbols": [symbol], "candidates": [{"id": key, "name": name, "office": "calon wali kota"}]}
            for n, symbol, key, name in who
        ]
    }
    both = ((ELECTION, "Pilkada Kota Contoh 2024"), (OTHER, "Pilkada Lain 2024"))
    connection.execute(
        insert(tables.elections), [{"id": key, "name": name, "about": json.dumps(about)} for key, name in both]
    )
    connection.execute(
        insert(tables.runs),
        [
            {"id": number, "election_id": key, "started_at": AT, "finished_at": AT, "state": "finished", "counts": "{}"}
            for number, (key, _) in enumerate(both, 1)
        ],
    )


def add_findings(connection: Connection, findings: Sequence[Mapping[str, Any]]) -> None:
    """Photos 1, 2, ... with an upload, an evaluation and a finding of the same number each.

    Args:
        connection: of a database that ``add_elections`` was called for.
        findings: what is not as usual: columns of ``findings``; ``copy_group`` of the photo; ``uploader_id``,
            ``agency`` of the upload.
    """
    rows: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (tables.photos, tables.uploads, tables.evaluations, tables.findings)
    }
    for number, given in enumerate(findings, 1):
        said = dict(given)
        photo = {"copy_group": said.pop("copy_group", None), "copy_differs": said.pop("copy_differs", False)}
        upload = {name: said.pop(name, "") for name in ("uploader_id", "agency")}
        election = said.get("election_id", ELECTION)
        strength = said.get("strength", "strong")
        rows[tables.photos].append({"id": number, "sha256": f"sha256:{number:064x}", "size_bytes": 9} | photo)
        rows[tables.uploads].append(
            {"id": number, "place": f"/foto/{number}.jpg", "path": f"foto/{number}.jpg", "photo_id": number}
            | {"posted_on": said.get("posted_on", ""), "gone": False}
            | upload
        )
        rows[tables.evaluations].append(
            {"id": number, "photo_id": number, "election_id": election, "evaluation_key": "e", "run_id": 1}
            | {"record": "{}", "current": True}
        )
        usual = {
            "id": number, "photo_id": number, "election_id": election, "ticket": 1, "panel": 0, "evaluation_id": number,
            "first_run_id": 1, "last_run_id": 1, "category": "foto-bersama-simbol", "strength": strength,
            "strength_rank": RANKS[strength], "candidate": "sari-dewi", "symbol": "one", "rule": "contoh/foto",
            "detail": "{}", "posted_on": "2024-10-01", "state": "suggested", "current": True, "changed": False,
            "first_reviewer": "", "second_reviewer": "", "third_reviewer": "", "wants_second": False,
            "disagreed": False, "copy_of": None,
        }  # fmt: skip
        rows[tables.findings].append(usual | said)
    for table, values in rows.items():
        for at in range(0, len(values), AT_ONCE):
            connection.execute(insert(table), values[at : at + AT_ONCE])


def decided(state: str, *reviewers: str, waits: bool = False, **more: Any) -> dict[str, Any]:
    """Columns of a finding that reviewers have decided, as ``casework.decisions`` leaves them."""
    names = ("first_reviewer", "second_reviewer", "third_reviewer")
    return {"state": state, "wants_second": waits, **dict(zip(names, reviewers, strict=False)), **more}
