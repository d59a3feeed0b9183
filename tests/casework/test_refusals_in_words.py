"""What accounts, reviewing and marks refuse is said once, in both languages, each in a sentence of its own."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from casework import account_refusals, marks, review_refusals
from netra.both import Both
from netra.errors import UsageError


@pytest.mark.parametrize(
    ("words", "sentences", "error"),
    [
        (account_refusals.Refusal, account_refusals.SENTENCES, account_refusals.AccountError),
        (review_refusals.Refusal, review_refusals.SENTENCES, review_refusals.ReviewError),
        (marks.MarkRefusal, marks.SENTENCES, marks.MarkError),
    ],
)
def test_every_refusal_has_its_sentence(
    words: type[StrEnum], sentences: Mapping[Any, Both], error: type[UsageError]
) -> None:
    assert set(sentences) == set(words)
    for language in ("id", "en"):
        said = [one.said(language) for one in sentences.values()]
        assert all(text.strip() and text[0].isupper() and text.endswith(".") for text in said)
        assert len(set(said)) == len(said)
    assert not {one.id for one in sentences.values()} & {one.en for one in sentences.values()}
    for why, sentence in sentences.items():
        raised = error(why)
        assert (str(raised), raised.said("id")) == (sentence.en, sentence.id)
