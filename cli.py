"""The ``netra`` command: arguments, exit codes, and how mistakes are told. What it does lies in the rooms below.

Exit codes: 0 finished; 1 failed; 2 wrong use or configuration; 3 finished, but some files could not be read;
10 finished with findings, where ``--fail-on-finding`` asks for it (it goes before 3); 130 interrupted.

Nothing heavy is imported before a command runs, so that ``netra --help`` answers at once.
"""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import click

from console import texts
from console.errors import ReaderGoneError
from console.mistakes import lines_of
from console.voice import LANGUAGES, Voice
from netra import __version__
from netra.errors import NetraError

EXIT_FAILED, EXIT_WRONG_USE, EXIT_INTERRUPTED = 1, 2, 130
ROOMS: Final = ("netra", "vision", "candidates", "screening", "console")


@dataclass(slots=True)
class Session:
    """What the options before the command's name say.

    Attributes:
        voice: the language.
        quiet: errors and data only.
        verbose: how often ``-v`` was given.
        command: the command's whole name, for hints.
    """

    voice: Voice = field(default_factory=Voice)
    quiet: bool = False
    verbose: int = 0
    command: str = "netra"


class _Help(click.Command):
    """A help page with Indonesian headings."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[PILIHAN]", **settings})

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Pemakaian: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [
            (record[0], f"{option.help}{' Wajib.' if option.required else ''}")
            for option in options
            if (record := option.get_help_record(ctx)) is not None
        ]
        with formatter.section("Pilihan"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option


class _HelpGroup(_Help, click.Group):
    """The same, with the commands."""

    command_class = _Help

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, command.short_help or "") for name, command in self.commands.items()]
        with formatter.section("Perintah"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)  # in the order in which an officer needs them


class _Netra(_HelpGroup):
    """The whole program: turns how a command ended into an exit code and a few plain lines."""

    group_class = _HelpGroup

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002 - this program always ends here
        **extra: Any,
    ) -> Any:
        session = Session()
        sys.excepthook = _bug_hook(session, sys.excepthook)
        try:
            code = super().main(args, prog_name or "netra", complete_var, standalone_mode=False, obj=session, **extra)
        except click.Abort:
            _say(session.voice(texts.INTERRUPTED))
            code = EXIT_INTERRUPTED
        except click.ClickException as error:
            _say(f"{session.voice(texts.USAGE_ERROR)} {error.format_message()}")
            command = getattr(error, "ctx", None)
            _say(session.voice(texts.USAGE_HINT, command=command.command_path if command else session.command))
            code = EXIT_WRONG_USE
        except ReaderGoneError:
            _leave_stdout()
            code = EXIT_FAILED
        except NetraError as error:
            _say("\n".join(lines_of(error, session.voice)))
            code = error.exit_code
        sys.exit(code)


def _say(text: str) -> None:
    click.echo(text, err=True)


def _bug_hook(session: Session, usual: Callable[..., Any]) -> Callable[..., Any]:
    """What Python calls for an exception that nobody expected; the exit code is 1 either way."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if session.verbose:
            usual(kind, error, trace)
        said = f"{kind.__name__}: {error}".strip(": ")
        _say(session.voice(texts.BUG, error=said))

    return hook


def _leave_stdout() -> None:
    """Nobody reads standard output any more; what Python still holds of it must not become an error at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _set_up_logging(session: Session) -> None:
    level = logging.ERROR if session.quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(session.verbose, 2)]
    logging.basicConfig(format="%(name)s: %(message)s", stream=sys.stderr, level=logging.WARNING, force=True)
    for room in ROOMS:
        logging.getLogger(room).setLevel(level)


def _choose_language(ctx: click.Context, _: click.Parameter, value: str) -> str:
    ctx.find_object(Session).voice = Voice("en" if value == "en" else "id")  # type: ignore[union-attr] # main gives it
    return value


def _example(command: str, english: str) -> str:
    return f"\b\nContoh:\n  {command}\n\nEnglish: {english}"


@click.group(
    "netra",
    cls=_Netra,
    subcommand_metavar="PERINTAH [ARGUMEN]...",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_example("netra demo", "flags uploaded photos for people to check; add --lang en for English output."),
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="id",
    envvar="NETRA_LANG",
    is_eager=True,
    expose_value=False,
    callback=_choose_language,
    help="Bahasa keluaran: id (Indonesia, bawaan) atau en (Inggris). Juga lewat NETRA_LANG.",
)
@click.option("-q", "--quiet", is_flag=True, help="Hanya galat dan data; tanpa kemajuan dan catatan.")
@click.option("-v", "--verbose", count=True, help="Lebih banyak penjelasan, termasuk alasan tiap temuan.")
@click.version_option(__version__, message="netra %(version)s", help="Tampilkan versi.")
@click.pass_context
def main(ctx: click.Context, quiet: bool, verbose: int) -> None:
    """netra memeriksa foto unggahan ASN: mencari wajah calon resmi dan simbol tangan, lalu menandai foto untuk dilihat
    petugas. netra menunjuk, manusia memutuskan. Tidak ada yang dikirim lewat jaringan.
    """
    session = ctx.find_object(Session)
    assert session is not None  # noqa: S101 - main gives it
    session.quiet, session.verbose = quiet, verbose
    _set_up_logging(session)


_ELECTION = click.option(
    "--election",
    required=True,
    envvar="NETRA_ELECTION",
    metavar="ELECTION.toml",
    type=click.Path(path_type=Path),
    help="Berkas pemilihan: calon, nomor urut, simbol, foto rujukan (NETRA_ELECTION).",
)
_ELECTION_ARGUMENT = click.argument("election", metavar="ELECTION.toml", type=click.Path(path_type=Path))
_CACHE = click.option(
    "--cache",
    envvar="NETRA_CACHE",
    default="",
    metavar="FOLDER",
    help="Tempat menyimpan hasil baca foto rujukan calon (NETRA_CACHE). Wajah orang lain tidak pernah disimpan.",
)
_NO_CACHE = click.option("--no-cache", is_flag=True, help="Baca ulang semua foto rujukan calon.")
_JSONL = click.option(
    "--jsonl", default="", metavar="BERKAS", help="Catatan tiap foto, satu baris JSON; - untuk stdout."
)
_ANNOTATE = click.option(
    "--annotate", default="", metavar="FOLDER", help="Gambar beranotasi dari foto yang perlu dilihat."
)
_WORKERS = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    envvar="NETRA_WORKERS",
    metavar="N",
    help="Banyaknya foto yang dibaca bersamaan; bawaan: banyaknya prosesor, paling banyak 8 (NETRA_WORKERS).",
)
_OVERWRITE = click.option("--overwrite", is_flag=True, help="Ganti berkas hasil yang sudah ada.")


@main.command(
    short_help="Pindai foto, folder, dan arsip zip.",
    epilog=_example(
        "netra scan unggahan/ --election pemilihan.toml --jsonl hasil.jsonl --annotate gambar/",
        "scans photos, folders and zip archives, and lists what is worth a look.",
    ),
)
@click.argument("photos", nargs=-1, required=True, metavar="FOTO...")
@_ELECTION
@_JSONL
@_ANNOTATE
@_WORKERS
@click.option(
    "--hands",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    envvar="NETRA_HANDS",
    help="Cari tangan: auto (bila dapat berarti, bawaan), always, never (NETRA_HANDS).",
)
@_CACHE
@_NO_CACHE
@click.option("--fail-on-finding", is_flag=True, help="Kode keluar 10 bila ada temuan.")
@_OVERWRITE
@click.pass_obj
def scan(  # noqa: PLR0913 - one argument an option
    session: Session,
    *,
    photos: tuple[str, ...],
    election: Path,
    jsonl: str,
    annotate: str,
    workers: int | None,
    hands: str,
    cache: str,
    no_cache: bool,
    fail_on_finding: bool,
    overwrite: bool,
) -> int:
    """Pindai foto, folder, dan arsip zip, lalu tampilkan temuan, yang terkuat dulu.

    Daftar temuan ditulis ke stdout; dengan --jsonl - ke stderr, karena stdout berisi catatan JSON. Dengan -q dan
    --jsonl daftar itu tidak ditampilkan. Foto yang tidak terbaca tidak menghentikan pindaian.

    Kode keluar: 0 selesai; 1 gagal; 2 perintah atau berkas pemilihan salah; 3 selesai, ada berkas yang tidak terbaca;
    10 ada temuan (hanya dengan --fail-on-finding, mendahului 3); 130 dihentikan.
    """
    from console.run import Outputs, exit_code, prepare_run, print_done

    outputs = Outputs(jsonl, annotate, overwrite)
    run = prepare_run(election, outputs, hands, workers, (cache, not no_cache), session.voice, session.quiet)
    done = run(photos)
    print_done(run, done, session.verbose > 0)
    return exit_code(done.outcome, fail_on_finding)


@main.command(
    short_help="Periksa satu foto dan buat gambar beranotasi.",
    epilog=_example(
        "netra inspect foto.jpg --election pemilihan.toml",
        "tells what is seen in one photo, with an annotated picture.",
    ),
)
@click.argument("photo", metavar="FOTO")
@_ELECTION
@click.option("--out", default="", metavar="BERKAS.jpg", help="Nama gambar beranotasi; bawaan: FOTO.netra.jpg.")
@_CACHE
@_NO_CACHE
@_OVERWRITE
@click.pass_obj
def inspect(
    session: Session, *, photo: str, election: Path, out: str, cache: str, no_cache: bool, overwrite: bool
) -> int:
    """Periksa satu foto: siapa yang mirip calon, apa yang ditunjukkan tangan, dan mengapa perlu dilihat.

    Gambar beranotasi ditulis di samping foto sebagai NAMA.netra.jpg. Foto yang tidak terbaca: kode keluar 3.
    """
    from console.inspect_photo import inspect_photo
    from console.run import Outputs, prepare_run

    outputs = Outputs(overwrite=overwrite)
    run = prepare_run(election, outputs, "always", 1, (cache, not no_cache), session.voice, session.quiet)
    return inspect_photo(run, photo, out)


@main.group(
    short_help="Periksa dan tampilkan calon dalam berkas pemilihan.",
    options_metavar="",
    subcommand_metavar="PERINTAH",
    epilog=_example("netra candidates check pemilihan.toml", "checks and lists the candidates of an election file."),
)
def candidates() -> None:
    """Periksa foto rujukan calon, atau tampilkan calon, nomor urut, dan simbolnya."""


@candidates.command(
    short_help="Apakah foto rujukan tiap calon dapat dipakai?",
    epilog=_example("netra candidates check pemilihan.toml", "is each candidate's reference photo of use?"),
)
@_ELECTION_ARGUMENT
@_CACHE
@_NO_CACHE
@click.pass_obj
def check(session: Session, *, election: Path, cache: str, no_cache: bool) -> int:
    """Periksa foto rujukan: mana yang dipakai, mana yang ditolak dan mengapa, dan calon yang saling mirip.

    Kode keluar 2 bila ada calon tanpa foto yang dapat dipakai.
    """
    from console.enrolment import EnrolmentPage
    from console.prepare import enrol_election, load_contest, template_store
    from console.report import out_console

    contest = load_contest(election)
    enrolment = enrol_election(contest.election, template_store(cache, not no_cache))
    good = EnrolmentPage(out_console(), session.voice).check(contest.election, enrolment.report)
    return 0 if good else EXIT_WRONG_USE


@candidates.command(
    name="list",
    short_help="Tampilkan nomor urut, calon, simbol, dan tanggal.",
    epilog=_example("netra candidates list pemilihan.toml", "shows tickets, candidates, symbols, dates and rulebook."),
)
@_ELECTION_ARGUMENT
@click.pass_obj
def list_(session: Session, *, election: Path) -> None:
    """Tampilkan isi berkas pemilihan: nomor urut, calon, simbol, tanggal, dan kumpulan aturan."""
    from console.enrolment import EnrolmentPage
    from console.prepare import load_contest
    from console.report import out_console

    EnrolmentPage(out_console(), session.voice).list(load_contest(election))


@main.command(
    short_help="Coba netra dengan pemilihan dan orang rekaan.",
    epilog=_example("netra demo --annotate gambar/", "scans a built-in invented election and checks the result."),
)
@_JSONL
@_ANNOTATE
@_WORKERS
@_OVERWRITE
@click.pass_obj
def demo(session: Session, *, jsonl: str, annotate: str, workers: int | None, overwrite: bool) -> int:
    """Pindai contoh bawaan, tampilkan temuan, dan bandingkan dengan kuncinya.

    Semua orang di dalamnya rekaan. Kode keluar 0 hanya bila hasilnya sama dengan kunci.
    """
    from console.demo import ELECTION_FILE, Demo
    from console.run import Outputs, prepare_run

    scanned = Demo(session.voice)
    outputs = Outputs(jsonl, annotate, overwrite, (scanned.outcomes,))
    run = prepare_run(ELECTION_FILE, outputs, "auto", workers, ("", False), session.voice, session.quiet)
    return scanned.show(run, session.verbose > 0)


@main.command(
    short_help="Periksa apakah semua yang diperlukan ada.",
    epilog=_example("netra doctor", "checks models, versions, memory, and what is missing."),
)
@_CACHE
@click.pass_obj
def doctor(session: Session, *, cache: str) -> int:
    """Periksa pemasangan: versi, berkas model, prosesor, memori, dan uji diri dengan satu foto contoh.

    Kode keluar 1 bila ada yang kurang.
    """
    from console.doctor import print_examination
    from console.report import out_console

    return print_examination(out_console(), session.voice, cache)
