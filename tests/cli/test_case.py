"""``netra case``, ``netra retention`` and ``netra subject`` as an officer types them."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from casework.audit import AuditLog
from casework.database import open_database
from casework.decisions import Verdict, decide
from casework.tables import decisions
from casework.verify import verify_log
from tests.casework.sample import ELECTION, NAMES, PLACES, fill, sha256_of

Netra = Callable[..., Result]
TODAY = datetime.now(UTC).astimezone().date()
LATER = (TODAY + timedelta(days=60)).isoformat()
YESTERDAY = (TODAY - timedelta(days=1)).isoformat()
OPEN = (
    "--election-id", ELECTION, "--purpose", "Menelusuri unggahan", "--legal-basis", "UU 7/2017 Pasal 93",
    "--officer", "Petugas Contoh", "--ends-on", LATER, "--operator", "petugas-a",
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kasus") / "kasus.db"
    with open_database(path, create=True) as database:
        fill(database)
    return path


@pytest.fixture
def db(filled: Path, tmp_path: Path) -> Path:
    shutil.copy(filled, tmp_path / "kasus.db")
    return tmp_path / "kasus.db"


def log_of(db: Path) -> list[tuple[str, str, str, str]]:
    with open_database(db, create=False) as database, database.read() as connection:
        return [
            (entry.draft.actor, str(entry.draft.action), entry.draft.subject, entry.draft.reason)
            for entry in AuditLog(connection).entries()
        ]


def test_the_life_of_a_case(netra: Netra, db: Path) -> None:
    opened = netra("case", "open", "01/TM", "--db", db, *OPEN, "--finding", 1, "--form", "tempat=Kota Contoh")
    assert (opened.exit_code, opened.stdout) == (0, "")
    assert "Berkas kasus 01/TM dibuka" in opened.stderr
    assert "BELUM LENGKAP: nomor DPIA (--dpia-number)" in opened.stderr
    assert netra("case", "add", "01/TM", "2", "--db", db).exit_code == 0
    assert netra("case", "remove", "01/TM", "2", "--db", db, "--reason", "foto lama").exit_code == 0
    assert netra("case", "set", "01/TM", "--db", db, "--dpia-number", "DPIA/1", "--known-on", YESTERDAY).exit_code == 0
    shown = netra("case", "show", "01/TM", "--db", db, "--operator", "petugas-b").stdout
    for words in (
        "tempat: Kota Contoh",
        "nomor DPIA: DPIA/1",
        "1. foto bersama + simbol, kuat, sari-dewi: dikonfirmasi",
    ):
        assert words in shown
    assert "BELUM LENGKAP" not in shown
    listed = netra("case", "list", "--db", db).stdout
    assert "01/TM" in listed
    assert "terbuka" in listed
    closed = netra("case", "close", "01/TM", "--db", db, "--reason", "diteruskan")
    assert closed.exit_code == 0
    assert "tidak pernah jatuh tempo" in closed.stderr
    assert netra("case", "hold", "01/TM", "--db", db, "--reason", "gugatan").exit_code == 0
    assert "ditutup, ditahan secara hukum" in netra("case", "show", "01/TM", "--db", db).stdout
    assert netra("case", "hold", "01/TM", "--db", db, "--off", "--reason", "selesai").exit_code == 0
    actions = [action for _, action, _, _ in log_of(db)]
    assert actions == [
        "case.open", "case.add", "case.add", "case.remove", "case.set", "case.view", "case.close", "case.hold",
        "case.view", "case.hold",
    ]  # fmt: skip
    assert ("petugas-b", "case.view", "case:01/TM", "") in log_of(db)
    assert {reason for *_, reason in log_of(db)} == {"", "foto lama", "diteruskan", "gugatan", "selesai"}


def test_both_laws_are_shown_until_the_kind_is_known(netra: Netra, db: Path, tmp_path: Path) -> None:
    netra("case", "open", "1", "--db", db, *OPEN, "--known-on", "2024-10-18", "--registered-on", "2024-10-23")
    both = netra("case", "show", "1", "--db", db).stdout
    for words in ("Tenggat menurut Pemilu", "Tenggat menurut Pilkada", "--kind", "Hari libur 2024 tidak ada", "LEWAT"):
        assert words in both
    netra("case", "set", "1", "--db", db, "--kind", "pemilu")
    holidays = tmp_path / "libur.txt"
    holidays.write_text("2024-10-21 libur kantor\n")
    one = netra("case", "show", "1", "--db", db, "--holidays", holidays).stdout
    assert "2024-10-30  laporan disampaikan dan diregistrasi: 7 hari kerja sejak diketahui (2024-10-18)" in one
    for words in ("UU 7/2017 tentang Pemilihan Umum, Pasal 454 ayat (6)", "periksa kembali"):
        assert words in one
    assert "Pilkada" not in one.replace("pilkada-kota", "")
    assert "2024-10-29" in netra("case", "show", "1", "--db", db).stdout
    assert "LEWAT" in netra("case", "list", "--db", db).stdout
    english = netra("--lang", "en", "case", "show", "1", "--db", db).stdout
    assert "the report is handed in and registered" in english


def test_an_incomplete_case_is_refused_or_says_so_everywhere(netra: Netra, db: Path) -> None:
    refused = netra("case", "open", "1", "--db", db, "--election-id", ELECTION, "--officer", "Petugas Contoh")
    assert refused.exit_code == 2
    assert "--purpose, --legal-basis, --ends-on" in refused.stderr
    assert log_of(db) == []
    opened = netra("case", "open", "1", "--db", db, "--election-id", ELECTION, "--incomplete")
    assert opened.exit_code == 0
    for result in (opened.stderr, netra("case", "show", "1", "--db", db).stdout):
        assert "BELUM LENGKAP: tujuan (--purpose), dasar hukum (--legal-basis)" in result
    assert "dasar hukum" in netra("case", "list", "--db", db).stdout.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("open", "1", "--purpose", "x"), "beberapa pemilihan"),
        (("open", "1", "--election-id", "x", *OPEN[2:]), f"(yang ada: {ELECTION}, pilkada-lain-2024)"),
        (("open", "../x", *OPEN), "bukan nomor berkas"),
        (("open", "1", *OPEN, "--known-on", "21-10-2024"), "--known-on: '21-10-2024' bukan tanggal. Tulis TTTT-BB-HH"),
        (("open", "1", *OPEN, "--kind", "pilpres"), "pemilu atau pilkada"),
        (("open", "1", *OPEN, "--retain-until", "2024-01-01"), "lebih awal daripada --ends-on"),
        (("open", "1", *OPEN, "--form", "tempat"), "'tempat' tidak berbentuk NAMA=ISI"),
        (("open", "1", *OPEN, "--finding", "99"), "temuan 99: tidak ada dalam basis data"),
        (("open", "ada", *OPEN), "sudah dipakai"),
        (("show", "tidak-ada"), "tidak-ada: tidak ada berkas kasus dengan nomor ini"),
        (("show", "ada", "--holidays", "tidak-ada.txt"), "tidak-ada.txt"),
        (("add", "ada", "1"), "tidak ada yang berubah"),
        (("add", "ada", "satu"), "satu"),
        (("remove", "ada", "2", "--reason", "x"), "tidak ada dalam berkas ada"),
        (("remove", "ada", "1"), "--reason"),
        (("close", "ada"), "--reason"),
        (("close", "ada", "--reason", "x", "--retain-until", "besok"), "'besok' bukan tanggal"),
        (("hold", "ada", "--off", "--reason", "x"), "tidak sedang ditahan"),
        (("set", "ada", "--ends-on", ""), ""),
        (("set", "tutup", "--officer", "x"), "sudah ditutup"),
        (("add", "tutup", "2"), "sudah ditutup"),
    ],
)
def test_what_is_typed_wrongly_is_one_clear_line(
    netra: Netra, db: Path, arguments: tuple[str, ...], expected: str
) -> None:
    for number in ("ada", "tutup"):
        netra("case", "open", number, "--db", db, *OPEN, "--finding", "1")
    netra("case", "close", "tutup", "--db", db, "--reason", "x")
    before = len(log_of(db))
    result = netra("case", *arguments, "--db", db)
    if not expected:
        assert result.exit_code == 0, "a field may be taken back; what is then missing is said"
        assert "--ends-on" in result.stderr
        return
    assert (result.exit_code, result.stdout) == (2, "")
    assert expected in result.stderr
    assert result.stderr.startswith("Perintah belum benar:")
    assert len(result.stderr.strip().splitlines()) <= 2
    assert len(log_of(db)) == before, "nothing was changed"


def test_a_database_that_is_not_there(netra: Netra, tmp_path: Path) -> None:
    for command in (("case", "list"), ("retention",), ("subject", "--uploader", "x", "--out", "-")):
        result = netra(*command, "--db", tmp_path / "tidak-ada.db")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "tidak-ada.db" in result.stderr
    assert list(tmp_path.iterdir()) == []


# --- retention -----------------------------------------------------------------------------------------------------


@pytest.fixture
def due(netra: Netra, db: Path) -> Path:
    """A case whose time of keeping is over since yesterday."""
    assert netra("case", "open", "01/TM", "--db", db, *OPEN, "--finding", "1").exit_code == 0
    assert netra("case", "set", "01/TM", "--db", db, "--ends-on", "2024-11-30").exit_code == 0
    closed = netra("case", "close", "01/TM", "--db", db, "--reason", "selesai", "--retain-until", YESTERDAY)
    assert closed.exit_code == 0
    return db


def test_what_is_due_is_shown_and_nothing_is_deleted(netra: Netra, due: Path) -> None:
    before = due.read_bytes()
    for arguments in ((), ("--dry-run",)):
        result = netra("retention", "--db", due, *arguments)
        assert result.exit_code == 0
        for words in ("berkas 01/TM: 1 foto", "Belum ada yang dihapus", "Berkas asli (2) tetap ada"):
            assert words in result.stdout
    assert due.read_bytes() == before
    earlier = netra("retention", "--db", due, "--on", YESTERDAY).stdout
    assert f"berkas 01/TM disimpan sampai {YESTERDAY}" in earlier
    assert f"Berikutnya setelah {YESTERDAY}" in earlier


def test_deletion_leaves_a_proof_and_nothing_else(netra: Netra, due: Path) -> None:
    result = netra("retention", "--db", due, "--delete", "--reason", "masa simpan berakhir", "--operator", "petugas-b")
    assert result.exit_code == 0
    for words in ("Dihapus: 1 foto", "ditulis ulang", "catatan audit", "cadangan, ekspor"):
        assert words in result.stdout
    data = b"".join(path.read_bytes() for path in due.parent.glob("kasus.db*"))
    assert PLACES[1].encode() not in data
    assert PLACES[2].encode() in data
    assert [entry[:3] for entry in log_of(due)[-2:]] == [
        ("petugas-b", "retention.delete", "case:01/TM"),
        ("petugas-b", "retention.purge", "case:01/TM"),
    ]
    with open_database(due, create=False) as database, database.read() as connection:
        assert [one for one in verify_log(connection).damages if one.fault.value != "no-key"] == []
    again = netra("retention", "--db", due, "--delete", "--reason", "lagi")
    assert "Tidak ada yang boleh dihapus" in again.stdout
    assert "dihapus" in netra("case", "list", "--db", due).stdout
    assert "sudah dihapus" in netra("case", "set", "01/TM", "--db", due, "--officer", "x").stderr


def test_notes_about_a_photo_that_stays_are_shown_without_whose_upload_goes(netra: Netra, db: Path) -> None:
    with open_database(db, create=False) as database, database.begin() as connection:
        connection.execute(decisions.update().values(note="Bu Lilis di kiri, bapak berkopiah di kanan"))
    asked = "retention", "--db", db, "--uploader", "u-2", "--delete", "--reason", "permintaan"
    result = netra(*asked)
    assert result.exit_code == 0
    assert "Catatan petugas tentang foto yang tetap ada" in result.stdout
    assert "(1, 1 disamarkan)" in result.stdout
    assert "  temuan 2, " in result.stdout
    assert ": Bu [dihapus] di kiri, bapak berkopiah di kanan" in result.stdout
    assert "Lilis" not in result.stdout


def test_every_decision_is_accounted_for_after_a_deletion(netra: Netra, due: Path) -> None:
    with open_database(due, create=False) as database, database.begin() as connection:
        connection.execute(decisions.delete())
        decide(connection, 1, "petugas-a", Verdict.REJECTED, "lain")
        decide(connection, 2, "petugas-a", Verdict.REJECTED, "lain")
    result = netra("retention", "--db", due, "--delete", "--reason", "masa simpan berakhir")
    assert "Keputusan petugas: 2 dibuat = 1 tersimpan + 1 dihapus dengan bukti." in result.stdout
    with open_database(due, create=False) as database, database.begin() as connection:
        connection.execute(decisions.delete())
    again = netra("retention", "--db", due, "--unused-days", "0", "--delete", "--reason", "x")
    assert "TIDAK COCOK: 2 dibuat menurut log, 0 tersimpan, 1 dihapus" in again.stdout


def test_an_open_case_stays_and_the_exit_code_says_so(netra: Netra, db: Path) -> None:
    netra("case", "open", "1", "--db", db, *OPEN, "--finding", "1")
    result = netra("retention", "--db", db, "--case", "1", "--delete", "--reason", "x")
    assert result.exit_code == 3
    assert "berkas 1 masih terbuka" in result.stdout
    asked = netra("retention", "--db", db, "--uploader", "u-1", "--delete", "--reason", "permintaan")
    assert asked.exit_code == 3
    assert f"photo:{sha256_of(1)}: berkas 1 masih terbuka" in asked.stdout
    assert "2 catatan unggahan tanpa fotonya" in asked.stdout


def test_originals_are_deleted_by_name_and_only_when_told(netra: Netra, tmp_path: Path) -> None:
    folder = tmp_path / "unggahan"
    folder.mkdir()
    for upload in PLACES:
        (folder / f"{upload}.jpg").write_bytes(b"isi %d" % {5: 1, 3: 2}.get(upload, upload))
    content = f"sha256:{hashlib.sha256(b'isi 4').hexdigest()}"
    db = tmp_path / "kasus.db"
    with open_database(db, create=True) as database:
        fill(database, {upload: folder / f"{upload}.jpg" for upload in PLACES}, {3: content})
    shown = netra("retention", "--db", db, "--photo", folder / "4.jpg")
    assert "Berkas asli (1) tetap ada" in shown.stdout
    result = netra("retention", "--db", db, "--photo", content, "--delete", "--files", "--reason", "permintaan")
    assert result.exit_code == 0
    assert f"{folder / '4.jpg'}: dihapus" in result.stdout
    assert not (folder / "4.jpg").exists()
    kept = netra("retention", "--db", db, "--uploader", "u-2", "--delete", "--files", "--reason", "permintaan")
    assert kept.exit_code == 3
    assert f"{folder / '3.jpg'}: isinya bukan foto yang dipindai; dibiarkan" in kept.stdout
    assert (folder / "3.jpg").exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--delete",), "--reason"),
        (("--delete", "--dry-run", "--reason", "x"), "--dry-run"),
        (("--files",), "--files hanya bersama --delete"),
        (("--case", "1", "--uploader", "x"), "pilih satu saja"),
        (("--on", "besok"), "'besok' bukan tanggal"),
        (("--on", LATER, "--delete", "--reason", "x"), "belum tiba"),
        (("--photo", "tidak-ada.jpg"), "tidak-ada.jpg"),
        (("--photo", "sha256:abc"), "sha256:abc"),
        (("--case", "99"), "tidak ada berkas kasus"),
    ],
)
def test_retention_typed_wrongly(netra: Netra, db: Path, arguments: tuple[str, ...], expected: str) -> None:
    result = netra("retention", "--db", db, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert expected in result.stderr


# --- a person's request --------------------------------------------------------------------------------------------


def test_a_report_to_read_and_one_to_process(netra: Netra, db: Path, tmp_path: Path) -> None:
    page, data = tmp_path / "laporan.md", tmp_path / "laporan.json"
    written = netra("subject", "--db", db, "--uploader", "u-1", "--out", page, "--operator", "petugas-a")
    assert (written.exit_code, written.stdout) == (0, "")
    assert "3 x 24 jam" in written.stderr
    text = page.read_text("utf-8")
    assert text.startswith("# Laporan data pribadi")
    assert NAMES["u-1"] in text
    assert NAMES["u-2"] not in text
    assert netra("subject", "--db", db, "--uploader", "u-1", "--out", data).exit_code == 0
    report = json.loads(data.read_text("utf-8"))
    assert report["schema"] == "netra.subject/1"
    assert len(report["uploads"]) == 4
    assert [entry[1] for entry in log_of(db)] == ["subject.report"] * 2
    kept = netra("subject", "--db", db, "--uploader", "u-1", "--out", page)
    assert kept.exit_code == 1
    assert "--overwrite" in kept.stderr
    assert netra("subject", "--db", db, "--uploader", "u-1", "--out", page, "--overwrite").exit_code == 0


def test_nothing_held_is_said_too(netra: Netra, db: Path) -> None:
    result = netra("subject", "--db", db, "--candidate", "tidak-ada", "--out", "-")
    assert result.exit_code == 0
    assert "Tidak ada." in result.stdout
    assert "templat wajah" in result.stdout
    assert "Tidak ada yang disimpan" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--out", "x.md"), "sebutkan satu saja"),
        (("--uploader", "a", "--candidate", "b", "--out", "x.md"), "sebutkan satu saja"),
        (("--uploader", "a", "--out", "x.pdf"), ".md"),
        (("--photo", "tidak-ada.jpg", "--out", "x.md"), "tidak-ada.jpg"),
        (("--uploader", "a"), "--out"),
    ],
)
def test_a_report_typed_wrongly(netra: Netra, db: Path, arguments: tuple[str, ...], expected: str) -> None:
    result = netra("subject", "--db", db, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert expected in result.stderr
    assert log_of(db) == []
