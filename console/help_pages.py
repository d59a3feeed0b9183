"""How a command's help looks: Indonesian headings, options and commands in the order in which they are needed.

With ``cli.py``, ``console.evaluate_commands``, ``console.options`` and ``console.wrong_use`` the only place for click.
"""

from typing import Any, Final

import click

TYPED: Final = "netra.typed"
"""Where a context's ``meta`` has what was typed after the name of the command that was parsed last."""


class Help(click.Command):
    """A help page with Indonesian headings."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[PILIHAN]", **settings})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; what was typed is kept and every error knows its command, so that it can be told well."""
        ctx.meta[TYPED] = tuple(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """How the command is called."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Pemakaian: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What may be added to it."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [
            (record[0], f"{option.help}{' Wajib.' if option.required else ''}")
            for option in options
            if (record := option.get_help_record(ctx)) is not None
        ]
        with formatter.section("Pilihan"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help`` itself, in Indonesian."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option


class HelpGroup(Help, click.Group):
    """The same, with the commands."""

    command_class = Help

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        super().format_options(ctx, formatter)
        rows = [(name, command.short_help or "") for name, command in self.commands.items()]
        with formatter.section("Perintah"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order in which an officer needs them."""
        return list(self.commands)


def example(command: str, english: str) -> str:
    """The end of a help page: one call that works as it stands, and one line of English."""
    return f"\b\nContoh:\n  {command}\n\nEnglish: {english}"
