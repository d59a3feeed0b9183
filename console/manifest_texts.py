"""What is said of the manifest and of dates, in both languages; the rules of ``console.texts`` hold here too."""

from typing import Final

from console.voice import Message, messages
from screening import time_notes

M = Message

KINDS: Final = messages({each.value: M(*words) for each, words in time_notes.KINDS.items()})
SOURCES: Final = messages({each.value: M(*words) for each, words in time_notes.SOURCES.items()})
NOTES: Final = messages({each.value: M(*words) for each, words in time_notes.NOTES.items()})
FLAWS: Final = messages({each.value: M(*words) for each, words in time_notes.FLAWS.items()})

MANIFEST_ERROR: Final = M(
    "Daftar unggahan belum benar ({count} hal), belum ada yang dipindai:",
    "The manifest is not right yet ({count}), nothing was scanned:",
)
NONE_MET: Final = M(
    "{path}: tidak satu pun dari {lines} barisnya tentang foto yang dipindai, misalnya {first}; jalur dihitung dari "
    "folder daftar itu, atau seperti pindaian menyebutnya",
    "{path}: none of its {lines} lines is about a photo of this scan, for example {first}; paths are relative to the "
    "folder of the manifest, or as the scan names them",
)
UNMET: Final = M(
    "{path}: {count} dari {lines} baris tentang foto yang tidak ada di pindaian ini: {first}",
    "{path}: {count} of {lines} lines are about photos that are not in this scan: {first}",
)
UNLISTED: Final = M(
    "{path}: {count} foto yang dipindai tidak ada di daftar itu: {first}",
    "{path}: {count} photos of this scan are not in it: {first}",
)
CONTRADICTING: Final = M(
    "{count} foto dengan tanggal yang saling bertentangan, lihat `upload` di catatannya: {first}",
    "{count} photos with dates that contradict each other, see `upload` in their records: {first}",
)
AND_MORE: Final = M("{paths}, dan lainnya", "{paths}, and others")

UPLOAD: Final = M("Yang diketahui tentang unggahan", "What is known of the upload")
NOTHING_KNOWN: Final = M(
    "tidak ada: tanpa daftar unggahan, tanpa tanggal di berkas maupun namanya",
    "nothing: no manifest, no date in the file or its name",
)
WHO: Final = M("pengunggah: {who}", "uploader: {who}")
WHERE: Final = M("tempat: {where}", "place: {where}")
TIME: Final = M("{kind}: {when} (menurut {source})", "{kind}: {when} (says {source})")
TIME_NOTED: Final = M("{kind}: {when} (menurut {source}; {note})", "{kind}: {when} (says {source}; {note})")
CONTRADICTION: Final = M(
    "bertentangan: {kind} {firmer} menurut {source}, {other} menurut {other_source}",
    "contradicting: {kind} {firmer} says {source}, {other} says {other_source}",
)
UNUSABLE: Final = M("tidak dipakai: {written} dari {source}, {flaw}", "not used: {written} of {source}, {flaw}")
CAMERA: Final = M("kamera: {camera}", "camera: {camera}")
EDITOR: Final = M("diolah dengan: {editor}", "edited with: {editor}")
