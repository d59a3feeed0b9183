"""What the rooms log, on standard error: warnings as a rule, more or less where the user asks."""

import logging
import sys
from typing import Final

ROOMS: Final = ("netra", "vision", "candidates", "screening", "evaluation", "console")


def set_up_logging(quiet: bool, verbose: int) -> None:
    """Errors only where ``quiet``, else warnings; notes with ``verbose`` 1, everything from 2 on."""
    level = logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(format="%(name)s: %(message)s", stream=sys.stderr, level=logging.WARNING, force=True)
    for room in ROOMS:
        logging.getLogger(room).setLevel(level)
