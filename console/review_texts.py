"""What ``netra review`` says in the terminal."""

from typing import Final

from console.voice import Message

LISTENING: Final = Message("Halaman peninjauan: {address}", "Review page: {address}")
CODE: Final = Message(
    "Bila belum ada akun, buat akun penyelia di {address} dengan kode {code}",
    "While there is no account yet, make the supervisor's at {address} with the code {code}",
)
STOP: Final = Message("Hentikan dengan Ctrl+C.", "Stop with Ctrl+C.")
BOTH_TLS: Final = Message(
    "Berikan --tls-cert dan --tls-key bersama-sama.", "Give --tls-cert and --tls-key, both or neither."
)
NO_TLS_FILE: Final = Message(
    "{path}: berkas ini tidak ada; berikan sertifikat dan kunci dalam format PEM.",
    "{path}: there is no such file; give the certificate and its key in PEM format.",
)
ALREADY_NAMED: Final = Message(
    "Foto ini sudah ada di antara foto rujukannya ({name}).",
    "This photo is among the reference photos already ({name}).",
)
SPOILS_OTHERS: Final = Message(
    "Dengan foto ini, foto lain tidak dapat dipakai lagi: {photos}. Periksa siapa yang ada di foto-foto itu.",
    "With this photo, others could not be used any more: {photos}. Check who is on these photos.",
)
