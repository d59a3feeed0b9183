"""Sentences that are shown after something was done; an address names them by a word, never by their text."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from review.language import marked

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rujukan-ditambah": marked(
            "Foto rujukan ditambahkan. Berkas pemilihan yang lama tersimpan di sampingnya (berakhiran .bak). Foto baru "
            "dipakai mulai pindaian berikutnya."
        ),
        "keputusan-dibatalkan": marked("Keputusan Anda dibatalkan. Temuan ini menunggu Anda lagi."),
        "sudah-diputuskan": marked(
            "Anda sudah memutuskan temuan ini; kiriman yang baru tidak disimpan. Untuk mengubahnya, batalkan dulu "
            "keputusan Anda."
        ),
        "tinjauan-habis": marked("Tidak ada lagi temuan yang menunggu Anda dalam saringan ini."),
        "sesi-berakhir": marked(
            "Sesi Anda sudah berakhir. Masuklah lagi untuk meneruskan; yang sudah diketik tidak hilang."
        ),
        "keluar": marked("Anda sudah keluar."),
        "peninjau-diminta": marked("Satu peninjau lagi diminta untuk temuan ini."),
        "tersimpan": marked("Sudah disimpan."),
        "perkara-dibuat": marked("Perkara dibuat."),
        "perkara-diubah": marked("Perkara diubah."),
        "perkara-ditutup": marked("Perkara ditutup."),
        "temuan-ditambahkan": marked("Temuan dimasukkan ke perkara."),
        "temuan-dikeluarkan": marked("Temuan dikeluarkan dari perkara."),
        "ekspor-lain": marked("Paket lain sedang dibuat; tunggu sampai selesai, lalu coba lagi."),
        "tanda-disimpan": marked("Tanda disimpan."),
        "tanda-dihapus": marked("Tanda dihapus."),
        "siap": marked("Halaman ini siap dipakai. Buatlah akun bagi para peninjau."),
        "sandi": marked("Kata sandi sudah diganti."),
        "akun-dibuat": marked("Akun sudah dibuat."),
    }
)
