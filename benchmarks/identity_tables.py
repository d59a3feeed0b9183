"""A table of figures: shown as Markdown, so that it can be put into a document, and kept as CSV."""

import csv
from dataclasses import dataclass
from pathlib import Path

from rich import box
from rich.table import Table

from netra.errors import OutputError


@dataclass(frozen=True, slots=True)
class Part:
    """Figures that are shown together.

    Attributes:
        title: a line above them.
        file: the name of the CSV file.
        headers: of the columns.
        rows: each as long as ``headers``.
    """

    title: str
    file: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.headers):
                raise ValueError(f"{self.file}: expected {len(self.headers)} cells in a row, got {len(row)}")

    def table(self) -> Table:
        """For a console."""
        table = Table(title=self.title, title_justify="left", box=box.MARKDOWN)
        for header in self.headers:
            table.add_column(header, no_wrap=True)
        for row in self.rows:
            table.add_row(*row)
        return table

    def write(self, folder: Path) -> None:
        """As CSV into a folder, which is made where it is missing.

        Raises:
            OutputError: it cannot be written.
        """
        path = folder / self.file
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([self.headers, *self.rows])
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error}. Name another folder with --out.") from error
