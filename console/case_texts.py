"""What ``netra case`` says, in Indonesian and English; the rules of ``console.texts`` hold here as well."""

from typing import Final

from console.voice import Message, messages

M = Message

FIELDS: Final = messages(
    {
        "title": M("judul", "title"),
        "purpose": M("tujuan", "purpose"),
        "legal_basis": M("dasar hukum", "legal basis"),
        "officer": M("petugas", "officer"),
        "post": M("jabatan", "post"),
        "warrant": M("surat tugas", "warrant"),
        "dpia_number": M("nomor DPIA", "DPIA number"),
        "known_on": M("diketahui pada", "known on"),
        "registered_on": M("diregistrasi pada", "registered on"),
        "ends_on": M("berlaku sampai", "ends on"),
        "retain_until": M("disimpan sampai", "kept until"),
        "kind": M("jenis pemilihan", "kind of election"),
    }
)
STATES: Final = messages(
    {"open": M("terbuka", "open"), "closed": M("ditutup", "closed"), "deleted": M("dihapus", "deleted")}
)
FINDING_STATES: Final = messages(
    {
        "suggested": M("belum diputuskan", "not decided yet"),
        "confirmed-once": M("dikonfirmasi satu orang", "confirmed by one person"),
        "confirmed": M("dikonfirmasi", "confirmed"),
        "rejected": M("ditolak", "rejected"),
        "cannot-tell": M("tidak dapat dipastikan", "cannot tell"),
        "ignored": M("diabaikan", "ignored"),
    }
)
KINDS: Final = messages({"pemilu": M("Pemilu", "general election"), "pilkada": M("Pilkada", "local election")})
DAY_COUNTS: Final = messages({"working": M("hari kerja", "working days"), "calendar": M("hari", "calendar days")})
STARTS: Final = messages(
    {"known": M("sejak diketahui", "since known"), "registered": M("sejak diregistrasi", "since registered")}
)

REFUSALS: Final = messages(
    {
        "unknown-case": M(
            "{number}: tidak ada berkas kasus dengan nomor ini. `netra case list` menampilkan semuanya.",
            "{number}: there is no case of this number. `netra case list` shows them all.",
        ),
        "unknown-election": M(
            "{election}: tidak ada pemilihan dengan id ini dalam basis data (yang ada: {known}). Pindai dulu dengan "
            "`netra scan --db`, atau pilih salah satu dengan --election-id.",
            "{election}: the database has no election of this id (it has: {known}). Scan with `netra scan --db` first, "
            "or choose one with --election-id.",
        ),
        "number-taken": M(
            "{number}: nomor ini sudah dipakai, dan tidak pernah dipakai dua kali. Pilih nomor lain.",
            "{number}: this number is taken, and never used twice. Choose another one.",
        ),
        "not-a-number": M(
            "{number}: bukan nomor berkas. Pakai huruf, angka, dan . / - (paling banyak 64), misalnya 01/TM/2024.",
            "{number}: no number for a case. Use letters, digits and . / - (64 at most), such as 01/TM/2024.",
        ),
        "incomplete": M(
            "berkas kasus belum dibuka, karena isian wajib belum ada: {fields}. Isi, atau pakai --incomplete: "
            "kekurangannya lalu disebut di setiap daftar dan ekspor.",
            "the case was not opened, since required fields are missing: {fields}. Fill them in, or use --incomplete: "
            "each listing and export will then say what is missing.",
        ),
        "not-a-day": M(
            "{field}: '{value}' bukan tanggal. Tulis TTTT-BB-HH, misalnya 2024-10-21.",
            "{field}: '{value}' is no day. Write YYYY-MM-DD, such as 2024-10-21.",
        ),
        "wrong-order": M(
            "{field}: lebih awal daripada {other} ({day}). Periksa kedua tanggal itu.",
            "{field}: is before {other} ({day}). Check both days.",
        ),
        "not-a-kind": M(
            "--kind: '{value}' tidak dikenal. Tulis pemilu atau pilkada.",
            "--kind: '{value}' is unknown. Write pemilu or pilkada.",
        ),
        "over": M(
            "{number}: berlaku sampai {day}, dan hari itu sudah lewat, jadi temuan tidak dapat ditambahkan. Bila ada "
            "dasarnya, perpanjang dulu dengan `netra case set --ends-on` dan sebutkan alasannya.",
            "{number}: ended on {day}, so no finding can be added. If there is a basis for it, extend it first with "
            "`netra case set --ends-on` and say why.",
        ),
        "closed": M(
            "{number}: berkas ini sudah ditutup dan tidak berubah lagi; hanya --retain-until dapat diubah.",
            "{number}: this case is closed and changes no more; only --retain-until can be changed.",
        ),
        "deleted": M(
            "{number}: berkas ini sudah dihapus. Catatan audit memuat bukti penghapusannya.",
            "{number}: this case was deleted. The audit log has the proof of it.",
        ),
        "unknown-finding": M(
            "temuan {findings}: tidak ada dalam basis data ini. Tidak ada yang dimasukkan; periksa nomornya.",
            "finding {findings}: not in this database. Nothing was added; check the number.",
        ),
        "other-election": M(
            "temuan {findings}: bukan dari pemilihan {election}. Buka berkas kasus tersendiri untuk pemilihan lain.",
            "finding {findings}: not of the election {election}. Open a case of its own for another election.",
        ),
        "not-in-case": M(
            "temuan {findings}: tidak ada dalam berkas {number}. `netra case show` menampilkan isinya.",
            "finding {findings}: not in case {number}. `netra case show` shows what is.",
        ),
        "already-held": M("{number}: sudah ditahan secara hukum.", "{number}: is on legal hold already."),
        "not-held": M("{number}: tidak sedang ditahan secara hukum.", "{number}: is not on legal hold."),
        "nothing-to-do": M(
            "{number}: tidak ada yang berubah; semuanya sudah demikian.",
            "{number}: nothing changes; all is so already.",
        ),
        "no-reason": M(
            "sebutkan alasannya dengan --reason; alasan itu masuk catatan audit.",
            "say why with --reason; it goes into the audit log.",
        ),
        "needed-since": M(
            "berkas {number} kini memerlukan sebagian dari yang akan dihapus. Yang belum dihapus dibiarkan; lihat lagi "
            "dengan `netra retention`.",
            "case {number} now needs part of what was to be deleted. What was not deleted yet stays; look again with "
            "`netra retention`.",
        ),
    }
)
BAD_FORM: Final = M("--form: '{value}' tidak berbentuk NAMA=ISI.", "--form: '{value}' is not of the form NAME=TEXT.")
NO_ELECTION: Final = M(
    "basis data ini memuat beberapa pemilihan ({known}) atau belum satu pun; sebutkan satu dengan --election-id.",
    "this database has several elections ({known}) or none yet; name one with --election-id.",
)

OPENED: Final = M("Berkas kasus {number} dibuka.", "Case {number} is open.")
CHANGED: Final = M("Berkas kasus {number} diubah.", "Case {number} was changed.")
ADDED: Final = M("Temuan dalam berkas {number}: {count}.", "Findings in case {number}: {count}.")
CLOSED: Final = M("Berkas kasus {number} ditutup.", "Case {number} is closed.")
NO_RETENTION: Final = M(
    "Belum ada --retain-until: berkas ini tidak pernah jatuh tempo untuk dihapus.",
    "No --retain-until yet: this case never becomes due for deletion.",
)
HELD: Final = M("Berkas kasus {number} ditahan secara hukum.", "Case {number} is on legal hold.")
RELEASED: Final = M("Berkas kasus {number} tidak ditahan lagi.", "Case {number} is no longer on hold.")
LACKS: Final = M("BELUM LENGKAP: {fields}", "INCOMPLETE: {fields}")

TITLE: Final = M("Berkas kasus {number}", "Case {number}")
ELECTION: Final = M("pemilihan", "election")
STATE: Final = M("keadaan", "state")
STATE_HELD: Final = M("{state}, ditahan secara hukum", "{state}, on legal hold")
STATE_OVER: Final = M("{state}, masa berlakunya lewat", "{state}, past its end date")
EMPTY: Final = M("belum diisi", "not filled in")
FINDINGS: Final = M("Temuan ({count})", "Findings ({count})")
NO_FINDINGS: Final = M("Belum ada temuan.", "No findings yet.")
FINDING: Final = M(
    "{number}. {category}, {strength}, {candidate}: {state}", "{number}. {category}, {strength}, {candidate}: {state}"
)
FINDING_GONE: Final = M("tidak muncul lagi pada pindaian terakhir", "no longer made by the latest scan")
FINDING_CHANGED: Final = M("berubah sejak diputuskan", "changed since it was decided")
DEADLINES: Final = M("Tenggat menurut {kind}", "Deadlines of a {kind}")
NO_DEADLINES: Final = M(
    "Tenggat belum dapat dihitung: isi --known-on (hari kantor mengetahui kejadian).",
    "No deadlines yet: fill in --known-on (the day the office learned of it).",
)
KIND_UNKNOWN: Final = M(
    "Jenis pemilihan belum diisi (--kind), jadi kedua undang-undang ditampilkan.",
    "The kind of election is not filled in (--kind), so both laws are shown.",
)
DEADLINE: Final = M(
    "{day}  {what}: {days} {count} {start} ({from_day})", "{day}  {what}: {days} {count} {start} ({from_day})"
)
DEADLINE_SOURCE: Final = M("{source}; {note}", "{source}; {note}")
DEADLINE_SECONDARY: Final = M("bukan naskah yang berlaku sekarang: {text}", "not the text in force now: {text}")
DEADLINE_ASSUMED: Final = M(
    "hari registrasi belum diisi, dihitung dari hari terakhir melapor",
    "day of registration not filled in, counted from the last day for a report",
)
LEFT: Final = M("sisa {days} hari", "{days} days left")
TODAY: Final = M("hari ini", "today")
ALL_LATE: Final = M("LEWAT sejak {day}", "OVER since {day}")
LATE: Final = M("LEWAT {days} hari", "{days} days OVER")
NO_HOLIDAYS: Final = M(
    "Hari libur {years} tidak ada dalam daftar; hari kerja dihitung tanpa libur nasional. Pakai --holidays BERKAS.",
    "The list has no holidays of {years}; working days are counted without them. Use --holidays FILE.",
)
CHECK_AGAIN: Final = M(
    "Semua tenggat: periksa kembali pada peraturan yang berlaku hari ini; hari pertama dihitung besoknya, dan "
    "'hari' tanpa 'kerja' dihitung sebagai hari kalender (bacaan yang paling cepat berakhir).",
    "All deadlines: check again in the rules in force today; the first day is the one after, and 'hari' without "
    "'kerja' counts as calendar days (the reading that ends first).",
)
NO_CASES: Final = M("Belum ada berkas kasus.", "No cases yet.")
COLUMN_NUMBER: Final = M("Nomor", "Number")
COLUMN_STATE: Final = M("Keadaan", "State")
COLUMN_FINDINGS: Final = M("Temuan", "Findings")
COLUMN_OFFICER: Final = M("Petugas", "Officer")
COLUMN_ENDS: Final = M("Berlaku sampai", "Ends on")
COLUMN_DEADLINE: Final = M("Tenggat terdekat", "Next deadline")
COLUMN_LACKS: Final = M("Belum diisi", "Lacks")
NONE: Final = M("-", "-")
