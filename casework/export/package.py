"""A case or a run as one package: reads the database, finds the originals, writes the bag, and says so in the log.

    1  read everything in one view of the database
    2  find and check every original: without them nothing is written
    3  write data files, photos and paper beside the final place
    4  one entry in the audit log with the hash of what was written, and a checkpoint over it
    5  write the log's part and the manifests, then give the package its name in one step

Stopped or failed before 4, nothing is left. Failed after it, the log has the entry and one more that says it failed.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from casework.access import case_subject
from casework.audit import Action, AuditLog
from casework.audit_export import export_log, verifier_text
from casework.checkpoint import Checkpoint, open_signer
from casework.database import Database
from casework.deadlines import NO_HOLIDAYS, Holidays
from casework.export import rows, views
from casework.export.bag import Bag, new_bag
from casework.export.dossier import Dossier, FindingRow, Scope
from casework.export.model_card import ModelFile, card_text, model_card
from casework.export.originals import Missing, find_original, names_of, refuse_missing
from casework.export.painter import Painter
from casework.export.paper import PaperFacts, make_paper
from casework.export.paper_finding import Exhibit
from casework.export.plain import one_line
from casework.export.reading import read_dossier
from casework.export.readme import readme_text
from netra import __version__
from netra.errors import OutputError, PhotoError

VARYING: Final = (
    "bag-info.txt",
    "manifest-sha512.txt",
    "tagmanifest-sha512.txt",
    "data/kasus.pdf",
    "data/temuan.pdf",
    "data/penguasaan.csv",
    "data/audit/log.jsonl",
    "data/audit/hashes.txt",
    "data/audit/checkpoint.txt",
)
"""The files in which two exports of the same differ, and they only in: when it was exported, the state of the audit
log, which grows by the entry of each export, and hashes of these files. docs/export.md names each field."""

NOT_THE_CANDIDATE: Final = "not-the-candidate"
"""The reason of ``casework.reasons`` with which reviewers say that a face is not the candidate's: who it is, is then a
bystander."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported, for whom and how.

    Attributes:
        wanted: a case's number, or a run's.
        out: the folder that the package becomes; nothing may be there.
        actor: who exports.
        reason: why, in their words.
        organization: of the office, or empty.
        allow_missing: whether originals that are gone or changed may be missing.
        at: the time of the export, with its zone.
        holidays: of the office, for the last days.
        models: what is known of this installation's model files.
    """

    wanted: str
    out: Path
    actor: str
    reason: str
    at: datetime
    organization: str = ""
    allow_missing: bool = False
    holidays: Holidays = field(default_factory=lambda: NO_HOLIDAYS)
    models: tuple[ModelFile, ...] = ()

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"at: expected a time with its zone, got {self.at}")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        place: the package.
        missing: photos without original.
        unpainted: why photos have no working copy, a line each.
        checkpoint: of the audit log after this export.
    """

    place: Path
    dossier: Dossier
    missing: int
    unpainted: tuple[str, ...]
    checkpoint: Checkpoint


def export(
    database: Database,
    order: Order,
    painter: Painter,
    key_file: Path,
    log_of: Callable[[Connection], AuditLog] = AuditLog,
    progress: Callable[[int, int], None] = lambda done, total: None,  # noqa: ARG005 - told to nobody
) -> Exported:
    """Write a package.

    Args:
        database: of the case or the run.
        order: what, where, who, why.
        painter: draws working copies.
        key_file: of the key that signs checkpoints.
        log_of: the audit log of a transaction, with the office's clock.
        progress: told after each photo how many of how many are done.

    Raises:
        ExportError: no such case or run, or originals are gone or changed.
        OutputError: the package cannot be written; nothing of it is left.
        DatabaseError: the database cannot be read, or the entry cannot be written.
        AuditError, KeyFileError: the log cannot be added to, or cannot be signed.
    """
    with database.read() as connection:
        dossier = read_dossier(connection, order.wanted)
    told: list[Checkpoint] = []
    try:
        with new_bag(order.out) as bag:
            exhibits = _photos(bag, dossier, order.allow_missing, painter, progress)
            _files(bag, dossier, exhibits, order)
            checkpoint, files = _told(database, bag, dossier, order, key_file, log_of)
            told.append(checkpoint)
            for name, data in files.items():
                bag.add(name, data)
            bag.close(_info(dossier, order, exhibits, checkpoint))
    except (OutputError, KeyboardInterrupt) as error:
        if told:
            _failed(database, dossier, order, error, log_of)
        raise
    missing = sum(bool(each.missing) for each in exhibits.values())
    unpainted = tuple(f"{each.photo.sha256}: {each.trouble}" for each in exhibits.values() if each.trouble)
    return Exported(order.out, dossier, missing, unpainted, checkpoint)


def _photos(
    bag: Bag, dossier: Dossier, allow_missing: bool, painter: Painter, progress: Callable[[int, int], None]
) -> dict[str, Exhibit]:
    """Originals first, so that a missing one stops the export before anything costs time."""
    names = names_of(dossier.photos)
    exhibits: dict[str, Exhibit] = {}
    missing: list[Missing] = []
    for photo in dossier.photos:
        found = find_original(photo)
        if isinstance(found, Missing):
            missing.append(found)
            exhibits[photo.sha256] = Exhibit(photo, missing=tuple(one.en for one in found.reasons))
            continue
        stem, ending = names[photo.sha256]
        name = f"data/foto/asli/{stem}{ending}"
        bag.add(name, found.data, found.mtime_ns)
        exhibits[photo.sha256] = Exhibit(photo, original=name, archive=one_line(found.archive))
    if not allow_missing:
        refuse_missing(missing)
    about: dict[str, list[FindingRow]] = {}
    for one in dossier.findings:
        about.setdefault(one.sha256, []).append(one)
    references: dict[str, str] = {}
    for done, photo in enumerate(dossier.photos, 1):
        exhibit = exhibits[photo.sha256]
        if exhibit.original:
            stem, _ = names[photo.sha256]
            exhibits[photo.sha256] = _painted(bag, dossier, about[photo.sha256], exhibit, stem, painter, references)
        progress(done, len(dossier.photos))
    return exhibits


def _painted(
    bag: Bag,
    dossier: Dossier,
    findings: Sequence[FindingRow],
    exhibit: Exhibit,
    stem: str,
    painter: Painter,
    references: dict[str, str],
) -> Exhibit:
    """The exhibit with its working copy, crops and reference photos; all of them in the bag."""
    record = json.loads(max(findings, key=lambda one: one.run).record)
    hide = frozenset(
        candidate
        for one in findings
        if any(each.reason_code == NOT_THE_CANDIDATE for each in one.standing if each.decision == "rejected")
        for candidate in one.detail.get("candidates") or ()
    )
    data = (bag.folder / exhibit.original).read_bytes()
    try:
        painted = painter.paint(data, exhibit.original, record, hide)
    except PhotoError as error:
        return replace(exhibit, trouble=one_line(str(error)))
    name = f"data/foto/kerja/{stem}.jpg"
    bag.add(name, painted.jpeg)
    bag.add(f"data/tampilan/{stem}.jpg.xmp", views.xmp_of(record, dossier.election, (painted.width, painted.height)))
    faces = {number: f"data/foto/kerja/{stem}-wajah-{number}.jpg" for number in painted.faces}
    hands = {number: f"data/foto/kerja/{stem}-tangan-{number}.jpg" for number in painted.hands}
    for number, jpeg in painted.faces.items():
        bag.add(faces[number], jpeg)
    for number, jpeg in painted.hands.items():
        bag.add(hands[number], jpeg)
    wanted = {sighting.get("reference", "") for one in findings for _, sighting in views.best_sightings(one)} - {""}
    for reference in sorted(wanted - set(references)):
        for jpeg in painter.reference(reference):
            references[reference] = f"data/foto/rujukan/{sha256(reference.encode()).hexdigest()[:16]}.jpg"
            bag.add(references[reference], jpeg)
    mine = {reference: references[reference] for reference in sorted(wanted & set(references))}
    return replace(exhibit, working_copy=name, faces=faces, hands=hands, references=mine)


def _files(bag: Bag, dossier: Dossier, exhibits: Mapping[str, Exhibit], order: Order) -> None:
    files = {sha: _file_names(each) for sha, each in exhibits.items()}
    findings = rows.findings_lines(dossier, files)
    bag.add("data/temuan.jsonl", findings)
    bag.add("data/catatan-foto.jsonl", rows.record_lines(dossier))
    bag.add("data/keputusan.jsonl", rows.decision_lines(dossier))
    bag.add("data/tanda.jsonl", rows.mark_lines(dossier))
    bag.add("data/unggahan.csv", rows.upload_table(dossier))
    bag.add("data/penguasaan.csv", rows.custody_table(dossier))
    for case in dossier.case:
        bag.add("data/perkara.json", rows.pretty_json(rows.case_object(case)))
    card = model_card(dossier, order.models, __version__)
    bag.add("data/model/kartu-model.json", rows.pretty_json(card))
    bag.add("data/model/kartu-model.txt", card_text(card, dossier))
    bag.add("data/tampilan/temuan.csv", views.finding_table(dossier, files))
    bag.add("data/tampilan/coco.json", views.coco(dossier, files))
    bag.add("data/periksa/periksa.py", verifier_text())
    missing = sum(bool(each.missing) for each in exhibits.values())
    bag.add("data/periksa/BACA-SAYA.txt", readme_text(dossier.scope is Scope.CASE, missing))
    facts = PaperFacts(order.at, __version__, sha256(findings).hexdigest(), dossier.number, order.holidays)
    paper = make_paper(dossier, exhibits, facts, lambda name: (bag.folder / name).read_bytes())
    bag.add("data/kasus.pdf" if dossier.case else "data/temuan.pdf", paper)


def _file_names(exhibit: Exhibit) -> dict[str, str]:
    named = {
        "original": exhibit.original.removeprefix("data/"),
        "working_copy": exhibit.working_copy.removeprefix("data/"),
        "archive": exhibit.archive,
        "missing": "; ".join(exhibit.missing),
    }
    return {key: value for key, value in named.items() if value}


def _subject(dossier: Dossier) -> str:
    return case_subject(dossier.number) if dossier.case else dossier.number.replace("run-", "run:", 1)


def _told(
    database: Database,
    bag: Bag,
    dossier: Dossier,
    order: Order,
    key_file: Path,
    log_of: Callable[[Connection], AuditLog],
) -> tuple[Checkpoint, dict[str, bytes]]:
    """Write the entry; the checkpoint after it, and the log's part of the package, which ends with that entry."""
    with database.begin() as connection:
        files, checkpoint = export_log(
            log_of(connection),
            open_signer(connection, key_file),
            actor=order.actor,
            subject=_subject(dossier),
            reason=order.reason,
            detail={"findings": len(dossier.findings), "photos": len(dossier.photos)},
            shown={row.number for row in dossier.custody},
            hashes=bag.hashes,
        )
    return checkpoint, files


def _failed(
    database: Database,
    dossier: Dossier,
    order: Order,
    error: OutputError | KeyboardInterrupt,
    log_of: Callable[[Connection], AuditLog],
) -> None:
    """The log says that an export was made; where it was not finished, it must say that too."""
    with database.begin() as connection:
        detail = {"failed": one_line(str(error) or type(error).__name__, 300)}
        log_of(connection).append(order.actor, Action.EXPORT, _subject(dossier), order.reason, detail)


def _info(dossier: Dossier, order: Order, exhibits: Mapping[str, Exhibit], checkpoint: Checkpoint) -> dict[str, str]:
    missing = sum(bool(each.missing) for each in exhibits.values())
    lacks = ", ".join(name for case in dossier.case for name in case.lacks)
    return {
        "Bagging-Date": order.at.date().isoformat(),
        "Bag-Software-Agent": f"netra {__version__}",
        "Source-Organization": order.organization,
        "External-Identifier": dossier.number,
        "External-Description": f"netra: {len(dossier.findings)} findings about {len(dossier.photos)} photos",
        "Contact-Name": order.actor,
        "Netra-Version": __version__,
        "Netra-Exported-At": order.at.isoformat(timespec="seconds"),
        "Netra-Reason": order.reason,
        "Netra-Checkpoint-Size": str(checkpoint.size),
        "Netra-Checkpoint-Root": f"sha256:{checkpoint.root.hex()}",
        "Netra-Missing-Originals": str(missing) if missing else "",
        "Netra-Case-Lacks": lacks,
    }
