"""One finding on paper: the picture, the face beside the reference, the hand, the elements, dates, decisions."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from casework.export import paper_texts as texts
from casework.export.dossier import Decision, Dossier, FindingRow, PhotoRow
from casework.export.sheet import GREY, LEFT, WIDTH, Sheet
from casework.export.views import best_sightings
from netra.symbols import SYMBOLS
from screening.time_notes import KINDS, NOTES, SOURCES
from screening.upload_facts import TimeKind, TimeNote

PICTURE_HEIGHT: Final = 84.0
CROP: Final = 38.0
FINDING_HEIGHT: Final = 165.0
"""Millimetres for a heading, a picture and what is cut out of it: these stay on one page."""

_GAP: Final = 3.5
_CROPS_IN_A_ROW: Final = 4
_UPLOADS: Final = 8
_DATES: Final = 16


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The files of a photo in the package, by their names there.

    Attributes:
        original, working_copy: names, or empty.
        missing: why there is no original, a line for each place that was looked at.
        trouble: why there is no working copy, or empty.
        archive: the archive that the original was unpacked from, or empty.
        faces: number of a person in the record -> the face cut out.
        hands: number of a hand in the record -> the hand cut out.
        references: name of a reference photo -> its picture.
    """

    photo: PhotoRow
    original: str = ""
    working_copy: str = ""
    missing: tuple[str, ...] = ()
    trouble: str = ""
    archive: str = ""
    faces: Mapping[int, str] = field(default_factory=dict)
    hands: Mapping[int, str] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)


def write_finding(
    sheet: Sheet, dossier: Dossier, one: FindingRow, exhibit: Exhibit, read: Callable[[str], bytes]
) -> None:
    """One finding, from where the sheet is."""
    record = json.loads(one.record) if one.record else {}
    category = texts.CATEGORIES.get(one.category, one.category)
    strength = texts.STRENGTHS.get(one.strength, one.strength)
    sheet.subheading(f"Temuan {one.number}: {category} ({strength}); {texts.STATES.get(one.state, one.state)}")
    sheet.say(str(one.detail.get("reason_id", "")), size=8.5)
    for said in [texts.NOT_CURRENT] * (not one.current) + [texts.CHANGED] * one.changed:
        sheet.say(said, style="B")
    _picture(sheet, exhibit, read)
    _crops(sheet, dossier, one, exhibit, record, read)
    _likeness(sheet, dossier, one)
    _elements(sheet, one)
    _dates(sheet, exhibit.photo)
    _uploads(sheet, exhibit)
    _decisions(sheet, one)


def _picture(sheet: Sheet, exhibit: Exhibit, read: Callable[[str], bytes]) -> None:
    photo = exhibit.photo
    if exhibit.working_copy:
        share = photo.height / photo.width if photo.width else 1
        height = min(PICTURE_HEIGHT, WIDTH * share)
        sheet.keep(height + 10)
        drawn = sheet.picture(read(exhibit.working_copy), WIDTH, height)
        sheet.ln(drawn + 1)
    elif exhibit.trouble:
        sheet.say(texts.NO_COPY.format(reason=exhibit.trouble), style="B")
    if exhibit.missing:
        said = texts.NO_ORIGINAL.format(reasons="; ".join(exhibit.missing), sha256=photo.digits)
    else:
        from_archive = f", dari arsip {exhibit.archive}" if exhibit.archive else ""
        said = texts.WORKING_COPY.format(original=f"{exhibit.original}{from_archive}", sha256=photo.digits)
    sheet.say(said, size=6.5, colour=GREY)


def _crops(
    sheet: Sheet,
    dossier: Dossier,
    one: FindingRow,
    exhibit: Exhibit,
    record: Mapping[str, Any],
    read: Callable[[str], bytes],
) -> None:
    shown: list[tuple[str, str]] = []
    absent: list[str] = []
    for person, sighting in best_sightings(one):
        name, reference = dossier.election.name_of(sighting["candidate"]), sighting.get("reference", "")
        if person in exhibit.faces:
            shown.append((exhibit.faces[person], texts.CROP_FACE.format(name=name)))
        if reference in exhibit.references:
            shown.append((exhibit.references[reference], texts.CROP_REFERENCE.format(name=name)))
        elif reference:
            absent.append(texts.NO_REFERENCE.format(name=reference))
    labels = {hand.get("id"): hand.get("symbol") or "" for hand in record.get("hands") or ()}
    shown += [
        (exhibit.hands[hand], texts.CROP_HAND.format(symbol=_symbol(labels.get(hand, ""))))
        for hand in one.detail.get("hands") or ()
        if hand in exhibit.hands
    ]
    for start in range(0, len(shown), _CROPS_IN_A_ROW):
        row = shown[start : start + _CROPS_IN_A_ROW]
        sheet.keep(CROP + 12)
        top = sheet.get_y()
        for place, (name, _) in enumerate(row):
            sheet.set_y(top)
            sheet.picture(read(name), CROP, CROP, LEFT + place * (CROP + _GAP))
        bottom = top + CROP
        for place, (_, said) in enumerate(row):
            bottom = max(bottom, _caption(sheet, said, LEFT + place * (CROP + _GAP), top + CROP + 1))
        sheet.set_xy(LEFT, bottom + 1.5)
    for said in absent:
        sheet.say(said, size=7.5, colour=GREY)


def _caption(sheet: Sheet, said: str, x: float, y: float) -> float:
    """A line or two under a picture; where they end."""
    sheet.set_xy(x, y)
    sheet.small(said, CROP)
    return float(sheet.get_y())


def _symbol(label: str) -> str:
    return SYMBOLS[label].indonesian if label in SYMBOLS else label


def _likeness(sheet: Sheet, dossier: Dossier, one: FindingRow) -> None:
    rows = []
    for _, sighting in best_sightings(one):
        second = sighting.get("second") or {}
        also = f"{dossier.election.name_of(second['candidate'])} ({_decimal(second['similarity'])})" if second else "–"
        e_value = sighting.get("e_value")
        rows.append(
            (
                dossier.election.name_of(sighting["candidate"]),
                texts.BANDS.get(sighting.get("band", ""), sighting.get("band", "")),
                _decimal(sighting.get("similarity", 0)),
                texts.UNCALIBRATED if e_value is None else f"{e_value:g}".replace(".", ","),
                also,
                "gambar" if sighting.get("depiction") else "",
            )
        )
    if rows:
        sheet.subheading(texts.LIKENESS)
    header = ("Calon", "Tingkat", "Kemiripan", "Nilai E", "Calon kedua yang termirip", "Penanda")
    sheet.table_of(header, rows, (40, 16, 18, 24, 44, 18))


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _elements(sheet: Sheet, one: FindingRow) -> None:
    sheet.subheading(texts.ELEMENTS)
    rows = [
        (
            str(each.get("text_id", "")),
            texts.ELEMENT_STATES.get(each.get("state", ""), str(each.get("state", ""))),
            str(each.get("evidence_id", "")),
        )
        for each in one.detail.get("elements") or ()
    ]
    if rows:
        sheet.table_of(("Unsur", "Keadaan", "Bukti, atau yang belum ada"), rows, (44, 18, 96))
    else:
        sheet.say(texts.NO_ELEMENTS)
    rule, source = one.detail.get("rule", ""), one.detail.get("source", "")
    if rule:
        sheet.say(f"Aturan: {rule}; {source}", size=7.5, colour=GREY)


def _dates(sheet: Sheet, photo: PhotoRow) -> None:
    sheet.subheading(texts.DATES)
    several = len(photo.uploads) > 1
    rows = list(
        dict.fromkeys(
            (
                f"{KINDS[kind][0]} ({number})" if several else KINDS[kind][0],
                next((texts.time_text(at) for at in moment.at), texts.day_text(moment.day)),
                SOURCES[moment.source][0],
                "; ".join(filter(None, (_note(moment.note), "petunjuk lemah" if moment.weak else ""))),
            )
            for number, upload in enumerate(photo.uploads, 1)
            for kind in TimeKind
            for moment in upload.facts.of(kind)
        )
    )
    if rows:
        sheet.table_of(("", "Kapan", "Menurut", "Catatan"), rows[:_DATES], (26, 40, 40, 52))
    else:
        sheet.say(texts.NO_DATES)


def _note(note: str) -> str:
    return NOTES[TimeNote(note)][0] if note else ""


def _uploads(sheet: Sheet, exhibit: Exhibit) -> None:
    sheet.subheading(texts.UPLOADS)
    uploads = exhibit.photo.uploads
    rows = [
        (
            f"({number}) {each.path}" if len(uploads) > 1 else each.path,
            " · ".join(filter(None, (each.facts.uploader_name, each.facts.uploader_id, each.facts.agency))),
            " · ".join(filter(None, (each.facts.platform, each.facts.post_url))),
        )
        for number, each in enumerate(uploads[:_UPLOADS], 1)
    ]
    sheet.table_of(("Berkas", "Pengunggah menurut daftar", "Tempat unggahan"), rows, (60, 50, 48))
    if len(uploads) > _UPLOADS:
        sheet.say(texts.MORE_UPLOADS.format(count=len(uploads) - _UPLOADS), size=8)


def _decisions(sheet: Sheet, one: FindingRow) -> None:
    sheet.subheading(texts.DECISIONS)
    undone = {each.undoes for each in one.decisions if each.undoes}
    rows = [
        (
            str(each.round),
            each.reviewer,
            _when(each.decided_at),
            _decided(each, undone),
            " · ".join(filter(None, (each.reason_code, f"“{each.note}”" if each.note else ""))),
        )
        for each in one.decisions
    ]
    if rows:
        sheet.table_of(("Putaran", "Penilai", "Waktu (UTC)", "Keputusan", "Alasan"), rows, (14, 30, 28, 36, 50))
    else:
        sheet.say(texts.NO_DECISION)


def _when(text: str) -> str:
    try:
        return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return text


def _decided(each: Decision, undone: set[int]) -> str:
    if each.undoes:
        return texts.TAKES_BACK
    said = texts.STATES.get(each.decision, each.decision)
    return f"{said} ({texts.TAKEN_BACK})" if each.number in undone else said
