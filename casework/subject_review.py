"""What people said and drew about a photo, as the report for a person who asks tells it."""

from collections.abc import Iterable, Mapping
from typing import Any

Rows = Iterable[Any]


def decisions_told(rows: Rows) -> list[dict[str, Any]]:
    """Rows of ``decisions``, in their order."""
    return [
        {
            "finding": row.finding_id,
            "decided_at": row.decided_at,
            "round": row.round,
            "reviewer": row.reviewer,
            "decision": row.decision,
            "reason_code": row.reason_code,
            "note": row.note,
            "takes_back": row.undoes is not None,
        }
        for row in _in_order(rows)
    ]


def looks_told(rows: Rows) -> list[dict[str, Any]]:
    """Rows of ``looks``: who compared a face before anything was shown; a planted one beside somebody else's photos."""
    return [
        {
            "finding": row.finding_id,
            "reviewer": row.reviewer,
            "opened_at": row.opened_at,
            "answered_at": row.answered_at,
            "same_person": row.same_person,
            "symbol": row.symbol,
            "planted": bool(row.control),
        }
        for row in _in_order(rows)
    ]


def marks_told(rows: Rows, contents: Mapping[int, str]) -> list[dict[str, Any]]:
    """Rows of ``marks``.

    Args:
        rows: of the table.
        contents: hash of the content of each photo by its number.
    """
    return [
        {
            "photo": contents[row.photo_id],
            "kind": row.kind,
            "candidate": row.candidate,
            "symbol": row.symbol,
            "note": row.note,
            "made_by": row.made_by,
            "made_at": row.made_at,
            "removed_at": row.removed_at,
        }
        for row in _in_order(rows)
    ]


def _in_order(rows: Rows) -> list[Any]:
    return sorted(rows, key=lambda row: row.id)
