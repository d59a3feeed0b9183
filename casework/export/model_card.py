"""The model card of an export: what the findings rest on, how often it is wrong, and what nobody has measured.

The figures are copied from the manuals in ``docs/``, which say how each was measured; a test holds that they still
stand there.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from casework.export.dossier import Dossier, RunRow
from casework.export.plain import one_line
from casework.export.rows import run_object


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model with where it comes from.

    Attributes:
        name: of the file.
        sha256: 64 hex digits.
        licence: SPDX name.
        source: where its authors describe it.
        licence_note: what else is known of its licence or training data, or empty.
    """

    name: str
    sha256: str
    licence: str
    source: str
    licence_note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured rate.

    Attributes:
        text_id, text_en: what was measured, on whom.
        value: the rate.
        interval: the 95% interval, or empty where none was computed.
        sample_id, sample_en: how many of what.
        manual: the page in ``docs/`` that says how.
        quotes: pieces of that page that hold the figure.
        command: what measures it again.
    """

    text_id: str
    text_en: str
    value: str
    interval: str
    sample_id: str
    sample_en: str
    manual: str
    quotes: tuple[str, ...]
    command: str


_IDENTITY: Final = "python -m benchmarks.identity --out DIR"
_SYMBOLS: Final = "python -m benchmarks.symbol_reader"
_OWNERS: Final = "python -m benchmarks.hand_owners"
_DEPICTION: Final = "python -m benchmarks.depiction --part test"

FIGURES: Final = (
    Figure(
        "Orang nyata, 16 orang terdaftar bergiliran (N = 8, satu foto rujukan), 34 orang lain: orang lain disangka "
        "calon pada tingkat 'cocok' (FPIR)",
        "Real people, 16 enrolled in turn (N = 8, one reference photo), 34 strangers: strangers taken for a candidate "
        "at 'match' (FPIR)",
        "0.6%",
        "0–9.0%",
        "16 + 34 orang",
        "16 + 34 people",
        "identity.md",
        ("N = 8 of 16 people, 34 strangers", "`match` 0.6% [0, 9.0] and 5.5% [0, 22]"),
        "netra evaluate faces DATASET",
    ),
    Figure(
        "Yang sama: calon yang terdaftar terlewat pada tingkat 'cocok' (FNIR)",
        "The same: enrolled people missed at 'match' (FNIR)",
        "5.5%",
        "0–22%",
        "16 + 34 orang",
        "16 + 34 people",
        "identity.md",
        ("`match` 0.6% [0, 9.0] and 5.5% [0, 22]",),
        "netra evaluate faces DATASET",
    ),
    Figure(
        "Yang sama: orang lain disangka calon pada tingkat 'mungkin' (FPIR)",
        "The same: strangers taken for a candidate at 'possible' (FPIR)",
        "6.4%",
        "0.7–16%",
        "16 + 34 orang",
        "16 + 34 people",
        "identity.md",
        ("`possible` 6.4% [0.7, 16] and 2.5% [0, 19]",),
        "netra evaluate faces DATASET",
    ),
    Figure(
        "Orang rekaan, kumpulan 'town', satu foto rujukan: calon ditemukan bila 1 dari 1.000 pencarian orang lain "
        "salah tunjuk (TPIR pada FPIR 0,001)",
        "Invented people, set 'town', one reference: candidates found where 1 of 1,000 searches of strangers is a "
        "false alarm (TPIR at FPIR 0.001)",
        "0.609",
        "0.513–0.706",
        "358 pencarian calon (104 orang), 12261 pencarian orang lain (360 orang)",
        "358 searches of candidates (104 people), 12261 of strangers (360 people)",
        "identity-figures.md",
        ("358 (104); 12261 (360)", "0.807 [0.748, 0.848] | 0.609 [0.513, 0.706]"),
        _IDENTITY,
    ),
    Figure(
        "Orang rekaan, kumpulan sulit 'families' (gelap, buram, berjilbab, berkacamata): TPIR pada FPIR 0,01",
        "Invented people, the hard set 'families' (dark, blurred, hijab, glasses): TPIR at FPIR 0.01",
        "0.422",
        "0.354–0.499",
        "353 pencarian calon (101 orang), 9414 pencarian orang lain (330 orang)",
        "353 searches of candidates (101 people), 9414 of strangers (330 people)",
        "identity-figures.md",
        ("353 (101); 9414 (330)", "0.422 [0.354, 0.499]"),
        _IDENTITY,
    ),
    Figure(
        "Saudara kandung calon yang terdaftar (orang rekaan) disangka 'mungkin', satu foto rujukan",
        "Brothers and sisters of enrolled people (invented) taken for 'possible', one reference",
        "12%",
        "",
        "kumpulan 'families', 250 orang",
        "set 'families', 250 people",
        "identity.md",
        ("enrolled\n  invented people 12% reach E <= 1 with one reference",),
        _IDENTITY,
    ),
    Figure(
        "Simbol tangan: isyarat angka dari orang nyata yang tidak dipakai melatih, tangan 70 piksel: terbaca benar",
        "Hand symbols: number signs of real people not trained on, hands of 70 pixels: read right",
        "98.9%",
        "97.6–99.5%",
        "524 dari 530",
        "524 of 530",
        "symbol-reader.md",
        ("524 (98.9%; 97.6 to 99.5)",),
        _SYMBOLS,
    ),
    Figure(
        "Simbol tangan rekaan 24 piksel: terbaca benar (sisanya kebanyakan 'tidak terbaca')",
        "Rendered hand symbols of 24 pixels: read right (most of the rest 'nothing')",
        "70.7%",
        "65.2–75.6%",
        "290 tangan",
        "290 hands",
        "symbol-reader.md",
        ("290 of 389 | 70.7% (65.2 to 75.6)",),
        _SYMBOLS,
    ),
    Figure(
        "Tangan rekaan yang tidak menunjukkan apa-apa dibaca sebagai simbol",
        "Rendered idle hands read as a symbol",
        "1.2%",
        "0.6–2.3%",
        "8 dari 667",
        "8 of 667",
        "symbol-reader.md",
        ("8 of 667 (1.2%; 0.6 to 2.3)",),
        _SYMBOLS,
    ),
    Figure(
        "Kelompok rekaan yang sengaja sulit: tangan dikatakan milik orang yang salah",
        "Rendered groups made hard on purpose: a hand said to be of the wrong person",
        "4.1%",
        "2.9–5.8%",
        "31 dari 749",
        "31 of 749",
        "hand-owners.md",
        ("| **80%** | **528** | **24** | **166** | **31** | **4.1% (2.9 to 5.8)**",),
        _OWNERS,
    ),
    Figure(
        "Foto rekaan orang yang benar-benar hadir: tidak ada wajah yang dikira gambar",
        "Rendered photos of people who are there: no face called a picture",
        "99.3%",
        "97.6–99.8%",
        "298 dari 300 foto benar; 0 dari 761 wajah dikira gambar",
        "298 of 300 photos right; 0 of 761 faces called pictures",
        "depiction.md",
        ("300 photos | 298, 99.3% (97.6 to 99.8) | 0 of their 761 faces",),
        _DEPICTION,
    ),
    Figure(
        "Foto rekaan calon pada spanduk: dikenali sebagai gambar (sisanya dikira hadir)",
        "Rendered photos of candidates on a banner: told as a picture (the rest taken for present)",
        "81.0%",
        "76.2–85.0%",
        "243 dari 300",
        "243 of 300",
        "depiction.md",
        ("banner, 300 | 243, 81.0% (76.2 to 85.0)",),
        _DEPICTION,
    ),
    Figure(
        "Foto rekaan calon pada telepon, tablet, atau televisi: dikenali sebagai gambar (sisanya dikira hadir)",
        "Rendered photos of candidates on a telephone, tablet or television: told as a picture (the rest taken for "
        "present)",
        "92.7%",
        "89.1–95.1%",
        "278 dari 300",
        "278 of 300",
        "depiction.md",
        ("television, 300 | 278, 92.7% (89.1 to 95.1)",),
        _DEPICTION,
    ),
)
"""Those an officer or the other side asks for first; the manuals have all."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that nobody has measured."""

    text_id: str
    text_en: str


NOT_MEASURED: Final = (
    Unknown(
        "Galat menurut kelompok orang nyata (jenis kelamin, umur, jilbab atau peci, kacamata, warna kulit, daerah "
        "asal): TIDAK DIKETAHUI. Belum ada foto orang nyata yang cukup banyak dan boleh dipakai.",
        "Error rates by group of real people (sex, age, hijab or peci, glasses, skin tone, region): UNKNOWN. There are "
        "not enough photos of real people that may be used.",
    ),
    Unknown(
        "Wajah Indonesia nyata dalam jumlah besar: baru sepuluh wajah dari sembilan orang.",
        "Real Indonesian faces in numbers: ten faces of nine people so far.",
    ),
    Unknown(
        "Orang nyata pada FPIR di bawah 0,1; kerabat, foto rujukan lama, poster yang dipoles, riasan, dan masker "
        "bermotif pada foto nyata; model wajah selain milik dlib.",
        "Real people at an FPIR under 0.1; relatives, old references, retouched posters, make-up and patterned masks "
        "in real photos; any face model but dlib's.",
    ),
    Unknown(
        "Seberapa sering petugas benar ketika hasil ini ada di depan mereka.",
        "How often officers are right with these results in front of them.",
    ),
    Unknown(
        "Simbol tangan orang Indonesia nyata dalam foto bersama, dan pemilik tangan pada kelompok berseragam sama.",
        "Hand symbols of real Indonesian people in group photos, and owners of hands in groups in one uniform.",
    ),
    Unknown(
        "Perkiraan nilai E bukan angka galat yang disertifikasi: ISO/IEC 5152:2024 tidak mencakup pencarian 1:N.",
        "E-values are estimates and no certified error rate: ISO/IEC 5152:2024 does not cover searches (1:N).",
    ),
)
"""Said on paper as well: an unknown rate is no rate of nought."""


def model_card(dossier: Dossier, models: Sequence[ModelFile], version: str) -> dict[str, Any]:
    """``kartu-model.json``.

    Args:
        dossier: whose runs say which models and settings were in effect.
        models: what is known of the model files of this installation.
        version: of netra, that exports.
    """
    used = {(name, digest) for run in dossier.runs for name, digest in run.models.items()}
    known = {one.sha256: one for one in models}
    rows = [asdict(_with_source(name, digest, known)) for name, digest in sorted(used)]
    election = dossier.election
    return {
        "schema": "netra.model-card/1",
        "exported_with_netra": version,
        "models": rows or [asdict(one) for one in models],
        "models_from": "runs" if rows else "installation",
        "election": {"id": election.id, "hash": election.election_hash},
        "rulebook": {"name": election.rulebook, "hash": election.rulebook_hash, "about": dict(election.rulebook_about)},
        "runs": [run_object(run) | {"settings": settings_of(dossier, run)} for run in dossier.runs],
        "figures": [asdict(one) for one in FIGURES],
        "groups": {"measured": [], "unknown": ["sex", "age", "hijab or peci", "glasses", "skin tone", "region"]},
        "not_measured": [asdict(one) for one in NOT_MEASURED],
    }


def settings_of(dossier: Dossier, run: RunRow) -> dict[str, Any]:
    """What was in effect in a run: as it was started, and as its records say, with bands and population."""
    records = (one.record for one in dossier.findings if one.run == run.number and one.record)
    return dict(run.about) | next((json.loads(record).get("run", {}) for record in records), {})


def _with_source(name: str, digest: str, known: Mapping[str, ModelFile]) -> ModelFile:
    digits = digest.rpartition(":")[2]
    if digits in known:
        return known[digits]
    return ModelFile(name, digits, "tidak diketahui / unknown", "tidak diketahui / unknown")


def card_text(card: Mapping[str, Any], dossier: Dossier) -> bytes:
    """``kartu-model.txt``: the same for eyes, in Indonesian."""
    lines = ["KARTU MODEL netra", "", f"Diekspor dengan netra {card['exported_with_netra']}.", "", "Model"]
    for one in card["models"]:
        lines += [
            f"- {one_line(one['name'])}",
            f"  sha256  {one['sha256']}",
            f"  lisensi {one_line(one['licence'])}",
            f"  sumber  {one_line(one['source'])}",
        ]
    lines += ["", "Pengaturan dan ambang yang berlaku, tiap pindaian"]
    for run in dossier.runs:
        lines.append(f"- pindaian {run.number}, mulai {run.started_at}")
        lines += [
            f"  {one_line(str(key))}: {one_line(_plain(value), 500)}"
            for key, value in sorted(settings_of(dossier, run).items())
        ]
    lines += ["", "Seberapa sering keliru (selang kepercayaan 95%; n ialah banyaknya yang diukur)"]
    for figure in FIGURES:
        lines += [
            f"- {figure.text_id}:",
            f"  {figure.value} [{figure.interval or 'tanpa selang'}]; n: {figure.sample_id}",
            f"  sumber docs/{figure.manual}; diukur dengan: {figure.command}",
        ]
    lines += ["", "Yang TIDAK diukur", *(f"- {one.text_id}" for one in NOT_MEASURED), ""]
    return "\n".join(lines).encode()


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
