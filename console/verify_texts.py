"""What ``netra verify`` and ``netra checkpoint`` say, in Indonesian and English; as ``console.texts``."""

from typing import Final

from console.voice import Message, messages

M = Message

FAULTS: Final = messages(
    {
        "pages": M("halaman berkas basis data rusak: {detail}", "a page of the database file is damaged: {detail}"),
        "guard": M(
            "penjaga {detail} tidak ada: log dapat diubah tanpa ditolak",
            "the guard {detail} is missing: the log can be changed without refusal",
        ),
        "no-key": M(
            "kunci publik log hilang atau rusak: checkpoint tidak dapat diperiksa",
            "the log's public key is missing or damaged: no checkpoint can be checked",
        ),
        "stray": M("ada baris dengan nomor yang tidak mungkin: {detail}", "a row has an impossible number: {detail}"),
        "missing": M("catatan {first} sampai {last} hilang", "entries {first} to {last} are missing"),
        "hash": M(
            "catatan {first} tidak cocok dengan sidik di sampingnya",
            "entry {first} does not match the hash stored beside it",
        ),
        "number": M(
            "catatan {first} berasal dari tempat lain di log ini atau log lain",
            "entry {first} comes from another place of this or another log",
        ),
        "row": M(
            "{checkpoint}: kolomnya tidak sama dengan teksnya yang bertanda tangan",
            "{checkpoint}: its columns are not what its signed text says",
        ),
        "malformed": M(
            "{checkpoint}: bukan checkpoint yang benar bentuknya", "{checkpoint}: no well-formed checkpoint"
        ),
        "other-log": M("{checkpoint}: milik log audit lain", "{checkpoint}: belongs to another audit log"),
        "not-signed": M(
            "{checkpoint}: tidak ditandatangani kunci log ini",
            "{checkpoint}: not signed by this log's key",
        ),
        "shorter": M(
            "{checkpoint}: catatan {first} sampai {last} pernah ada, kini hilang; log dipotong, atau ini salinan lama",
            "{checkpoint}: entries {first} to {last} existed and are gone; the log was cut, or this is an older copy",
        ),
        "rewritten": M(
            "{checkpoint}: ada catatan di antara {first} dan {last} yang bukan lagi seperti saat ditandatangani",
            "{checkpoint}: an entry from {first} to {last} is no longer as it was when it was signed",
        ),
    }
)
STORED: Final = M("checkpoint {number} dalam basis data", "checkpoint {number} in the database")
OUTSIDE: Final = M("checkpoint dari luar", "the checkpoint kept elsewhere")
ENTRY_IS_RIGHT: Final = M(
    "catatan {first} sendiri masih seperti yang ditandatangani; yang rusak sidiknya",
    "entry {first} itself is as it was signed; its stored hash is damaged",
)
DAMAGED: Final = M("RUSAK ATAU BERUBAH: {place}", "DAMAGED OR CHANGED: {place}")
FIRST_EXACT: Final = M("Catatan pertama yang salah: {first}.", "The first wrong entry: {first}.")
FIRST_BETWEEN: Final = M(
    "Catatan pertama yang salah terletak antara {first} dan {last}.",
    "The first wrong entry lies from {first} to {last}.",
)
WHAT_TO_DO: Final = M(
    "Jangan perbaiki apa pun: simpan berkas ini apa adanya, bandingkan dengan cadangan, catat siapa yang memegangnya.",
    "Repair nothing: keep this file as it is, compare it with a backup, and note who has had it.",
)
WHOLE: Final = M(
    "UTUH: {place}: {size} catatan, {count} checkpoint cocok.",
    "WHOLE: {place}: {size} entries, {count} checkpoints fit.",
)
COVERED: Final = M(
    "Catatan 0 sampai {last} sama seperti saat checkpoint dari luar dibuat.",
    "Entries 0 to {last} are as they were when the checkpoint kept elsewhere was made.",
)
NO_OUTSIDE: Final = M(
    "Tanpa --checkpoint tidak terlihat: ekor log dipotong, salinan lama, atau log yang ditulis ulang pemegang kunci.",
    "Not seen without --checkpoint: a tail cut off, an older copy, or a log written anew by whoever holds the key.",
)
NO_SUCH_CHECKPOINT: Final = M(
    "{path}: checkpoint tidak terbaca ({reason}). Sebutkan berkas yang ditulis oleh netra checkpoint.",
    "{path}: this checkpoint cannot be read ({reason}). Name the file that netra checkpoint wrote.",
)
NO_KEY: Final = M(
    "Basis data di server tidak punya berkas kunci di sampingnya. Sebutkan dengan --key BERKAS.",
    "A database on a server has no key file beside it. Name one with --key FILE.",
)
KEEP_IT: Final = M(
    "Checkpoint untuk {size} catatan. Simpan di luar kantor; cadangkan juga {key}.",
    "A checkpoint of {size} entries. Keep it outside the office; back up {key} as well.",
)
