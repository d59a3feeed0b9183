"""A scan into a case database: where its records go and what it knows from before, in small transactions.

    with CaseScan(database, about) as case:
        summary = scan(rows, ..., sink=case, memory=case)
        case.finish(summary)

What was read is written within a second, so that a scan that is killed at any moment goes on where it was; what is
written is written whole. Nothing here waits for a photo, and no photo waits for the disk but once a second.
"""

import contextlib
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Final, Self

from sqlalchemy import select

from casework.copies import group_copies
from casework.database import Database
from casework.memory import Recall, stamps_of
from casework.other_uploads import facts_of, other_uploads
from casework.readings import Read, write_readings
from casework.results import Result, write_results
from casework.runs import ScanAbout, base_of, finish_run, start_run, stop_run
from casework.scan_lock import ScanLock
from casework.tables import photos
from netra.errors import DatabaseError
from screening.finish import Summary
from screening.gathered import MetPhoto
from screening.many_uploads import KnownUpload
from screening.memory import Kept, Recalled
from screening.record import PhotoRecord
from screening.stamps import Stamp, stamp_of
from screening.upload_facts import UploadFacts
from screening.uploads import FileSource, Row, Upload

BATCH_S: Final = 1.0
BATCH: Final = 500
"""A transaction each second, or each 500 files where they need no reading: what a kill can cost."""


class CaseScan:
    """Both the sink and the memory of one scan; to be entered before and left after it.

    Args:
        database: opened.
        about: what the scan is.
        max_bytes: of a file, as the scan's limits have it.
        rehash: read every file, whatever its stamp says.
        clock: seconds.

    Attributes:
        run_id: the run's row.
        known: how many uploads something was known of.
        kept: see ``screening.memory.Memory``.
    """

    def __init__(
        self,
        database: Database,
        about: ScanAbout,
        max_bytes: int,
        *,
        rehash: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database, self._about, self._clock = database, about, clock
        self._max_bytes, self._rehash = max_bytes, rehash
        self._lock = ScanLock(database.name)
        self._stamps: dict[int, Stamp] = {}
        self._places: dict[str, int] = {}
        self._read: list[Read] = []
        self._results: list[Result] = []
        self._flushed = clock()
        self._finished = False
        self._met = set[int]()
        self._written = 0
        self.run_id = self.known = 0
        self.kept: tuple[Kept, ...] = ()

    def __enter__(self) -> Self:
        """Take the lock and begin the run.

        Raises:
            DatabaseError: another scan is writing, or the database cannot be written.
        """
        with self._database.begin() as connection:
            self._lock.take(connection)
            bases = base_of(connection, self._about)
            self.run_id = start_run(connection, self._about)
            sizes = frozenset(connection.execute(select(photos.c.size_bytes).distinct()).scalars())
        self.kept = tuple(base.kept for base in bases)
        election, reading = self._about.election.id, self._about.keys.reading
        base_ids = tuple(base.run_id for base in bases)
        self._recall = Recall(election, reading, base_ids, sizes, self._max_bytes, self._rehash)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.forget()
        if self._finished:
            return
        try:
            with contextlib.suppress(*([DatabaseError] if error is not None else [])):
                self._flush()
            with self._database.begin() as connection:
                self._lock.renew(connection)
                stop_run(connection, self.run_id, self._about)
                self._lock.leave(connection)
        except DatabaseError:
            if error is None:  # else the first trouble is told; the next scan sees that this one ended
                raise

    def recall(self, uploads: Sequence[Upload]) -> Mapping[int, Recalled]:
        """See ``screening.memory.Memory``."""
        wanted = [(upload, self._distinct(stamp)) for upload, stamp in stamps_of(uploads)]
        self._stamps.update((upload.index, stamp) for upload, stamp in wanted)
        with self._database.read() as connection:
            recalled = self._recall(connection, wanted)
        self.known += len(recalled)
        self._met.update(recalled)
        return recalled

    def keep(self, upload: Upload, photo: MetPhoto) -> None:
        """See ``screening.memory.Memory``."""
        self._read.append(Read(self._stamp(upload), upload.path, photo))
        self._met.add(upload.index)  # again where hands were added
        self._flush_if_due()

    def other_uploads(self, hashes: Sequence[str]) -> Mapping[str, Sequence[KnownUpload]]:
        """See ``screening.memory.Memory``."""
        here = frozenset(stamp.place for stamp in self._stamps.values())
        with self._database.read() as connection:
            return other_uploads(connection, hashes, here)

    def remembered(self, rows: Sequence[Row]) -> Mapping[int, UploadFacts]:
        """See ``screening.memory.Memory``."""
        places = {row.index: self._stamp(row).place for row in rows}
        with self._database.read() as connection:
            facts = facts_of(connection, list(places.values()))
        return {index: facts[place] for index, place in places.items() if place in facts}

    def write(self, row: Row, record: PhotoRecord) -> None:
        """See ``screening.finish.Sink``."""
        self._results.append(Result(self._stamp(row), record))
        self._written += 1
        self._flush_if_due()

    def finish(self, summary: Summary) -> None:
        """Write what is left and close the run.

        Raises:
            DatabaseError: it cannot be written.
        """
        self._flush()
        with self._database.begin() as connection:
            self._lock.renew(connection)
            group_copies(connection)
            finish_run(connection, self.run_id, self._about, summary)
            self._lock.leave(connection)
        self._finished = True

    def _stamp(self, row: Row) -> Stamp:
        if row.index not in self._stamps:
            upload = row if isinstance(row, Upload) else Upload(row.index, row.path, FileSource(row.path))
            self._stamps[row.index] = self._distinct(stamp_of(upload))
        return self._stamps[row.index]

    def _distinct(self, stamp: Stamp) -> Stamp:
        """A place of its own for each, where an archive has several members of one name."""
        again = self._places.get(stamp.place, 0)
        self._places[stamp.place] = again + 1
        return Stamp(f"{stamp.place}#{again + 1}", stamp.size_bytes, stamp.mtime_ns, stamp.mark) if again else stamp

    def _flush_if_due(self) -> None:
        if len(self._read) + len(self._results) >= BATCH or self._clock() - self._flushed >= BATCH_S:
            self._flush()

    def _flush(self) -> None:
        """Write what waits, all of it or nothing; on a failure it stays, to be tried once more at the end."""
        if self._read or self._results:
            with self._database.begin() as connection:
                self._lock.renew(connection, run=self.run_id, read=len(self._met), written=self._written)
                write_readings(connection, self._about.keys.reading, self._read)
                write_results(connection, self.run_id, self._about.election.id, self._results)
            self._read, self._results = [], []
        self._flushed = self._clock()
