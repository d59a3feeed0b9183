"""The progress bar: phases, counts, silence where nobody watches, interrupts between two files."""

import io
import signal

import pytest
from rich.console import Console

from console import texts
from console.progress import ScanProgress
from console.voice import Voice
from screening.finish import Phase


def watched() -> tuple[Console, io.StringIO]:
    paper = io.StringIO()
    return Console(file=paper, force_terminal=True, width=100, no_color=True), paper


def test_phase_and_count_are_shown_on_a_terminal() -> None:
    console, paper = watched()
    with ScanProgress(Voice("id"), console, shown=True) as progress:
        progress.begin(texts.ENROLLING)
        progress.expect(3)
        for phase in Phase:
            for done in (1, 2, 3):
                progress(phase, done)
            progress._bars.refresh()
    text = paper.getvalue()
    for words in ("Membaca foto ", "Mencocokkan dan menulis", "3/3"):
        assert words in text
    assert "/?" not in text


def test_what_came_before_the_scan_is_counted_too() -> None:
    console, paper = watched()
    with ScanProgress(Voice("id"), console, shown=True) as progress:
        progress.begin(texts.ENROLLING)
        progress.tell(2, 17)
        progress._bars.refresh()
    assert "Membaca foto rujukan calon" in paper.getvalue()
    assert "2/17" in paper.getvalue()


def test_nothing_is_shown_where_nobody_watches() -> None:
    paper = io.StringIO()
    with ScanProgress(Voice("id"), Console(file=paper), shown=False) as progress:
        progress.begin(texts.LOOKING)
        progress.expect(1)
        progress(Phase.READING, 1)
    assert paper.getvalue() == ""


def test_an_interrupt_is_told_and_raised_after_the_file_at_hand() -> None:
    console, paper = watched()
    with ScanProgress(Voice("en"), console, shown=False) as progress, progress.interrupts:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            progress(Phase.READING, 1)
        progress(Phase.FINISHING, 1)
    assert "Ctrl+C once more" in paper.getvalue()
