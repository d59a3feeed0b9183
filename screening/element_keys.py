"""The elements that a rule can ask for: a closed list, because each takes code that looks for its evidence.

Which of them a rule has, and where that is written, is data of the rulebook.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ELEMENTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "civil-servant": ("Pengunggah adalah pegawai ASN", "The uploader is a civil servant"),
        "official-candidate": (
            "Orang itu calon resmi pada hari perbuatan",
            "The person was an official candidate on the day of the act",
        ),
        "would-be-candidate": (
            "Orang itu bakal calon pada hari perbuatan",
            "The person was a would-be candidate on the day of the act",
        ),
        "candidate-visible": ("Wajah calon terlihat", "The candidate's face can be seen"),
        "candidate-present": (
            "Calon hadir sendiri, bukan hanya gambarnya",
            "The candidate is there, not only a picture of them",
        ),
        "candidate-pictured": (
            "Foto memuat gambar atau alat peraga calon",
            "The photo has a picture or campaign material of the candidate",
        ),
        "together": ("Calon bersama orang lain", "The candidate is together with another person"),
        "symbol-shown": ("Simbol tangan ditunjukkan", "A hand symbol is shown"),
        "symbol-of-ticket": (
            "Simbol itu milik pasangan calon tersebut",
            "The symbol belongs to that ticket",
        ),
        "symbol-listed": (
            "Pose itu ada dalam daftar pose terlarang",
            "The pose is on the list of forbidden poses",
        ),
        "shown-by-other": (
            "Simbol ditunjukkan oleh orang yang bukan calon itu",
            "The symbol is shown by somebody who is not that candidate",
        ),
        "numbers-drawn": (
            "Nomor urut sudah diundi ketika foto diambil",
            "Ballot numbers had been drawn when the photo was taken",
        ),
        "taken": ("Tanggal pengambilan foto", "When the photo was taken"),
        "posted": ("Foto diunggah: oleh siapa dan kapan", "The photo was posted: by whom and when"),
        "within-period": (
            "Perbuatan jatuh dalam masa berlaku aturan",
            "The act falls into the time in which the rule holds",
        ),
        "spouse-exception": (
            "Pengecualian bagi suami atau istri calon tidak berlaku",
            "The exception for a candidate's spouse does not apply",
        ),
        "post-kept": (
            "Unggahan asli diamankan dan dapat diakses",
            "The original post is secured and can be opened",
        ),
        "meaning": ("Maksud keberpihakan", "It was meant as siding"),
    }
)
"""Every known key with what it asks for, in Indonesian and English."""
