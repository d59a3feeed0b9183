"""The model card: its figures stand in the manuals, and what is not known is said to be unknown."""

from pathlib import Path

import pytest

from casework.export.dossier import Dossier, ElectionRow, RunRow, Scope
from casework.export.model_card import FIGURES, NOT_MEASURED, Figure, ModelFile, card_text, model_card
from console.export import model_files
from vision.engine import weights

DOCS = Path(__file__).resolve().parents[2] / "docs"
RUN = RunRow(
    3, "e", "2024-10-20T01:00:00Z", "", "finished", about={"bands": {"match": 0.5}, "faces_compared": 12},
    models={"wajah.dat": "sha256:" + weights.FACE_EMBEDDER.sha256, "lain.onnx": "sha256:" + "4" * 64},
)  # fmt: skip
DOSSIER = Dossier(Scope.RUN, "run-3", ElectionRow("e", "E", "pemilu-2024"), (RUN,), (), ())


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.value)
def test_each_figure_stands_in_its_manual_with_its_interval(figure: Figure) -> None:
    manual = (DOCS / figure.manual).read_text(encoding="utf-8")
    assert figure.quotes
    for quote in figure.quotes:
        assert quote in manual, f"docs/{figure.manual} no longer says: {quote}"
    quoted = " ".join(figure.quotes)
    numbers = [figure.value, *figure.interval.split("–")]
    assert all(number.rstrip("%") in quoted for number in numbers if number)
    assert figure.command.split()[0] in ("python", "netra")


def test_every_model_has_hash_licence_and_source() -> None:
    known = model_files()
    assert {one.sha256 for one in known} == {one.sha256 for one in weights.ALL}
    card = model_card(DOSSIER, known, "0.1.0")
    used = {one["sha256"]: one for one in card["models"]}
    assert used[weights.FACE_EMBEDDER.sha256]["licence"] == "CC0-1.0"
    assert "VGG Face" in used[weights.FACE_EMBEDDER.sha256]["licence_note"]
    assert "unknown" in used["4" * 64]["licence"], "a model that an office brought has no licence that netra knows"


def test_without_models_of_runs_those_installed_are_told_as_such() -> None:
    card = model_card(Dossier(Scope.RUN, "run-1", ElectionRow("e", "E", "r"), (), (), ()), model_files(), "0.1.0")
    assert card["models_from"] == "installation"
    assert len(card["models"]) == len(weights.ALL)


def test_unknown_is_printed_as_unknown_and_never_as_nought() -> None:
    card = model_card(DOSSIER, (ModelFile("a", "b" * 64, "c", "d"),), "0.1.0")
    text = card_text(card, DOSSIER).decode()
    assert "TIDAK DIKETAHUI" in text
    assert card["groups"]["measured"] == []
    assert {"sex", "age", "skin tone", "region"} <= set(card["groups"]["unknown"])
    assert all(one.text_id in text for one in NOT_MEASURED)
    assert "faces_compared: 12" in text
