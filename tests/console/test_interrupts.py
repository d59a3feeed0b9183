"""The first Ctrl+C waits for the space between two photos, the second does not."""

import signal

import pytest

from console.interrupts import SIGNALS, Interrupts


def test_nothing_happens_without_one() -> None:
    with Interrupts(lambda: None) as interrupts:
        interrupts.check()


@pytest.mark.parametrize("number", SIGNALS)
def test_the_first_is_raised_at_the_next_check_and_once(number: signal.Signals) -> None:
    told: list[bool] = []
    with Interrupts(lambda: told.append(True)) as interrupts:
        signal.raise_signal(number)
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()
        interrupts.check()
    assert told == [True]


def test_the_second_is_raised_at_once() -> None:
    with Interrupts(lambda: None) as interrupts:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        interrupts.check()  # it has been said


def test_afterwards_everything_is_as_it_was() -> None:
    before = [signal.getsignal(each) for each in SIGNALS]
    with Interrupts(lambda: None):
        assert [signal.getsignal(each) for each in SIGNALS] != before
    assert [signal.getsignal(each) for each in SIGNALS] == before
