"""Why a photo cannot be used, in words: what is wrong, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from netra.both import Message

M = Message

PHOTO_ERRORS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "empty": M("berkas kosong; salin ulang dari asalnya", "empty file; copy it again"),
        "not-a-photo": M("isinya bukan foto", "its content is no photo"),
        "unsupported-format": M("jenis foto ini tidak didukung; simpan sebagai JPEG", "unsupported; save it as JPEG"),
        "truncated": M("foto terpotong; salin ulang dari asalnya", "cut off; copy it again"),
        "damaged": M("foto rusak; salin ulang dari asalnya", "damaged; copy it again"),
        "too-many-bytes": M("berkas terlalu besar; simpan lebih kecil", "file too large; save it smaller"),
        "too-many-pixels": M("gambar terlalu besar; simpan lebih kecil", "picture too large; save it smaller"),
        "too-many-frames": M("animasi panjang, bukan foto; lihat sendiri", "a long animation; look at it by hand"),
        "too-small": M("gambar terlalu kecil; cari salinan yang lebih besar", "too small; look for a larger copy"),
        "not-readable": M("tidak boleh atau tidak dapat dibuka; periksa izinnya", "cannot be opened; check its rights"),
        "vanished": M("berkas hilang atau berubah saat dipindai; pindai lagi", "gone or changed meanwhile; scan again"),
        "not-a-file": M("bukan berkas biasa (folder, pipa, perangkat)", "no regular file (folder, pipe, device)"),
        "link": M("tautan tidak diikuti; sebutkan berkas aslinya", "links are not followed; name the file itself"),
        "too-little-memory": M(
            "memori komputer kurang; tutup program lain atau kurangi --workers",
            "too little free memory; close other programs, or use fewer --workers",
        ),
        "worker-died": M("pembacanya mati dua kali; lihat foto ini sendiri", "its reader died twice; look by hand"),
    }
)
"""By the value of ``netra.errors.PhotoErrorKind``."""
