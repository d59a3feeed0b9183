"""The report for a person who asks, as a page that can be read and printed: Markdown in Indonesian."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from netra.symbols import SYMBOLS

ASKED: Final = {
    "uploader": "id pengunggah `{value}`",
    "candidate": "calon dengan id `{value}`",
    "photo": "foto dengan sidik isi `{value}`",
}
CATEGORIES: Final = {
    "foto-bersama-simbol": "foto bersama calon, dengan simbol tangan",
    "foto-bersama": "foto bersama calon",
    "unggah-foto-calon": "unggahan foto calon",
    "pose-terlarang": "pose yang ada dalam daftar",
}
STRENGTHS: Final = {"strong": "kuat", "medium": "sedang", "weak": "lemah"}
BANDS: Final = {"match": "cocok", "possible": "mungkin"}
STATES: Final = {
    "suggested": "belum diputuskan",
    "confirmed-once": "dikonfirmasi satu petugas, menunggu petugas kedua",
    "confirmed": "dikonfirmasi petugas",
    "rejected": "ditolak petugas",
    "cannot-tell": "petugas tidak dapat memastikan",
    "ignored": "diabaikan petugas",
    "open": "terbuka",
    "closed": "ditutup",
}
ACTIONS: Final = {
    "case.add": "dimasukkan ke berkas kasus",
    "case.close": "berkas kasus ditutup",
    "case.hold": "penahanan hukum diubah",
    "case.open": "berkas kasus dibuka",
    "case.remove": "dikeluarkan dari berkas kasus",
    "case.set": "isian berkas kasus diubah",
    "case.view": "berkas kasus dilihat",
    "decision": "diputuskan oleh petugas",
    "decision.undo": "keputusan ditarik kembali",
    "export": "diekspor",
    "face.view": "wajah atau foto dilihat",
    "look": "pandangan pertama dibuka oleh petugas",
    "look.answer": "pandangan pertama dijawab oleh petugas",
    "mark.add": "tanda di dalam foto dibuat",
    "mark.remove": "tanda di dalam foto ditarik kembali",
    "retention.delete": "dihapus dari basis data",
    "retention.file": "berkas asli dihapus",
    "retention.purge": "basis data ditulis ulang tanpa yang dihapus",
    "review.ask": "peninjau lagi diminta",
    "search": "dicari",
    "subject.report": "laporan seperti ini dibuat",
}
MARKS: Final = {"face": "wajah", "hand": "tangan", "depiction": "gambar seseorang, bukan orangnya"}
TIMES: Final = {"taken": "diambil", "posted": "diunggah", "captured": "disimpan kantor", "known": "diketahui kantor"}
SOURCES: Final = {"manifest": "daftar unggahan", "exif": "data kamera", "file-name": "nama berkas, petunjuk lemah"}

_NOTHING: Final = "Tidak ada."


def subject_page(report: Mapping[str, Any]) -> str:
    """The page.

    Args:
        report: as ``casework.subject_report`` made it.
    """
    asked = report["asked"]
    parts = [
        "# Laporan data pribadi",
        (
            f"Pertanyaan: apa yang disimpan tentang {ASKED[asked['by']].format(value=_plain(asked['value']))}.\n\n"
            f"Dibuat {_plain(report['made_at_local'])} oleh {_plain(report['made_by'])}. Dasar: UU 27/2022 tentang "
            "Pelindungan Data Pribadi, Pasal 5 sampai 7 (hak atas informasi, perbaikan, dan salinan) dan Pasal 32 "
            "(akses diberikan paling lambat 3 x 24 jam sejak permintaan diterima)."
        ),
        _section("Ringkasan", _summary(report)),
    ]
    if asked["by"] == "candidate":
        parts.append(_section("Terdaftar sebagai calon", _candidate(report["candidate"])))
    if asked["by"] == "uploader":
        parts.append(_section("Unggahan", _uploads(report["uploads"])))
    parts += [
        _section("Foto dan apa yang dibaca di dalamnya", _photos(report["photos"], asked["by"])),
        _section("Temuan", _findings(report["findings"])),
        _section("Keputusan petugas", _decisions(report["decisions"])),
        _section("Tanda yang dibuat petugas di dalam foto", _marks(report["marks"])),
        _section("Berkas kasus", _cases(report["cases"])),
        _section("Siapa melihat, memutuskan, mengekspor, dan kapan", _log(report["log"])),
        _section("Yang tidak disimpan", "\n".join(f"- {line}" for line in report["not_kept_id"])),
        _section("Hak Anda", _RIGHTS),
    ]
    return "\n\n".join(parts) + "\n"


_RIGHTS: Final = (
    "- Data yang keliru dapat Anda minta diperbaiki atau dilengkapi (Pasal 6).\n"
    "- Salinan data Anda dapat Anda minta (Pasal 7); laporan ini juga tersedia sebagai JSON.\n"
    "- Keberatan dan permintaan penghapusan disampaikan kepada kantor ini. Selama berkas kasus terbuka atau wajib "
    "disimpan, penghapusan dapat ditolak dengan alasan (Pasal 15); alasan itu harus diberitahukan kepada Anda.\n"
    "- Keputusan tentang Anda tidak diambil oleh mesin. Anda berhak menjelaskan foto itu kepada petugas."
)


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n{text}"


def _summary(report: Mapping[str, Any]) -> str:
    rows = {
        "Unggahan": len(report["uploads"]) if report["asked"]["by"] == "uploader" else None,
        "Foto": len(report["photos"]),
        "Temuan": len(report["findings"]),
        "Keputusan petugas": len(report["decisions"]),
        "Berkas kasus": len(report["cases"]),
        "Ekspor": sum(one["action"] == "export" for one in report["log"]),
    }
    told = "\n".join(f"- {name}: {count}" for name, count in rows.items() if count is not None)
    if any(one["action"] == "retention.delete" for one in report["log"]):
        told += "\n- Sebagian atau seluruhnya sudah dihapus; catatan penghapusannya ada di bawah."
    return told


def _candidate(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return "Tidak terdaftar sebagai calon dalam pemilihan mana pun di basis data ini."
    listed = "\n".join(
        f"- {_plain(row.get('name', ''))}, {_plain(row.get('office', ''))}: {_plain(row['election_name'])} "
        f"(`{_plain(row['election'])}`)"
        for row in rows
    )
    return (
        f"{listed}\n\nDari foto rujukan calon dibuat templat wajah, supaya calon dapat dikenali di foto. Templat itu "
        "disimpan di luar basis data ini, di komputer kantor, dan hanya untuk calon dan pembandingnya."
    )


def _uploads(rows: Sequence[Mapping[str, Any]]) -> str:
    def line(row: Mapping[str, Any]) -> tuple[str, ...]:
        where = " ".join(filter(None, (row["platform"], row["post_url"])))
        who = ", ".join(filter(None, (row["uploader_name"], row["agency"])))
        path = row["path"] + (" (berkas asli sudah dihapus)" if row["file_deleted"] else "")
        return path, row["photo"] or "tidak terbaca", who, where, _times(row["facts"]), row["first_scanned_at"]

    head = ("Berkas", "Sidik isi", "Nama, instansi", "Tempat", "Waktu dan sumbernya", "Pertama dipindai (UTC)")
    return _table(head, map(line, rows))


def _times(facts: Mapping[str, Any]) -> str:
    told = [
        f"{name} {one['day']} ({SOURCES.get(one['source'], one['source'])})"
        for kind, name in TIMES.items()
        for one in facts.get(kind, ())
    ]
    return "; ".join(told) or "tidak diketahui"


def _photos(rows: Sequence[Mapping[str, Any]], by: str) -> str:
    def line(row: Mapping[str, Any]) -> tuple[str, ...]:
        sighted = "; ".join(_sighting(one) for one in row["sightings"]) or "tidak ada calon"
        copies = f"{len(row['copies'])} salinan serupa" if row["copies"] else "-"
        return row["sha256"], str(row["uploads"]), f"{row['people']} orang, {row['hands']} tangan", sighted, copies

    table = _table(("Sidik isi", "Diunggah (kali)", "Terbaca", "Calon", "Salinan"), map(line, rows))
    if rows and by != "uploader":
        table += "\n\nSiapa yang mengunggah tidak disebut di sini, karena itu data orang lain."
    return table


def _sighting(one: Mapping[str, Any]) -> str:
    chance = "belum terkalibrasi" if one["e_value"] is None else f"nilai E {_decimal(one['e_value'])}"
    likeness = f"kemiripan {_decimal(one['similarity'])}"
    return f"mirip {one['candidate']} ({BANDS.get(one['band'], one['band'])}, {likeness}, {chance})"


def _findings(rows: Sequence[Mapping[str, Any]]) -> str:
    def line(row: Mapping[str, Any]) -> tuple[str, ...]:
        kind = CATEGORIES.get(row["category"], row["category"])
        symbol = SYMBOLS[row["symbol"]].indonesian if row["symbol"] in SYMBOLS else row["symbol"]
        told = ", ".join(filter(None, (kind, symbol, STRENGTHS.get(row["strength"], row["strength"]))))
        state = STATES.get(row["state"], row["state"]) + ("" if row["current"] else "; tidak muncul lagi")
        return str(row["number"]), row["photo"], told, row["reason_id"], state

    table = _table(("No.", "Foto", "Temuan", "Alasan", "Keadaan"), map(line, rows))
    return f"Temuan adalah alasan untuk melihat sebuah foto, bukan keputusan.\n\n{table}" if rows else table


def _decisions(rows: Sequence[Mapping[str, Any]]) -> str:
    def line(row: Mapping[str, Any]) -> tuple[str, ...]:
        decision = STATES.get(row["decision"], row["decision"]) + (" (ditarik kembali)" if row["takes_back"] else "")
        why = ": ".join(filter(None, (row["reason_code"], row["note"])))
        return str(row["finding"]), row["decided_at"], f"{row['reviewer']} (peninjau {row['round']})", decision, why

    return _table(("Temuan", "Waktu (UTC)", "Petugas", "Keputusan", "Alasan"), map(line, rows))


def _marks(rows: Sequence[Mapping[str, Any]]) -> str:
    def line(row: Mapping[str, Any]) -> tuple[str, ...]:
        symbol = SYMBOLS[row["symbol"]].indonesian if row["symbol"] in SYMBOLS else row["symbol"]
        what = ", ".join(filter(None, (MARKS.get(row["kind"], row["kind"]), row["candidate"], symbol)))
        return row["photo"], what + (" (ditarik kembali)" if row["removed_at"] else ""), row["made_by"], row["note"]

    return _table(("Foto", "Tanda", "Petugas", "Catatan"), map(line, rows))


def _cases(rows: Sequence[Mapping[str, Any]]) -> str:
    def told(row: Mapping[str, Any]) -> str:
        fields = (
            ("Temuan", ", ".join(map(str, row["findings"]))),
            (
                "Keadaan",
                STATES.get(row["state"], row["state"]) + ("; ditahan secara hukum" if row["legal_hold"] else ""),
            ),
            ("Tujuan", row["purpose"]),
            ("Dasar hukum", row["legal_basis"]),
            ("Petugas", ", ".join(filter(None, (row["officer"], row["post"], row["warrant"])))),
            ("Nomor penilaian dampak (DPIA)", row["dpia_number"]),
            ("Berlaku sampai", ", ".join(row["ends_on"])),
            ("Disimpan sampai", ", ".join(row["retain_until"])),
        )
        return f"### Berkas {_plain(row['number'])}\n\n" + "\n".join(
            f"- {name}: {_plain(value) or '**belum diisi**'}" for name, value in fields
        )

    return "\n\n".join(map(told, rows)) or _NOTHING


def _log(rows: Sequence[Mapping[str, Any]]) -> str:
    def line(row: Mapping[str, Any]) -> tuple[str, ...]:
        return str(row["seq"]), row["at"], row["actor"], ACTIONS.get(row["action"], row["action"]), row["subject"]

    return _table(("Catatan", "Waktu setempat", "Oleh", "Apa", "Tentang"), map(line, rows))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(_plain(cell) or '-' for cell in row)} |" for row in rows]
    if not lines:
        return _NOTHING
    return "\n".join([f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}", *lines])


def _plain(value: Any) -> str:
    """A text from a file or a person, on one line and without meaning to Markdown."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in str(value)).split())
    for sign in "\\|`*_<>[]#":
        text = text.replace(sign, f"\\{sign}")
    return text


def _decimal(value: float) -> str:
    return f"{value:.4g}".replace(".", ",")
