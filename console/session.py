"""What every command is told before its name."""

from dataclasses import dataclass, field

from console.voice import Voice


@dataclass(slots=True)
class Session:
    """What the options before the command's name say.

    Attributes:
        voice: the language.
        quiet: errors and data only.
        verbose: how often ``-v`` was given.
    """

    voice: Voice = field(default_factory=Voice)
    quiet: bool = False
    verbose: int = 0
