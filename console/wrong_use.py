"""A command that was typed wrongly, told in the user's language and with what to type instead.

click tells its mistakes in English. What each is about can be seen from the error's class, the parameter it names and
its type, so it is said anew here; where that is not known, click's own text stays.
"""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from console import texts, wrong_use_texts
from console.help_pages import TYPED
from console.voice import LANGUAGES, Language, Voice
from vision.photo_file import printable


def language_asked(arguments: Sequence[str]) -> Language:
    """The language that ``--lang`` or NETRA_LANG asks for, found without parsing: a mistake may keep it from that."""
    asked = os.environ.get("NETRA_LANG", "")
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if name == "--lang":
            asked = value if equals else next(words, asked)
    return next((language for language in LANGUAGES if language == asked), LANGUAGES[0])


def lines_of_wrong_use(error: click.ClickException, voice: Voice) -> list[str]:
    """What to print: what is wrong, then where help is; for a command without anything, its help page."""
    if isinstance(error, NoArgsIsHelpError):
        return [error.format_message()]
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    said = "" if ctx is None else _said(error, ctx, voice)
    hint = voice(texts.USAGE_HINT, command="netra" if ctx is None else ctx.command_path)
    return [f"{voice(texts.USAGE_ERROR)} {said or printable(error.format_message())}", hint]


def _said(error: click.ClickException, ctx: click.Context, voice: Voice) -> str:
    """Empty where it cannot be told what is wrong."""
    match error:
        case click.MissingParameter(param=click.Parameter() as param):
            return _missing(param, ctx, voice)
        case click.BadParameter(param=click.Parameter() as param):
            return _wrong_value(error, param, ctx, voice)
        case click.NoSuchOption():
            return _no_such_option(error, ctx, voice)
        case NoSuchCommand():
            return _no_such_command(error, ctx, voice)
        case click.BadOptionUsage():
            return _without_its_value(error.option_name, ctx, voice)
        case click.BadArgumentUsage():
            return voice(wrong_use_texts.WRONG_NUMBER_OF_ARGUMENTS, usage=_usage(ctx))
        case _ if type(error) is not click.UsageError:
            return ""
        case _ if isinstance(ctx.command, click.Group):
            return voice(wrong_use_texts.MISSING_COMMAND, names=", ".join(ctx.command.list_commands(ctx)))
    return _too_many(ctx, voice)


def _missing(param: click.Parameter, ctx: click.Context, voice: Voice) -> str:
    if isinstance(param, click.Argument):
        return voice(wrong_use_texts.MISSING_ARGUMENT, name=_name(param), usage=_usage(ctx))
    name, call = _name(param), _call(param, _name(param), ctx)
    if isinstance(param.envvar, str):
        return voice(wrong_use_texts.MISSING_OPTION_OR_SET, name=name, call=call, variable=param.envvar)
    return voice(wrong_use_texts.MISSING_OPTION, name=name, call=call)


def _wrong_value(error: click.BadParameter, param: click.Parameter, ctx: click.Context, voice: Voice) -> str:
    typed, source = param.consume_value(ctx, _parsed(ctx)[0])
    name, kind, value = _name(param), param.type, f"'{typed}'"
    if source is ParameterSource.ENVIRONMENT:
        name = f"{param.envvar} ({name})"
    match kind:
        case click.Choice():
            names = ", ".join(map(str, kind.choices))
            return voice(wrong_use_texts.NOT_A_CHOICE, name=name, value=value, names=names)
        case click.IntRange(min=int() as least, max=int() as most, min_open=False, max_open=False):
            return voice(wrong_use_texts.NOT_IN_RANGE, name=name, value=value, least=least, most=most)
        case click.types.IntParamType() if not isinstance(kind, click.IntRange):
            return voice(wrong_use_texts.NOT_A_NUMBER, name=name, value=value)
        case click.Path() if not os.path.lexists(str(typed)):
            return voice(wrong_use_texts.NO_SUCH_PATH, name=name, value=value)
        case click.Path() if not os.access(Path(str(typed)), os.R_OK):
            return voice(wrong_use_texts.PATH_NOT_READABLE, name=name, value=value)
    return voice(wrong_use_texts.WRONG_VALUE, name=name, reason=error.message)


def _no_such_option(error: click.NoSuchOption, ctx: click.Context, voice: Voice) -> str:
    name, above = error.option_name, ctx.parent
    while above is not None:
        for param in _options([error.option_name], above):
            after = ctx.command_path.removeprefix(above.command_path)
            usage = f"{above.command_path} {_call(param, name, above)}{after} ..."
            return voice(wrong_use_texts.OPTION_GOES_BEFORE, name=name, usage=usage)
        above = above.parent
    if error.possibilities:
        return voice(wrong_use_texts.NO_SUCH_OPTION_BUT, name=name, names=_either(error.possibilities, voice))
    return voice(wrong_use_texts.NO_SUCH_OPTION, name=name)


def _no_such_command(error: NoSuchCommand, ctx: click.Context, voice: Voice) -> str:
    name = f"'{error.command_name}'"
    if error.possibilities:
        return voice(wrong_use_texts.NO_SUCH_COMMAND_BUT, name=name, names=_either(error.possibilities, voice))
    assert isinstance(ctx.command, click.Group)  # noqa: S101 - only a group looks for commands
    return voice(wrong_use_texts.NO_SUCH_COMMAND, name=name, names=", ".join(ctx.command.list_commands(ctx)))


def _without_its_value(name: str, ctx: click.Context, voice: Voice) -> str:
    for option in _options([name], ctx):
        if _takes_value(option):
            return voice(wrong_use_texts.NEEDS_VALUE, name=name, call=_call(option, name, ctx))
        return voice(wrong_use_texts.TAKES_NO_VALUE, name=name)
    return ""


def _too_many(ctx: click.Context, voice: Voice) -> str:
    extra = _parsed(ctx)[1]
    if not extra:
        return ""
    names = ", ".join(f"'{each}'" for each in extra)
    said = voice(wrong_use_texts.EXTRA_ARGUMENTS, names=names, usage=_usage(ctx))
    takes_names = any(isinstance(param, click.Argument) for param in ctx.command.params)
    return voice(wrong_use_texts.QUOTE_SPACES, said=said) if takes_names else said


def _parsed(ctx: click.Context) -> tuple[dict[str, Any], list[str]]:
    """The values as they were typed, and what was left over: click's error has neither."""
    values, left, _ = ctx.command.make_parser(ctx).parse_args(list(ctx.meta.get(TYPED, ())))
    return dict(values), left


def _options(names: Iterable[str], ctx: click.Context) -> list[click.Option]:
    options = [param for param in ctx.command.get_params(ctx) if isinstance(param, click.Option)]
    return [option for option in options if not set(names).isdisjoint(option.opts)]


def _takes_value(option: click.Option) -> bool:
    return not (option.is_flag or option.count)


def _name(param: click.Parameter) -> str:
    """As the help page has it; of an option the longest name."""
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name


def _call(param: click.Parameter, name: str, ctx: click.Context) -> str:
    """An option as it is typed: ``--election ELECTION.toml``."""
    takes_value = isinstance(param, click.Option) and _takes_value(param)
    return f"{name} {param.make_metavar(ctx)}" if takes_value else name


def _usage(ctx: click.Context) -> str:
    return " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])


def _either(names: Sequence[str], voice: Voice) -> str:
    return voice.either(" atau ", " or ").join(names)
