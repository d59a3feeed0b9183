"""What ``netra review`` says in the terminal."""

from typing import Final

from console.voice import Message

LISTENING: Final = Message("Halaman peninjauan: {address}", "Review page: {address}")
CODE: Final = Message(
    "Belum ada akun. Buat akun penyelia di {address} dengan kode {code}",
    "There is no account yet. Make the supervisor's at {address} with the code {code}",
)
CODE_AGAIN: Final = Message(
    "Untuk membuat satu akun penyelia lagi, buka {address} dengan kode {code}",
    "To make one more supervisor's account, open {address} with the code {code}",
)
STOP: Final = Message("Hentikan dengan Ctrl+C.", "Stop with Ctrl+C.")
BOTH_TLS: Final = Message(
    "Berikan --tls-cert dan --tls-key bersama-sama.", "Give --tls-cert and --tls-key, both or neither."
)
NO_TLS_FILE: Final = Message(
    "{path}: berkas ini tidak ada; berikan sertifikat dan kunci dalam format PEM.",
    "{path}: there is no such file; give the certificate and its key in PEM format.",
)
PREPARING: Final = Message("Menyiapkan foto rujukan ...", "Preparing the reference photos ...")
CLOSED: Final = Message("Halaman peninjauan ditutup.", "The review page is closed.")
NEEDS_TLS: Final = Message(
    "--host {host}: komputer lain dapat ikut membaca; berikan --tls-cert dan --tls-key, atau jangan pakai --host agar "
    "halaman hanya dapat dibuka di komputer ini.",
    "--host {host}: other computers could read along; give --tls-cert and --tls-key, or leave --host out to listen on "
    "this computer only.",
)
EVERYWHERE: Final = Message(
    "--host {host}: sebut satu alamat atau nama komputer ini, yang tertulis dalam sertifikat dan yang diketik di "
    "peramban; yang lain ditolak.",
    "--host {host}: name one address or name of this computer, the one that the certificate is for and that browsers "
    "ask for; every other one is refused.",
)
CANNOT_LISTEN: Final = Message(
    "Porta {port} di {host} tidak dapat dipakai ({reason}). Mungkin netra review sudah berjalan, atau program lain "
    "memakainya: tutup yang itu, atau pilih porta lain dengan --port.",
    "Port {port} at {host} cannot be used ({reason}). Perhaps netra review runs already, or another program uses it: "
    "close that one, or choose another port with --port.",
)
BAD_TLS: Final = Message(
    "Sertifikat dan kunci TLS tidak dapat dipakai ({reason}). Keduanya harus berformat PEM, dan kuncinya milik "
    "sertifikat itu.",
    "The TLS certificate and key cannot be used ({reason}). Both have to be in PEM format, and the key has to be the "
    "certificate's.",
)
NO_REFERENCES: Final = Message(
    "Foto rujukan tidak ada di sini, jadi tidak tampil di samping wajah. Sebutkan berkas pemilihannya: --election.",
    "The reference photos are not at hand, so they are not shown beside faces. Name the election file: --election.",
)
ALREADY_NAMED: Final = Message(
    "Foto ini sudah ada di antara foto rujukannya ({name}).",
    "This photo is among the reference photos already ({name}).",
)
SPOILS_OTHERS: Final = Message(
    "Dengan foto ini, foto lain tidak dapat dipakai lagi: {photos}. Periksa siapa yang ada di foto-foto itu.",
    "With this photo, others could not be used any more: {photos}. Check who is on these photos.",
)
NO_REASON: Final = Message(
    "{number}: sebutkan mengapa perkara ini diekspor; alasannya masuk log audit",
    "{number}: expected why the case is exported; the reason goes into the audit log",
)
NO_PACKAGE_FOLDER: Final = Message(
    "{path}: folder untuk paket tidak dapat dibuat ({reason}); mulai netra review dengan folder lain: --packages",
    "{path}: the folder for packages cannot be made ({reason}); choose another one with --packages",
)
TOO_MANY_PACKAGES: Final = Message(
    "{path}: sudah ada paket-paket dengan nama ini; coba lagi sebentar lagi",
    "{path}: there are packages of this name already; try again in a second",
)
NO_KEY: Final = Message(
    "{name}: ada di server, dan halaman ini tidak tahu kunci mana yang menandatangani log auditnya; ekspor dengan "
    "`netra export --key`",
    "{name}: lies on a server, and the page does not know which key signs its audit log; export with `netra export "
    "--key`",
)
OTHER_ELECTION: Final = Message(
    "{path}: seharusnya pemilihan {wanted}, tertulis {got}; mulai netra review sekali lagi",
    "{path}: expected the election {wanted}, got {got}; start again",
)
NOT_MADE: Final = Message("{path}: tidak dapat dibuat ({reason})", "{path}: cannot be made ({reason})")
NOT_WRITTEN_TO: Final = Message("{path}: tidak dapat ditulisi ({reason})", "{path}: cannot be written to ({reason})")
NOT_WRITTEN: Final = Message("{path}: tidak dapat ditulis ({reason})", "{path}: cannot be written ({reason})")
NOT_REPLACED: Final = Message(
    "{path}: tidak dapat ditulis ({reason}); isinya tetap seperti semula",
    "{path}: cannot be written ({reason}); it is as it was",
)
NOT_READ: Final = Message("{path}: tidak dapat dibaca ({reason})", "{path}: cannot be read ({reason})")
ANOTHER_FILE: Final = Message(
    "{path}: sudah ada berkas lain di situ; berkas itu dibiarkan, dan tidak ada yang ditulis",
    "{path}: another file is there; it is kept, and nothing was written",
)
CHANGED_MEANWHILE: Final = Message(
    "{path}: baru saja ada yang mengubah berkas ini; tidak ada yang ditambahkan, coba lagi",
    "{path}: somebody changed this file just now; nothing was added, try again",
)
BY_HAND: Final = Message(
    "{path}: berkas ini tidak dapat diubah dari sini ({reason}); taruh fotonya di sampingnya dan sebutkan sendiri di "
    "dalamnya",
    "{path}: this file cannot be changed from here ({reason}); put the photo beside it and name it there by hand",
)
NAMES_OTHERS: Final = Message(
    "{path}: dengan foto ini berkas itu akan menyebut foto lain juga; folder atau pola di dalamnya ikut mengambil isi "
    "photos/",
    "{path}: with this photo the file would name other photos too; a folder or a pattern in it takes in what lies "
    "under photos/",
)
