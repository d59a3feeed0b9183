"""The PDF of a case, laid out for the fields of Formulir Model A; of a run, the findings alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from casework.case_file import CaseFile
from casework.deadlines import NO_HOLIDAYS, Deadline, ElectionKind, Holidays, deadlines
from casework.export import paper_texts as texts
from casework.export.dossier import Dossier, FindingRow
from casework.export.model_card import FIGURES, NOT_MEASURED
from casework.export.paper_finding import FINDING_HEIGHT, Exhibit, write_finding
from casework.export.plain import one_line
from casework.export.sheet import GREY, RED, Sheet

MOST_FINDINGS: Final = 200
"""On paper; nobody turns more pages than these bring, and all are in the data files."""

MOST_CUSTODY: Final = 60
_STRENGTHS: Final = {"strong": 0, "medium": 1, "weak": 2}


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the paper says besides the dossier.

    Attributes:
        at: when it is made, with its zone.
        version: of netra.
        record_sha256: 64 hex digits of ``data/temuan.jsonl``.
        name: of the package.
        holidays: of the office.
    """

    at: datetime
    version: str
    record_sha256: str
    name: str
    holidays: Holidays = field(default_factory=lambda: NO_HOLIDAYS)


def make_paper(
    dossier: Dossier, exhibits: Mapping[str, Exhibit], facts: PaperFacts, read: Callable[[str], bytes]
) -> bytes:
    """The PDF.

    Args:
        dossier: everything.
        exhibits: sha256 -> the files of a photo in the package.
        facts: what else is said.
        read: the bytes of a file of the package, by its name.

    Raises:
        OutputError: the font is not installed.
    """
    title = texts.TITLE if dossier.case else texts.RUN_TITLE
    made = facts.at.strftime("%Y-%m-%d %H:%M %z")
    foot = (
        texts.FOOT_RECORD.format(digest=facts.record_sha256),
        texts.FOOT_LOG.format(size=dossier.log_size, root=dossier.log_root.rpartition(":")[2]),
        texts.FOOT_MADE.format(version=facts.version, at=made, name=one_line(facts.name, 60)),
    )
    sheet = Sheet(f"{title} · {one_line(dossier.number, 60)}", foot, facts.at)
    sheet.title_line(title)
    sheet.say(texts.SUBTITLE if dossier.case else f"{dossier.election.name} · {dossier.number}", size=8, colour=GREY)
    gone = [each for each in exhibits.values() if each.missing]
    if gone:
        said = [f"{each.photo.sha256}: {'; '.join(each.missing)}" for each in gone[:10]]
        sheet.box(f"{texts.MISSING_ORIGINALS}: {len(gone)} dari {len(exhibits)} foto", said)
    for case in dossier.case:
        _case(sheet, dossier, case, exhibits, facts)
    if not dossier.case:
        sheet.say(texts.NO_VERDICT)
    _findings(sheet, dossier, exhibits, read)
    _searched(sheet, dossier)
    _limits(sheet)
    _custody(sheet, dossier)
    sheet.heading(texts.VERIFY)
    sheet.points(texts.VERIFY_POINTS)
    if dossier.case:
        sheet.keep(34)
        sheet.fields([(name, "") for name in texts.SIGNATURE])
    return sheet.bytes_of()


def _case(sheet: Sheet, dossier: Dossier, case: CaseFile, exhibits: Mapping[str, Exhibit], facts: PaperFacts) -> None:
    if case.lacks:
        sheet.box(texts.INCOMPLETE, [texts.DUTIES[name] for name in case.lacks])
    sheet.say(texts.NO_VERDICT)
    sheet.say(texts.BY_HAND, size=8, colour=GREY)
    for heading, names in texts.FORM_PARTS:
        sheet.subheading(heading)
        sheet.fields([(texts.FORM_FIELDS[name], _value(case, name)) for name in names])
    sheet.subheading(texts.RESULT)
    decided = sum(len({each.reviewer for each in one.standing}) >= 2 for one in dossier.findings)
    counts = texts.RESULT_COUNTS.format(findings=len(dossier.findings), photos=len(dossier.photos), decided=decided)
    sheet.say(counts)
    account = _value(case, "uraian")
    if account:
        sheet.say(account)
    else:
        sheet.lines_to_write(5)
    _about(sheet, dossier, case)
    _deadlines(sheet, case, facts.holidays)
    _conditions(sheet, dossier, case, exhibits)


def _value(case: CaseFile, name: str) -> str:
    """A field of the case, or a further one of the form."""
    return str(getattr(case, name, "") or case.form.get(name, ""))


def _about(sheet: Sheet, dossier: Dossier, case: CaseFile) -> None:
    sheet.heading(texts.CASE_PART)
    rows = [(said, str(getattr(case, name))) for name, said in texts.CASE_FIELDS]
    for said, days in (
        (texts.KNOWN_ON, case.known_on),
        (texts.ENDS_ON, case.ends_on),
        (texts.RETAIN, case.retain_until),
    ):
        rows.append((said, "".join(texts.day_text(day) for day in days)))
    election = dossier.election
    rows.append((texts.ELECTION, f"{election.name} ({election.id})"))
    rows.append((texts.RULEBOOK, election.rulebook))
    sheet.fields(rows)
    if case.legal_hold:
        sheet.say(texts.HOLD, style="B")


def _deadlines(sheet: Sheet, case: CaseFile, holidays: Holidays) -> None:
    sheet.heading(texts.DEADLINES)
    if not case.known_on:
        sheet.say(texts.DEADLINES_UNKNOWN, colour=RED)
        sheet.fields([(texts.KNOWN_ON, "")])
        return
    listed = texts.HOLIDAY_LIST if holidays.origin else texts.NO_HOLIDAY_LIST
    sheet.say(texts.DEADLINES_FROM.format(day=texts.day_text(case.known_on[0]), holidays=listed))
    if not case.kind:
        sheet.say(texts.KIND_UNKNOWN)
    for kind in case.kind or tuple(ElectionKind):
        sheet.subheading(texts.KINDS[kind.value])
        found = deadlines(kind, case.known_on[0], case.registered_on, holidays)
        rows = [
            (one.term.text_id, texts.day_text(one.day), _counted(one), f"{one.term.source.title} ({_doubt(one)})")
            for one in found
        ]
        sheet.table_of(("Yang dilakukan", "Hari terakhir", "Hitungan", "Sumber"), rows, (34, 18, 20, 34))


def _counted(one: Deadline) -> str:
    kind = "hari kerja" if one.term.count.value == "working" else "hari"
    return f"{one.term.days} {kind} sejak {texts.day_text(one.start)}{texts.ASSUMED if one.assumed else ''}"


def _doubt(one: Deadline) -> str:
    return "; ".join(filter(None, (texts.CHECK_AGAIN, one.term.source.note)))


def _conditions(sheet: Sheet, dossier: Dossier, case: CaseFile, exhibits: Mapping[str, Exhibit]) -> None:
    uploads = [upload for photo in dossier.photos for upload in photo.uploads]
    names = list(dict.fromkeys(filter(None, (each.facts.uploader_name or each.facts.uploader_id for each in uploads))))
    addresses = [each.facts.post_url for each in uploads if each.facts.post_url]
    dated = [each for each in uploads if each.facts.taken_at or each.facts.posted_at]
    originals = sum(not each.missing for each in exhibits.values())
    form = {name: _value(case, name) for name in texts.FORM_FIELDS}
    shown = ", ".join(names[:5]) + (f" dan {len(names) - 5} lainnya" if len(names) > 5 else "")
    known = "".join(f"diketahui {texts.day_text(day)}; lihat Batas waktu" for day in case.known_on)
    sheet.heading(texts.CONDITIONS)
    sheet.say(texts.CONDITIONS_NOTE, size=8, colour=GREY)
    sheet.subheading(texts.FORMAL)
    sheet.ticks(
        [
            (bool(case.officer and form["alamat"]), "Nama dan alamat pelapor atau pengawas",
             "; ".join(filter(None, (case.officer, form["alamat"])))),
            (bool(form["terlapor"]), "Pihak yang dilaporkan",
             form["terlapor"] or (texts.NOBODY_NAMED.format(names=shown) if names else "")),
            (bool(case.known_on), "Hari perkara diketahui, untuk batas waktu", known),
        ]
    )  # fmt: skip
    sheet.subheading(texts.MATERIAL)
    sheet.ticks(
        [
            (bool(dated), "Waktu kejadian", f"{len(dated)} dari {len(uploads)} berkas bertanggal" if uploads else ""),
            (bool(form["tempat"]), "Tempat kejadian", form["tempat"]),
            (bool(form["uraian"]), "Uraian kejadian", form["uraian"]),
            (bool(originals), "Bukti: foto asli dengan sidik",
             f"{originals} dari {len(exhibits)} foto asli dalam paket ini"),
            (bool(addresses), "Bukti: alamat unggahan dan akun", "; ".join(addresses[:3])),
            (bool(form["saksi"]), "Saksi", form["saksi"]),
        ]
    )  # fmt: skip


def _findings(sheet: Sheet, dossier: Dossier, exhibits: Mapping[str, Exhibit], read: Callable[[str], bytes]) -> None:
    sheet.heading(texts.FINDINGS)
    ranked: Sequence[FindingRow] = sorted(
        dossier.findings, key=lambda one: (_STRENGTHS.get(one.strength, len(_STRENGTHS)), one.number)
    )
    chosen = ranked[:MOST_FINDINGS]
    if len(chosen) < len(ranked):
        sheet.say(texts.MORE_FINDINGS.format(shown=len(chosen), count=len(ranked)), style="B")
    rows = [
        (
            str(one.number),
            texts.CATEGORIES.get(one.category, one.category),
            ", ".join(dossier.election.name_of(each) for each in one.detail.get("candidates") or ()),
            texts.STRENGTHS.get(one.strength, one.strength),
            texts.STATES.get(one.state, one.state),
            one.sha256.rpartition(":")[2][:12],
        )
        for one in chosen
    ]
    sheet.table_of(("Temuan", "Yang tampak", "Calon", "Kekuatan", "Keadaan", "Foto"), rows, (16, 40, 36, 18, 26, 26))
    if any(one.detail for one in chosen):
        sheet.say(texts.UPLOADER_NOTE, size=8, colour=GREY)
    for one in chosen:
        sheet.keep(FINDING_HEIGHT)
        write_finding(sheet, dossier, one, exhibits[one.sha256], read)


def _searched(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading(texts.SEARCHED)
    sheet.say(texts.SEARCHED_NOTE)
    rows, bands = [], []
    for run in dossier.runs:
        seen = run.searched
        rows.append(
            (
                f"{run.number} ({run.started_at[:10]})",
                str(seen.photos),
                str(seen.photos - seen.with_sighting),
                str(seen.people - seen.cannot_assess),
                str(seen.cannot_assess),
                str(run.counts.get("unreadable", "")),
            )
        )
        for candidate in dossier.election.candidates:
            counts = [str(seen.bands.get((candidate.id, band), 0)) for band in texts.BANDS]
            bands.append((str(run.number), candidate.name, *counts))
    sheet.table_of(texts.SEARCHED_COLUMNS, rows, (1.4, 1, 1.2, 1.2, 1.2, 1))
    sheet.table_of(texts.BANDS_COLUMNS, bands, (1, 3, 1, 1))


def _limits(sheet: Sheet) -> None:
    sheet.heading(texts.LIMITS)
    sheet.points(texts.LIMITS_POINTS)
    sheet.subheading(texts.RATES)
    rows = [(one.text_id, _comma(one.value), _comma(one.interval), one.sample_id) for one in FIGURES]
    sheet.table_of(texts.RATES_COLUMNS, rows, (58, 14, 18, 30))
    sheet.subheading(texts.UNKNOWN_RATES)
    sheet.points([one.text_id for one in NOT_MEASURED])


def _comma(figure: str) -> str:
    """A figure of the manuals as it is written in Indonesian."""
    return figure.replace(".", ",")


def _custody(sheet: Sheet, dossier: Dossier) -> None:
    sheet.heading(texts.CUSTODY)
    last = dossier.custody[-MOST_CUSTODY:]
    sheet.say(texts.CUSTODY_NOTE.format(shown=len(last), count=len(dossier.custody)))
    rows = [
        (str(one.number), one.local[:19].replace("T", " "), one.actor, one.action, one.subject, one.reason)
        for one in last
    ]
    sheet.table_of(texts.CUSTODY_COLUMNS, rows, (9, 33, 22, 22, 32, 28))
