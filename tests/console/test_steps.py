"""Progress of work in steps: shown on a terminal, silent elsewhere."""

import io

from rich.console import Console

from console import evaluate_texts as texts
from console.steps import Steps
from console.voice import Voice


def test_step_and_count_are_shown_on_a_terminal() -> None:
    paper = io.StringIO()
    console = Console(file=paper, force_terminal=True, width=100, no_color=True)
    with Steps(Voice("id"), console, shown=True) as steps:
        for what in (texts.READING_SET, texts.COMPARING):
            tell = steps.step(what)
            for done in range(4):
                tell(done, 3)
            steps._bars.refresh()
    for words in ("Membaca foto", "Membandingkan", "3/3"):
        assert words in paper.getvalue()


def test_nothing_is_shown_where_nobody_watches() -> None:
    paper = io.StringIO()
    with Steps(Voice("en"), Console(file=paper), shown=False) as steps:
        steps.step(texts.COMPARING)(1, 2)
    assert paper.getvalue() == ""
