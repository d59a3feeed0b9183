"""Symbols of two hands as election files and rulebooks write them: ``["palm", "one"]``, or by number, ``[5, 1]``."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, Final

from candidates import election_texts as texts
from netra.symbols import HIGHEST_NUMBER_OF_ONE_HAND, SYMBOLS, TwoHands, symbols_for_number, two_hands
from netra.toml_file import Located, TomlFile, shown, suggestion
from netra.toml_lines import KeyPath

_ONE_HAND: Final = tuple(label for label, meaning in SYMBOLS.items() if meaning.hands == 1)


def pairs_of(written: Sequence[str | int]) -> tuple[TwoHands, ...]:
    """What one ``["palm", "one"]`` stands for; a number stands for every symbol that shows it.

    Args:
        written: two labels or numbers, in which ``pair_problems`` found nothing wrong.

    Returns:
        Each pair once, whichever hand shows which.
    """
    labels = [symbols_for_number(part) if isinstance(part, int) else (part.strip(),) for part in written]
    return tuple(dict.fromkeys(two_hands(one, other) for one, other in product(*labels)))


def pair_problems(file: TomlFile, at: KeyPath, written: Any, example: str) -> Iterator[Located]:
    """What is wrong with one pair.

    Args:
        file: where it is written.
        at: its place in there.
        written: what stands there, of whatever type.
        example: how a line with a pair looks.
    """
    if not isinstance(written, list) or len(written) != 2:
        yield file.mistake(at, texts.TWO_SYMBOLS, shown(written), texts.WRITE_LIKE.filled(example=example))
        return
    for place, part in enumerate(written):
        if isinstance(part, str) and part.strip() in SYMBOLS:
            if part.strip() not in _ONE_HAND:
                yield file.mistake((*at, place), texts.ONE_HAND, shown(part), texts.BOTH_BY_ITSELF)
        elif type(part) is not int or not 1 <= part <= HIGHEST_NUMBER_OF_ONE_HAND:
            expected = texts.SYMBOL_OR_NUMBER.filled(highest=HIGHEST_NUMBER_OF_ONE_HAND)
            advice = suggestion(part, _ONE_HAND) if isinstance(part, str) else ""
            yield file.mistake((*at, place), expected, shown(part), advice)


def repeated_pairs(
    file: TomlFile, written: Iterable[tuple[KeyPath, Any]], first: dict[TwoHands, int]
) -> Iterator[Located]:
    """The pairs among ``written`` that were written before, in either order.

    Args:
        file: where they are written.
        written: pairs with their places; one with another mistake is passed over.
        first: the line of each pair met so far; those of ``written`` are added.
    """
    for at, value in written:
        if any(True for _ in pair_problems(file, at, value, "")):
            continue
        pairs = pairs_of(value)
        for line in sorted({first[pair] for pair in pairs if pair in first})[:1]:
            got = texts.AGAIN.filled(value=_in_words(value))
            yield file.mistake(at, texts.PAIR_ONCE, got, texts.SEE_LINE.filled(line=line))
        for pair in pairs:
            first.setdefault(pair, file.line(at))


def _in_words(written: Sequence[str | int]) -> str:
    return "[" + ", ".join(f'"{part.strip()}"' if isinstance(part, str) else str(part) for part in written) + "]"
