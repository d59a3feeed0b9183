"""Words for a database's planner, where one is misled without them."""

from typing import Any, Final

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Unindexed(FunctionElement[Any]):
    """A column as it is, for which SQLite reads no index.

    It keeps no statistics unless told to, and takes ``copy_of IS NULL`` for rare, though most rows are like that. A
    plus before the column says so (https://sqlite.org/optoverview.html, "Disqualifying WHERE clause terms using unary
    +"). A server knows better, and is told nothing.
    """

    inherit_cache = True
    name: Final = "unindexed"

    def __init__(self, column: ColumnElement[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(Unindexed)
def _plain(element: Unindexed, compiler: SQLCompiler, **given: Any) -> str:
    return compiler.process(element.clauses, **given)


@compiles(Unindexed, "sqlite")
def _with_plus(element: Unindexed, compiler: SQLCompiler, **given: Any) -> str:
    return f"+{compiler.process(element.clauses, **given)}"
