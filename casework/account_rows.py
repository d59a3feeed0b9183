"""Accounts as rows have them."""

from typing import Any

from sqlalchemy import Row

from casework.roles import Account, Role


def account_of_row(row: Row[Any]) -> Account:
    """The account of a row of ``accounts``, or of one that has its columns too."""
    return Account(
        row.id,
        row.name,
        row.full_name,
        Role(row.role),
        row.must_change,
        row.active,
        row.locked_until,
        row.made_at,
        row.made_by,
    )
