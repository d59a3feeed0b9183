"""``netra export``: a case or a run as a package, and what is said about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from candidates.election import Election, load_election
from casework.checkpoint import key_file_beside
from casework.database import Database
from casework.deadlines import NO_HOLIDAYS, read_holidays
from casework.export.dossier import Dossier
from casework.export.model_card import ModelFile
from casework.export.package import Exported, Order, export
from casework.export.reading import read_dossier
from console import export_texts as texts
from console.desk import Desk, flag
from console.export_painter import RecordPainter
from console.report import err_console, out_console
from console.steps import Steps
from netra.errors import UsageError
from vision.engine import weights


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asked for.

    Attributes:
        wanted: number of a case, or of a run.
        out: the folder that the package becomes.
        reason: for the audit log.
        election: an election file for the reference photos, or empty.
        organization: of the office, or empty.
        holidays: a list of days, or empty.
        key: a file with the key that signs checkpoints, or empty for the one beside the database.
        allow_missing: whether originals may be missing.
    """

    wanted: str
    out: Path
    reason: str
    election: str = ""
    organization: str = ""
    holidays: str = ""
    key: str = ""
    allow_missing: bool = False


def run_export(desk: Desk, asked: Asked) -> int:
    """Write the package and say where it is.

    Raises:
        UsageError: no reason is given, there is no such case or run, or originals are gone or changed.
        OutputError: the package cannot be written.
        DatabaseError: the database cannot be used.
    """
    if not asked.reason.strip():
        raise UsageError(desk.voice(texts.NO_REASON))
    holidays = read_holidays(Path(asked.holidays)) if asked.holidays else NO_HOLIDAYS
    election = (load_election(Path(asked.election)),) if asked.election else ()
    order = Order(
        asked.wanted,
        asked.out,
        desk.actor,
        asked.reason,
        desk.now.astimezone(desk.zone.clock),
        asked.organization,
        asked.allow_missing,
        holidays,
        model_files(),
    )
    notes = err_console(desk.quiet)
    with desk.database() as database, Steps(desk.voice, notes, notes.is_terminal and not notes.quiet) as steps:
        steps.begin(texts.READING_CASE)
        with database.read() as connection:
            names = candidate_names(read_dossier(connection, asked.wanted))
        painter = RecordPainter(names, references_of(election))
        steps.begin(texts.COPYING)
        done = export(database, order, painter, _key_file(desk, database, asked), desk.log_of, steps.tell)
    _say(desk, done, bool(election))
    return 0


def model_files() -> tuple[ModelFile, ...]:
    """What is known of the model files of this installation."""
    return tuple(
        ModelFile(Path(one.inside).name, one.sha256, one.licence, one.source, _LICENCE_NOTES.get(one.sha256, ""))
        for one in weights.ALL
    )


_LICENCE_NOTES: Mapping[str, str] = {
    weights.FACE_EMBEDDER.sha256: "About half of its training pictures come from the VGG Face and FaceScrub data sets, "
    "whose terms were not checked (NOTICE)."
}


def candidate_names(dossier: Dossier) -> dict[str, str]:
    """Names of candidates by id, as the database knows them."""
    return {one.id: one.name for one in dossier.election.candidates}


def references_of(elections: Iterable[Election]) -> dict[str, Path]:
    """Reference photos by the names that records call them."""
    return {photo.name: photo.path for one in elections for who in one.candidates for photo in who.photos}


def _key_file(desk: Desk, database: Database, asked: Asked) -> Path:
    if asked.key:
        return Path(asked.key)
    for file in database.files:
        return key_file_beside(file)
    raise UsageError(desk.voice(texts.NO_KEY))


def _say(desk: Desk, done: Exported, with_references: bool) -> None:
    voice, dossier = desk.voice, done.dossier
    message = texts.EXPORTED_CASE if dossier.case else texts.EXPORTED_RUN
    counts = {"findings": len(dossier.findings), "photos": len(dossier.photos)}
    out_console().print(voice(message, number=dossier.number, path=done.place, **counts), soft_wrap=True, markup=False)
    desk.say(voice(texts.PAPER, path=done.place / "data" / ("kasus.pdf" if dossier.case else "temuan.pdf")))
    lacks = ", ".join(flag(name) for case in dossier.case for name in case.lacks)
    if lacks:
        desk.say(voice(texts.LACKS, fields=lacks))
    if done.missing:
        desk.say(voice(texts.MISSING, count=done.missing))
    for error in done.unpainted:
        desk.say(voice(texts.NOT_PAINTED, error=error))
    if not with_references:
        desk.say(voice(texts.NO_REFERENCES))
    if _among_originals(done):
        desk.say(voice(texts.AMONG_PHOTOS, path=done.place))
    desk.say(voice(texts.CHECK, path=done.place / "data" / "periksa" / "periksa.py", folder=done.place))
    desk.say(voice(texts.CHECKPOINT, size=done.checkpoint.size))
    desk.say(done.checkpoint.note.rstrip("\n"))


def _among_originals(done: Exported) -> bool:
    """Whether a scan of the originals' folder would meet the package too."""
    place = done.place.resolve()
    folders = {Path(upload.place).parent for photo in done.dossier.photos for upload in photo.uploads}
    return any(place.is_relative_to(folder) for folder in folders)
