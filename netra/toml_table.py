"""A table of a TOML file that people wrote; apart from ``netra.toml_file``, which loads without pydantic."""

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """No unknown keys, no guessed types, no spaces around text."""

    model_config = ConfigDict(strict=True, extra="forbid", str_strip_whitespace=True)
