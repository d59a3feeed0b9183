"""Every situation of the truth table, by both rulebooks: what is found, and the sentences, which the page holds."""

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from screening.element_keys import ELEMENTS
from screening.findings import Category
from screening.rulebook import load_rulebook
from tests.screening.truth_table.page import PAGE, RULEBOOKS, decide, page, rulebooks_page, written
from tests.screening.truth_table.situations import GROUPS, SITUATIONS, Situation
from tests.screening.truth_table.stage import PEMILU, PILKADA, YEARS

if TYPE_CHECKING:
    from tests.screening.conftest import Stage

VERDICTS = re.compile(r"melanggar|terbukti|bersalah|pelaku|pelanggar|guilty|violat|proven", re.IGNORECASE)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.id)
def test_both_rulebooks_decide_right(situation: Situation) -> None:
    assert [written(one) for one in decide(situation, PEMILU)] == list(situation.pemilu)
    assert [written(one) for one in decide(situation, PILKADA)] == list(situation.pilkada)


def test_the_page_holds_the_sentences_that_are_printed_now() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python -m tests.screening.truth_table.page`, then read what changed"


def test_the_page_of_rulebooks_holds_what_is_in_them_now() -> None:
    text = RULEBOOKS.read_text("utf-8")
    assert text == rulebooks_page(), "run `python -m tests.screening.truth_table.page`"
    assert all(f"| `{key}` | {' / '.join(both)} |" in text for key, both in ELEMENTS.items())


def test_the_example_of_the_page_is_a_rulebook(tmp_path: Path) -> None:
    example = RULEBOOKS.read_text("utf-8").split("```toml")[2].split("```")[0]
    rest = "".join(
        f'[[elements]]\nkey = "{key}"\nsources = ["surat"]\n' for key in ("candidate-visible", "together", "meaning")
    )
    (tmp_path / "rules.toml").write_text(example.replace("# ... and so on", f"{rest}#"), "utf-8")
    book = load_rulebook(str(tmp_path / "rules.toml"))
    assert (book.label, len(book.stages), len(book.elements)) == ("kota-contoh@1.0", 2, 4)


def test_no_sentence_and_no_element_speaks_a_verdict() -> None:
    for situation in SITUATIONS:
        for year in YEARS:
            for finding in decide(situation, year):
                texts = [finding.reason_id, finding.reason_en]
                for one in finding.elements:
                    texts += [one.text_id, one.text_en, one.evidence_id, one.evidence_en]
                for text in texts:
                    assert not VERDICTS.search(text), text
                    assert not re.search(r"[{}]|None|\(\)|  |\n| [,;.]|\.\.", text), text
                    assert text[0].isupper(), text


def test_every_finding_has_the_elements_of_its_rule() -> None:
    for situation in SITUATIONS:
        for finding in decide(situation, PEMILU):
            keys = [one.key for one in finding.elements]
            assert keys[0] == "civil-servant"
            assert keys[-1] == "meaning"
            assert {one.key: one.state for one in finding.elements}["civil-servant"] == "missing"
            assert finding.elements[-1].state == "missing"
            assert all(one.source for one in finding.elements)
            assert finding.rulebook == "pemilu-2024@1.0"


@pytest.mark.parametrize("rulebook", ["pemilu-2024", "pilkada-2018"])
def test_the_same_photo_again_gives_no_second_finding(stage: "Stage", rulebook: str) -> None:
    first = stage.photo("a.png", "sari -", "1:one")
    shutil.copy(first, first.with_name("b.png"))
    shutil.copy(first, first.with_name("c.png"))
    stage.photo("d.png", "sari -", "1:one")  # the same people once more, in another photo
    summary, records = stage.scan(rulebook=rulebook)
    assert [len(record.findings) for record in records] == [1, 0, 0, 1]
    assert [record.status.value for record in records] == ["ok", "duplicate", "duplicate", "ok"]
    assert sum(summary.findings.values()) == 2


def test_the_table_is_a_table() -> None:
    ids = [situation.id for situation in SITUATIONS]
    assert len(set(ids)) == len(ids) >= 80
    assert {name[0] for name in ids} == set(GROUPS)
    shown = {one.split()[0] for situation in SITUATIONS for one in (*situation.pemilu, *situation.pilkada)}
    assert shown == {category.value for category in Category}
    titles = [situation.indonesian for situation in SITUATIONS]
    assert len(set(titles)) == len(titles)
