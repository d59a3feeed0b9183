"""A small filled database of invented people, as tests of case files need it.

photo 1   uploads 1 (u-1) and 5 (u-1, the same bytes again); finding 1, decided twice; copy of photo 2
photo 2   uploads 2 (u-1) and 3 (u-2); finding 2, rejected; representative of the group of copies
photo 3   upload 4 (u-2); no finding
upload 6  of u-1 cannot be read
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from casework import tables
from casework.database import Database

ELECTION, OTHER_ELECTION = "pilkada-kota-contoh-2024", "pilkada-lain-2024"
PLACES = {
    1: "/rekaan/unggahan/rapat-dinas.jpg",
    2: "/rekaan/unggahan/makan-siang.jpg",
    3: "/rekaan/unggahan/salinan-makan-siang.jpg",
    4: "/rekaan/unggahan/pohon.jpg",
    5: "/rekaan/unggahan/rapat-dinas-lagi.jpg",
    6: "/rekaan/unggahan/rusak.jpg",
}
NAMES = {"u-1": "Tarno Wiryasasmita", "u-2": "Lilis Wiranegara"}
PHOTO_OF = {1: 1, 2: 2, 3: 2, 4: 3, 5: 1, 6: None}
UPLOADER_OF = {1: "u-1", 2: "u-1", 3: "u-2", 4: "u-2", 5: "u-1", 6: "u-1"}
AT = "2024-10-20T01:02:03.000000Z"


def sha256_of(photo: int) -> str:
    return f"sha256:{photo:064x}"


def pdq_of(photo: int) -> bytes:
    return bytes([0xA0 + photo, 0x5E, photo] * 11)[:32]


@dataclass
class ListLog:
    """Keeps what was appended, in place of the audit log."""

    entries: list[tuple[str, str, str, str, Mapping[str, Any]]] = field(default_factory=list)

    def append(
        self, actor: str, action: str, subject: str = "", reason: str = "", detail: Mapping[str, Any] = {}
    ) -> object:
        self.entries.append((actor, action, subject, reason, json.loads(json.dumps(detail))))
        return None

    @property
    def actions(self) -> list[str]:
        return [action for _, action, *_ in self.entries]


def _elements(uploader: str) -> list[dict[str, str]]:
    """As netra words them: they name the uploader within a sentence."""
    told = f"Tercatat: pengunggah {uploader}, instansi Dinas Contoh. Unggahan {NAMES[uploader]}, nomor urut 1."
    return [{"key": "civil-servant", "state": "missing", "text_id": "Pengunggah adalah ASN", "evidence_id": told}]


def fill(database: Database, places: Mapping[int, str | Path] = PLACES, hashes: Mapping[int, str] = {}) -> None:
    """Put the rows above into an empty database.

    Args:
        database: a new one.
        places: upload -> its path.
        hashes: photo -> its hash, where it is to be that of a real file.
    """
    with database.begin() as connection:
        _fill(connection, {key: str(place) for key, place in places.items()}, hashes)


def _fill(connection: Connection, places: Mapping[int, str], hashes: Mapping[int, str]) -> None:
    def rows(table: Any, *values: Mapping[str, Any]) -> None:
        connection.execute(insert(table), list(values))

    about = {"candidates": [{"id": "sari-dewi", "name": "Sari Dewi", "office": "calon wali kota", "ticket": 1}]}
    rows(
        tables.elections,
        {"id": ELECTION, "name": "Pilkada Kota Contoh 2024", "about": json.dumps(about)},
        {"id": OTHER_ELECTION, "name": "Pilkada Lain 2024", "about": "{}"},
    )
    photo_columns = {
        "size_bytes": 9,
        "width": 80,
        "height": 60,
        "pdq_quality": 90,
        "features": b"",
        "first_seen_at": AT,
    }
    rows(
        tables.photos,
        *(
            {
                "id": photo,
                "sha256": hashes.get(photo, sha256_of(photo)),
                "pdq": pdq_of(photo),
                "copy_group": 2 if photo < 3 else None,
                **photo_columns,
            }
            for photo in (1, 2, 3)
        ),
    )
    rows(
        tables.uploads,
        *(
            {
                "id": upload,
                "place": place,
                "path": place,
                "photo_id": PHOTO_OF[upload],
                "uploader_id": UPLOADER_OF[upload],
                "uploader_name": NAMES[UPLOADER_OF[upload]],
                "agency": "Dinas Contoh",
                "platform": "Instagram",
                "post_url": f"https://contoh.example/p/{upload}",
                "posted_on": "2024-10-19",
                "facts": json.dumps({"uploader_id": UPLOADER_OF[upload]}),
                "gone": False,
            }
            for upload, place in places.items()
        ),
    )
    roots = json.dumps([places[1], "/rekaan/unggahan"])
    run = {"election_id": ELECTION, "started_at": AT, "state": "finished", "roots": roots}
    rows(tables.runs, {"id": 1, "counts": json.dumps({"seen": 6, "ok": 3, "duplicate": 2, "unreadable": 1}), **run})
    rows(
        tables.readings,
        *(
            {"photo_id": photo, "reading_key": "k", "faces": b"\x00" * 8, "hands_searched": False}
            for photo in (1, 2, 3)
        ),
    )
    rows(
        tables.evaluations,
        *(
            {
                "id": photo + 10,
                "photo_id": photo,
                "election_id": ELECTION,
                "evaluation_key": "e",
                "run_id": 1,
                "record": json.dumps({"path": places[photo if photo < 3 else 4], "uploader": UPLOADER_OF[photo]}),
                "current": True,
            }
            for photo in (1, 2, 3)
        ),
    )
    rows(
        tables.seen,
        *(
            {
                "run_id": 1,
                "position": upload,
                "upload_id": upload,
                "status": {1: "ok", 2: "ok", 4: "ok", 6: "error"}.get(upload, "duplicate"),
                "evaluation_id": None if PHOTO_OF[upload] is None else PHOTO_OF[upload] + 10,  # type: ignore[operator]
            }
            for upload in places
        ),
    )
    rows(
        tables.people,
        *(
            {"evaluation_id": photo + 10, "number": n, "box": "[1, 2, 3, 4]", "quality": 0.8, "assessable": True,
             "depicted": False}
            for photo in (1, 2, 3) for n in (0, 1)
        ),
    )  # fmt: skip
    hand = {"box": "[1, 2, 3, 4]", "keypoints": "[]", "side": "left", "readable": True, "symbol": "one"}
    rows(tables.hands, *({"evaluation_id": 10 + photo, "number": 0, "person": 1, **hand} for photo in (1, 2)))
    seen_as = {
        "candidate": "sari-dewi",
        "ticket": 1,
        "band": "match",
        "reference": "photos/sari-1.jpg",
        "depiction": False,
    }
    rows(
        tables.sightings,
        *(
            {"evaluation_id": 10 + photo, "person": 0, "similarity": 0.7, "e_value": 0.002, **seen_as}
            for photo in (1, 2)
        ),
    )
    finding = {
        "election_id": ELECTION, "ticket": 1, "first_run_id": 1, "last_run_id": 1, "category": "foto-bersama-simbol",
        "strength": "strong", "strength_rank": 0, "candidate": "sari-dewi", "symbol": "one", "rule": "contoh/foto",
        "current": True, "changed": False,
    }  # fmt: skip
    detail = {"reason_id": "Seorang di samping calon menunjukkan telunjuk.", "reason_en": "Somebody shows a finger."}
    rows(
        tables.findings,
        *(
            {"id": photo, "photo_id": photo, "evaluation_id": photo + 10, "state": state,
             "detail": json.dumps(detail | {"path": places[photo], "elements": _elements("u-1")}), **finding}
            for photo, state in ((1, "confirmed"), (2, "rejected"))
        ),
    )  # fmt: skip
    decided = {"decided_at": AT, "snapshot": json.dumps(detail), "note": "", "reason_code": "sesuai"}
    rows(
        tables.decisions,
        {"finding_id": 1, "reviewer": "petugas-a", "round": 1, "decision": "confirmed", **decided},
        {"finding_id": 1, "reviewer": "petugas-b", "round": 2, "decision": "confirmed", **decided},
        {"finding_id": 2, "reviewer": "petugas-a", "round": 1, "decision": "rejected", **decided},
    )
