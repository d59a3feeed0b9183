"""Which photos are copies of each other, written beside them when a scan ends.

Photos that were compared before are not compared again: what was found then is looked up among the groups, and only
new photos are searched for. Where a scan brought none, the groups stay. Of the findings about a group one stands for
the others: ``casework.representatives``.
"""

import itertools
from collections import defaultdict
from datetime import date
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from casework.representatives import keep_all_representatives
from casework.tables import about, photos, uploads
from screening.copies import CopyIndex
from screening.kept import fingerprint_of

UP_TO: Final = "copies-up-to"


def group_copies(connection: Connection) -> int:
    """Group the photos of a database; how many groups there are, or 0 where nothing was new.

    Args:
        connection: may write.
    """
    searched = int(connection.execute(select(about.c.value).where(about.c.name == UP_TO)).scalar() or 0)
    newest = connection.execute(select(func.max(photos.c.id)).where(photos.c.features != b"")).scalar() or 0
    if newest <= searched:
        keep_all_representatives(connection)  # findings of a database that was made before there were any
        return 0
    columns = photos.c.pdq, photos.c.pdq_quality, photos.c.features
    index = CopyIndex(
        lambda key: fingerprint_of(*connection.execute(select(*columns).where(photos.c.id == int(key))).one())
    )
    posted = _posted(connection)
    together: dict[int, list[str]] = defaultdict(list)
    query = select(photos).where(photos.c.features != b"").order_by(photos.c.id)
    for row in connection.execute(query).yield_per(500):
        key = str(row.id)
        index.add(
            key,
            fingerprint_of(row.pdq, row.pdq_quality, row.features),
            row.sha256,
            posted.get(row.id, ()),
            searched=row.id <= searched,
        )
        if row.id <= searched and row.copy_group is not None:
            together[row.copy_group].append(key)
    for keys in together.values():
        for first, second in itertools.combinations(keys, 2):
            index.alike(first, second)
    groups = index.groups()
    alone = {"copy_group": None, "copy_relation": "", "copy_differs": False}
    connection.execute(update(photos).where(photos.c.copy_group.is_not(None)).values(alone))
    for group in groups:
        for member in group.members:
            values = {
                "copy_group": int(group.representative),
                "copy_relation": member.relation.value,
                "copy_differs": member.differs > 0,
            }
            connection.execute(update(photos).where(photos.c.id == int(member.key)).values(values))
    connection.execute(delete(about).where(about.c.name == UP_TO))
    connection.execute(insert(about).values(name=UP_TO, value=str(newest)))
    keep_all_representatives(connection)
    return len(groups)


def _posted(connection: Connection) -> dict[int, tuple[date, ...]]:
    """The earliest day each photo was posted, where one is known."""
    query = (
        select(uploads.c.photo_id, func.min(uploads.c.posted_on))
        .where(uploads.c.posted_on != "", uploads.c.photo_id.is_not(None))
        .group_by(uploads.c.photo_id)
    )
    return {photo: (date.fromisoformat(day),) for photo, day in connection.execute(query).all()}
