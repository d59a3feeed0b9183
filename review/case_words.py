"""What the page says of cases: fields, days, and why something cannot be done. English is in ``locale/en/cases.po``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from casework.case_file import CaseError, CaseFile, CaseState
from casework.deadlines import Deadline, ElectionKind, deadlines
from netra.both import Language
from review.language import marked, say
from review.visit import Visit

FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": marked("Judul"),
        "purpose": marked("Tujuan pemeriksaan"),
        "legal_basis": marked("Dasar hukum"),
        "officer": marked("Petugas"),
        "post": marked("Jabatan"),
        "warrant": marked("Surat tugas"),
        "dpia_number": marked("Nomor penilaian dampak (DPIA)"),
        "known_on": marked("Diketahui pada"),
        "registered_on": marked("Diregistrasi pada"),
        "ends_on": marked("Berlaku sampai"),
        "retain_until": marked("Disimpan sampai"),
        "kind": marked("Jenis pemilihan"),
    }
)
KINDS: Final[Mapping[str, str]] = MappingProxyType({"pemilu": marked("Pemilu"), "pilkada": marked("Pilkada")})
CASE_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {"open": marked("terbuka"), "closed": marked("ditutup"), "deleted": marked("dihapus")}
)
_DAYS: Final = {"working": marked("hari kerja"), "calendar": marked("hari kalender")}
_STARTS: Final = {"known": marked("sejak diketahui"), "registered": marked("sejak diregistrasi")}

REFUSALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown-case": marked("Perkara %(number)s tidak ada."),
        "unknown-election": marked("Pemilihan %(election)s tidak ada dalam basis data ini. Pindai dulu fotonya."),
        "number-taken": marked("Nomor %(number)s sudah dipakai, dan tidak pernah dipakai dua kali. Pilih nomor lain."),
        "not-a-number": marked(
            "“%(number)s” tidak dapat menjadi nomor perkara. Pakai huruf, angka, dan . / - (paling banyak 64), "
            "misalnya 01/TM/2024."
        ),
        "incomplete": marked(
            "Perkara belum dibuat, karena isian wajib belum ada: %(fields)s. Isi, atau centang “Buat walau belum "
            "lengkap”; kekurangannya lalu disebut di setiap daftar dan ekspor."
        ),
        "not-a-day": marked("%(field)s: “%(value)s” bukan tanggal. Tulis TTTT-BB-HH, misalnya 2024-10-21."),
        "wrong-order": marked("%(field)s: lebih awal daripada %(other)s (%(day)s). Periksa kedua tanggal itu."),
        "not-a-kind": marked("Jenis pemilihan “%(value)s” tidak dikenal. Pilih Pemilu atau Pilkada."),
        "over": marked(
            "Perkara %(number)s berlaku sampai %(day)s, dan hari itu sudah lewat. Bila ada dasarnya, perpanjang dulu "
            "isian “Berlaku sampai” dan sebutkan alasannya."
        ),
        "closed": marked(
            "Perkara %(number)s sudah ditutup dan tidak berubah lagi; hanya “Disimpan sampai” dapat diubah."
        ),
        "deleted": marked("Perkara %(number)s sudah dihapus. Log audit memuat bukti penghapusannya."),
        "unknown-finding": marked("Temuan %(findings)s tidak ada. Tidak ada yang dimasukkan."),
        "other-election": marked("Temuan %(findings)s bukan dari pemilihan %(election)s. Buat perkara tersendiri."),
        "not-in-case": marked("Temuan %(findings)s tidak ada dalam perkara %(number)s."),
        "already-held": marked("Perkara %(number)s sudah ditahan secara hukum."),
        "not-held": marked("Perkara %(number)s tidak sedang ditahan secara hukum."),
        "nothing-to-do": marked("Tidak ada yang berubah; semuanya sudah demikian."),
        "no-reason": marked("Sebutkan alasannya; alasan itu masuk log audit."),
        "needed-since": marked("Perkara %(number)s kini memerlukan sebagian dari yang akan dihapus."),
    }
)


def told(language: Language, error: CaseError) -> str:
    """What a case refuses, as a sentence."""
    values = {name: _named(language, name, value) for name, value in error.values.items()}
    return say(language, REFUSALS[error.kind.value], **values)


def _named(language: Language, name: str, value: str) -> str:
    if name in ("field", "other"):
        return field_name(language, value)
    return ", ".join(field_name(language, one) for one in value.split(",")) if name == "fields" else value


def field_name(language: Language, name: str) -> str:
    """What people call a field; a further field of the form is called as the office wrote it."""
    return say(language, FIELDS[name]) if name in FIELDS else name


@dataclass(frozen=True, slots=True)
class LastDay:
    """A last day in words.

    Attributes:
        day: ``YYYY-MM-DD``.
        what: to be done by then.
        counted: from when and how.
        left: how many days are left, in words.
        late: it is over.
        near: three days or fewer.
        source: of the law.
        note: what is to be known of the source; Indonesian.
        secondary: not the text in force was read.
        assumed: counted from a day that is not known.
        law: whose clock, in words.
    """

    day: str
    what: str
    counted: str
    left: str
    late: bool
    near: bool
    source: str
    note: str
    secondary: bool
    assumed: bool
    law: str = ""


_NEAR: Final = 3


def last_day(visit: Visit, one: Deadline, law: str = "") -> LastDay:
    """A deadline in the language of whoever asks."""
    language, term = visit.language, one.term
    days = (one.day - visit.office.today).days
    counted = say(
        language,
        marked("%(days)s %(count)s %(start)s (%(day)s)"),
        days=term.days,
        count=say(language, _DAYS[term.count.value]),
        start=say(language, _STARTS[term.start.value]),
        day=one.start.isoformat(),
    )
    return LastDay(
        one.day.isoformat(),
        term.text_id if language == "id" else term.text_en,
        counted,
        _left(language, days),
        days < 0,
        0 <= days <= _NEAR,
        term.source.title,
        term.source.note,
        one.secondary,
        one.assumed,
        law,
    )


def _left(language: Language, days: int) -> str:
    if days < 0:
        return say(language, marked("LEWAT %(days)s hari"), days=-days)
    return say(language, marked("sisa %(days)s hari"), days=days) if days else say(language, marked("hari ini"))


def last_days(visit: Visit, case: CaseFile) -> tuple[LastDay, ...]:
    """Every last day of a case, in the order of the law; of both laws where the kind of election is not said."""
    if not case.known_on or case.state is CaseState.DELETED:
        return ()
    kinds = case.kind or tuple(ElectionKind)
    return tuple(
        last_day(visit, one, say(visit.language, KINDS[kind.value]))
        for kind in kinds
        for one in deadlines(kind, case.known_on[0], case.registered_on, visit.office.holidays)
    )


def years_without_holidays(visit: Visit, case: CaseFile) -> tuple[int, ...]:
    """Years that working days are counted in although the office's list names no day of them."""
    if not case.known_on or case.state is CaseState.DELETED:
        return ()
    kinds = case.kind or tuple(ElectionKind)
    every = (
        one for kind in kinds for one in deadlines(kind, case.known_on[0], case.registered_on, visit.office.holidays)
    )
    return tuple(sorted({year for one in every for year in one.years_without_holidays}))


def iso(days: tuple[date, ...]) -> str:
    """A day as the tables have it; an empty text for none."""
    return days[0].isoformat() if days else ""
