"""The ``netra`` command: arguments, exit codes, and how mistakes are told. What it does lies in the rooms below.

Exit codes: 0 finished; 1 failed; 2 wrong use or configuration; 3 finished, but some files could not be read;
10 finished with findings, where ``--fail-on-finding`` asks for it (it goes before 3); 130 interrupted.

Nothing heavy is imported before a command runs, so that ``netra --help`` answers at once.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import click

from console import options, texts
from console.case_commands import case, retention, subject
from console.errors import ReaderGoneError
from console.evaluate_commands import evaluate
from console.export_command import export
from console.findings_command import findings
from console.help_pages import HelpGroup, example
from console.logs import set_up_logging
from console.mistakes import lines_of
from console.review_command import review
from console.session import Session
from console.verify_commands import checkpoint, verify
from console.voice import LANGUAGES, Voice
from console.wrong_use import language_asked, lines_of_wrong_use
from netra import __version__
from netra.errors import NetraError

EXIT_FAILED, EXIT_WRONG_USE, EXIT_INTERRUPTED = 1, 2, 130


class _Netra(HelpGroup):
    """The whole program: turns how a command ended into an exit code and a few plain lines."""

    group_class = HelpGroup

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002 - this program always ends here
        **extra: Any,
    ) -> Any:
        session = Session(Voice(language_asked(sys.argv[1:] if args is None else args)))
        sys.excepthook = _bug_hook(session, sys.excepthook)
        try:
            code = super().main(args, prog_name or "netra", complete_var, standalone_mode=False, obj=session, **extra)
        except click.Abort:
            _say(session.voice(texts.INTERRUPTED))
            code = EXIT_INTERRUPTED
        except click.ClickException as error:
            _say("\n".join(lines_of_wrong_use(error, session.voice)))
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


@click.group(
    "netra",
    cls=_Netra,
    subcommand_metavar="PERINTAH [ARGUMEN]...",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example("netra demo", "flags uploaded photos for people to check; add --lang en for English output."),
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default="id",
    envvar="NETRA_LANG",
    expose_value=False,  # the session speaks it already, so that whatever is wrong here is told in it
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
    set_up_logging(quiet, verbose)


@main.command(
    short_help="Pindai foto, folder, dan arsip zip.",
    epilog=example(
        "netra scan unggahan/ --election pemilihan.toml --jsonl hasil.jsonl --annotate gambar/",
        "scans photos, folders and zip archives, and lists what is worth a look.",
    ),
)
@click.argument("photos", nargs=-1, required=True, metavar="FOTO...")
@options.ELECTION
@options.MANIFEST
@options.SCAN_DB
@options.JSONL
@options.ANNOTATE
@options.WORKERS
@options.HANDS
@options.FACE_MODEL
@options.SAVE_POPULATION
@options.CACHE
@options.NO_CACHE
@options.FAIL_ON_FINDING
@options.OVERWRITE
@options.OPERATOR
@options.REHASH
@click.pass_obj
def scan(  # noqa: PLR0913 - one argument an option
    session: Session,
    *,
    photos: tuple[str, ...],
    election: Path,
    manifest: str,
    db: str,
    jsonl: str,
    annotate: str,
    workers: int | None,
    hands: str,
    face_model: str,
    save_population: str,
    cache: str,
    no_cache: bool,
    fail_on_finding: bool,
    overwrite: bool,
    operator: str,
    rehash: bool,
) -> int:
    """Pindai foto, folder, dan arsip zip, lalu tampilkan temuan, yang terkuat dulu.

    Daftar temuan ditulis ke stdout; dengan --jsonl - ke stderr, karena stdout berisi catatan JSON. Dengan -q dan
    --jsonl daftar itu tidak ditampilkan. Foto yang tidak terbaca tidak menghentikan pindaian.

    Kode keluar: 0 selesai; 1 gagal; 2 perintah atau berkas pemilihan salah; 3 selesai, ada berkas yang tidak terbaca;
    10 ada temuan (hanya dengan --fail-on-finding, mendahului 3); 130 dihentikan.
    """
    from console.prepare import Asked
    from console.run import Outputs, exit_code, keep_population, prepare_run, print_done
    from console.scan_database import CaseOutput

    case_output = CaseOutput(db, operator, rehash)
    outputs = Outputs(jsonl, annotate, overwrite, population=save_population, case=case_output)
    asked = Asked(election, hands, workers, cache, not no_cache, face_model, manifest=manifest)
    run = prepare_run(asked, outputs, session.voice, session.quiet)
    done = run(photos)
    print_done(run, done, session.verbose > 0)
    keep_population(run, done.outcome.summary)
    return exit_code(done.outcome, fail_on_finding)


@main.command(
    short_help="Periksa satu foto dan buat gambar beranotasi.",
    epilog=example(
        "netra inspect foto.jpg --election pemilihan.toml",
        "tells what is seen in one photo, with an annotated picture.",
    ),
)
@click.argument("photo", metavar="FOTO")
@options.ELECTION
@options.MANIFEST
@click.option("--out", default="", metavar="BERKAS.jpg", help="Nama gambar beranotasi; bawaan: FOTO.netra.jpg.")
@options.FACE_MODEL
@options.POPULATION
@options.CACHE
@options.NO_CACHE
@options.OVERWRITE
@click.pass_obj
def inspect(  # noqa: PLR0913 - one argument an option
    session: Session,
    *,
    photo: str,
    election: Path,
    manifest: str,
    out: str,
    face_model: str,
    population: str,
    cache: str,
    no_cache: bool,
    overwrite: bool,
) -> int:
    """Periksa satu foto: siapa yang mirip calon, apa yang ditunjukkan tangan, dan mengapa perlu dilihat.

    Gambar beranotasi ditulis di samping foto sebagai NAMA.netra.jpg. Foto yang tidak terbaca: kode keluar 3.
    """
    from console.inspect_photo import inspect_photo
    from console.prepare import Asked
    from console.run import Outputs, prepare_run

    outputs = Outputs(overwrite=overwrite)
    asked = Asked(election, "always", 1, cache, not no_cache, face_model, population, manifest)
    run = prepare_run(asked, outputs, session.voice, session.quiet)
    return inspect_photo(run, photo, out)


@main.group(
    short_help="Periksa dan tampilkan calon dalam berkas pemilihan.",
    options_metavar="",
    subcommand_metavar="PERINTAH",
    epilog=example("netra candidates check pemilihan.toml", "checks and lists the candidates of an election file."),
)
def candidates() -> None:
    """Periksa foto rujukan calon, atau tampilkan calon, nomor urut, dan simbolnya."""


@candidates.command(
    short_help="Apakah foto rujukan tiap calon dapat dipakai?",
    epilog=example(
        "netra candidates check pemilihan.toml --picture calon.png",
        "what the reference photos are worth, and who looks like whom; also as one picture.",
    ),
)
@options.ELECTION_ARGUMENT
@options.ENROLMENT_PICTURE
@options.FACE_MODEL
@options.POPULATION
@options.CACHE
@options.NO_CACHE
@options.OVERWRITE
@click.pass_obj
def check(
    session: Session,
    *,
    election: Path,
    picture: str,
    face_model: str,
    population: str,
    cache: str,
    no_cache: bool,
    overwrite: bool,
) -> int:
    """Periksa foto rujukan: mutu tiap foto, siapa mirip siapa, siapa perlu foto lagi, dan seberapa baik tiap calon
    akan dikenali.

    Kode keluar 2 bila ada calon tanpa foto yang dapat dipakai.
    """
    from console.check_candidates import Picture, check_candidates
    from console.prepare import Asked

    asked = Asked(election, "never", 1, cache, not no_cache, face_model, population)
    return check_candidates(asked, Picture(picture, overwrite), session.voice, session.quiet)


@candidates.command(
    name="list",
    short_help="Tampilkan nomor urut, calon, simbol, dan tanggal.",
    epilog=example("netra candidates list pemilihan.toml", "shows tickets, candidates, symbols, dates and rulebook."),
)
@options.ELECTION_ARGUMENT
@options.FACE_MODEL
@click.pass_obj
def list_(session: Session, *, election: Path, face_model: str) -> None:
    """Tampilkan isi berkas pemilihan: nomor urut, calon, simbol, tanggal, dan kumpulan aturan."""
    from console.enrolment import EnrolmentPage
    from console.prepare import face_models_of, load_contest
    from console.report import out_console

    EnrolmentPage(out_console(), session.voice).list(load_contest(election), face_models_of(face_model))


@main.command(
    short_help="Coba netra dengan pemilihan dan orang rekaan.",
    epilog=example("netra demo --annotate gambar/", "scans a built-in invented election and checks the result."),
)
@options.JSONL
@options.ANNOTATE
@options.WORKERS
@options.OVERWRITE
@click.pass_obj
def demo(session: Session, *, jsonl: str, annotate: str, workers: int | None, overwrite: bool) -> int:
    """Pindai contoh bawaan, tampilkan temuan, dan bandingkan dengan kuncinya.

    Semua orang di dalamnya rekaan. Kode keluar 0 hanya bila hasilnya sama dengan kunci.
    """
    from console.demo import ELECTION_FILE, MANIFEST_FILE, Demo
    from console.prepare import Asked
    from console.run import Outputs, prepare_run

    scanned = Demo(session.voice)
    outputs = Outputs(jsonl, annotate, overwrite, (scanned.outcomes,))
    asked = Asked(ELECTION_FILE, workers=workers, use_cache=False, manifest=str(MANIFEST_FILE))
    run = prepare_run(asked, outputs, session.voice, session.quiet)
    return scanned.show(run, session.verbose > 0)


@main.command(
    short_help="Periksa apakah semua yang diperlukan ada.",
    epilog=example("netra doctor", "checks models, versions, memory, and what is missing."),
)
@options.FACE_MODEL
@options.CACHE
@click.pass_obj
def doctor(session: Session, *, face_model: str, cache: str) -> int:
    """Periksa pemasangan: versi, berkas model, prosesor, memori, dan uji diri dengan satu foto contoh.

    Kode keluar 1 bila ada yang kurang.
    """
    from console.doctor import print_examination
    from console.report import out_console

    return print_examination(out_console(), session.voice, cache, face_model)


main.add_command(evaluate)
main.add_command(findings)
main.add_command(case)
main.add_command(review)
main.add_command(export)
main.add_command(retention)
main.add_command(subject)
main.add_command(verify)
main.add_command(checkpoint)
