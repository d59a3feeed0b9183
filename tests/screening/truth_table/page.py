"""The page of situations: every row of the truth table with what both rulebooks print. Rebuild ``docs/situations.md``:

python -m tests.screening.truth_table.page
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from screening.findings import Finding
from screening.rulebook import load_rulebook
from screening.rulebook_page import rulebook_page
from screening.rules import judge
from tests.screening.truth_table.situations import GROUPS, SITUATIONS, Situation
from tests.screening.truth_table.stage import YEARS, Upload, Year, scene

PAGE: Final = Path(__file__).parents[3] / "docs" / "situations.md"
RULEBOOKS: Final = PAGE.with_name("rulebooks.md")
BOOKS: Final = {year.rulebook: load_rulebook(year.rulebook) for year in YEARS}

_HEAD: Final = """\
# Situasi dan temuan / Situations and findings

{count} situasi, masing-masing diputuskan oleh kedua rulebook bawaan, dengan kalimat yang dicetak netra. Semua orang
rekaan. Halaman ini dibuat dari tabel kebenaran `tests/screening/truth_table/situations.py`, yang ditulis tangan dan
diuji; jangan diubah di sini. Temuan adalah alasan untuk melihat, bukan putusan.

{count} situations, each decided by both built-in rulebooks, with the sentence that netra prints. Everybody in it is
invented. The page is made from the truth table, which was written by hand and is tested; do not change it here. A
finding is a reason to look, never a verdict. Rebuild it with `python -m tests.screening.truth_table.page`.

Cara membaca / how to read the first line of each:

| ditulis / written | artinya / meaning |
| --- | --- |
| `sari`, `sari?` | wajah cocok, hanya mungkin / a face that matches, one that is only possible |
| `-`, `~` | orang lain, wajah yang tidak dapat dinilai / somebody else, a face that cannot be assessed |
| `*sari`, `sari@1` | hanya gambarnya, bagian kedua kolase / only a picture, the second part of a collage |
| `1:one`, `?:one`, `1:!` | simbol orang nomor 1 (dari 0), pemilik tidak jelas, tidak terbaca / a symbol of person 1 \
(from 0), of unclear owner, cannot be read |

Pasangan calon / tickets: 1 Sari Dewi dan Joko Santoso (`one`, `like`); 2 Budi Hartono (`peace`, `two_up`,
`finger_heart`); 3 Wati Lestari (`three`, `ok`); 6 Tono Wijaya (`palm` + `one`, dua tangan / both hands); 7 Ratna Sari
(`fist`).
"""


_COPIES: Final = """\
## L. Foto yang sama lagi / The same photo again

Berkas dengan isi yang persis sama tidak mendapat temuan kedua: barisnya menyebut berkas pertama (`duplicate_of`), yang
memuat temuannya. Foto lain dari orang yang sama mendapat temuannya sendiri. Diuji dengan pindaian.

A file with exactly the same bytes gets no second finding: its row names the first file (`duplicate_of`), which has the
finding. Another photo of the same people gets a finding of its own. Tested with a scan.
"""


def decide(situation: Situation, year: Year) -> tuple[Finding, ...]:
    """What a rulebook makes of a situation."""
    shown = scene(situation.people, situation.hands, **situation.scene)
    return judge(shown, year.facts(situation.upload), year.election, BOOKS[year.rulebook])


def written(finding: Finding) -> str:
    """A finding as the truth table writes it."""
    symbols = "+".join(finding.symbols)
    return f"{finding.category} {finding.strength} {finding.ticket}" + (f" {symbols}" if symbols else "")


def page() -> str:
    """The whole page."""
    lines = [_HEAD.format(count=len(SITUATIONS))]
    for letter, (indonesian, english) in GROUPS.items():
        lines.append(f"## {letter}. {indonesian} / {english}\n")
        for situation in SITUATIONS:
            if situation.id.startswith(letter):
                lines += _situation(situation)
    return "\n".join([*lines, _COPIES])


def rulebooks_page() -> str:
    """The page of rulebooks: what people wrote, then the built-in ones."""
    by_hand, mark, _ = RULEBOOKS.read_text("utf-8").partition("this page. -->\n")
    shown = [rulebook_page(book).replace("## ", "### ", 1) for book in BOOKS.values()]
    return "\n".join([by_hand + mark, *shown])


def _situation(situation: Situation) -> Iterator[str]:
    yield f"### {situation.id} {situation.indonesian} / {situation.english}\n"
    more = [f"{key}={value}" for key, value in situation.scene.items()]
    photo = " | ".join(part for part in (situation.people or "(kosong)", situation.hands, *more) if part)
    yield f"`{photo}`{_upload(situation.upload)}\n"
    for year in YEARS:
        findings = decide(situation, year)
        if not findings:
            yield f"- **{year.rulebook}**: tidak ada temuan / no finding"
        for finding in findings:
            yield f"- **{year.rulebook}**: `{written(finding)}`"
            yield f"  - {_plain(finding.reason_id)}"
            yield f"  - {_plain(finding.reason_en)}"
            if situation.elements and year is YEARS[0]:
                yield from _elements(finding)
    yield ""


def _elements(finding: Finding) -> Iterator[str]:
    for number, one in enumerate(finding.elements, 1):
        yield f"  - {number}. {one.text_id} [{one.state}]: {_plain(one.evidence_id)}"
        yield f"    {one.text_en} [{one.state}]: {_plain(one.evidence_en)}"


def _upload(upload: Upload) -> str:
    usual = Upload()
    told = [
        f"{name}: {', '.join(value) if isinstance(value, tuple) else value}" if value else f"{name}: ?"
        for name, value in vars(upload).items()
        if value != getattr(usual, name)
    ]
    return f" ({'; '.join(told)})" if told else ""


def _plain(text: str) -> str:
    """Nothing of Markdown in it."""
    return text.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    RULEBOOKS.write_text(rulebooks_page(), "utf-8")
