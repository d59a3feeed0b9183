"""A command that was typed wrongly: what is wrong and what to type instead, in the user's language."""

import re
from collections.abc import Callable

import pytest
from click.testing import Result

Netra = Callable[..., Result]

COMMANDS = (
    "scan, inspect, candidates, demo, doctor, evaluate, findings, case, review, export, retention, subject, verify, "
    "checkpoint"
)
CALLS = [
    (
        "scan a.jpg",
        (
            "pilihan --election belum diberikan. Tambahkan --election ELECTION.toml, atau isi variabel lingkungan "
            "NETRA_ELECTION."
        ),
        "option --election is missing. Add --election ELECTION.toml, or set the environment variable NETRA_ELECTION.",
        "netra scan",
    ),
    (
        "inspect --election E",
        "FOTO belum disebutkan. Tulis: netra inspect [PILIHAN] FOTO",
        "FOTO is missing. Write: netra inspect [PILIHAN] FOTO",
        "netra inspect",
    ),
    (
        "scan --elektion E a.jpg",
        "pilihan --elektion tidak ada. Mungkin maksud Anda --election.",
        "there is no option --elektion. Perhaps you meant --election.",
        "netra scan",
    ),
    (
        "--xyz",
        "pilihan --xyz tidak ada. Lihat bantuan untuk pilihan yang ada.",
        "there is no option --xyz. The help lists those there are.",
        "netra",
    ),
    (
        "candidates check E -v",
        "pilihan -v ditulis sebelum nama perintah. Tulis: netra -v candidates check ...",
        "option -v goes before the command's name. Write: netra -v candidates check ...",
        "netra candidates check",
    ),
    (
        "doctor --lang",
        "pilihan --lang ditulis sebelum nama perintah. Tulis: netra --lang [id|en] doctor ...",
        "option --lang goes before the command's name. Write: netra --lang [id|en] doctor ...",
        "netra doctor",
    ),
    (
        "candidates chek",
        "perintah 'chek' tidak ada. Mungkin maksud Anda check.",
        "there is no command 'chek'. Perhaps you meant check.",
        "netra candidates",
    ),
    (
        "candidates xyz",
        "perintah 'xyz' tidak ada. Pilih salah satu: check, list.",
        "there is no command 'xyz'. Choose one of check, list.",
        "netra candidates",
    ),
    (
        "-q",
        f"nama perintah belum disebutkan. Pilih salah satu: {COMMANDS}.",
        f"the command's name is missing. Choose one of {COMMANDS}.",
        "netra",
    ),
    (
        "scan a --election",
        "pilihan --election perlu nilai. Tulis: --election ELECTION.toml",
        "option --election needs a value. Write: --election ELECTION.toml",
        "netra scan",
    ),
    (
        "demo --overwrite=ya",
        "pilihan --overwrite tidak memakai nilai. Tulis --overwrite saja.",
        "option --overwrite takes no value. Write --overwrite alone.",
        "netra demo",
    ),
    (
        "inspect foto acara 1.jpg --election E",
        (
            "terlalu banyak yang disebutkan: 'acara', '1.jpg'. Tulis: netra inspect [PILIHAN] FOTO (nama yang berisi "
            "spasi diapit tanda kutip)"
        ),
        (
            "too much was named: 'acara', '1.jpg'. Write: netra inspect [PILIHAN] FOTO (a name with spaces goes "
            "between quotes)"
        ),
        "netra inspect",
    ),
    (
        "demo x",
        "terlalu banyak yang disebutkan: 'x'. Tulis: netra demo [PILIHAN]",
        "too much was named: 'x'. Write: netra demo [PILIHAN]",
        "netra demo",
    ),
    (
        "scan a --election E --hands kadang",
        "--hands tidak mengenal 'kadang'. Pilih salah satu: auto, always, never.",
        "--hands does not know 'kadang'. Choose one of auto, always, never.",
        "netra scan",
    ),
    (
        "scan a --election E --workers 0",
        "--workers perlu bilangan bulat dari 1 sampai 64, bukan '0'.",
        "--workers needs a whole number from 1 to 64, not '0'.",
        "netra scan",
    ),
    (
        "evaluate faces d --enrolled banyak",
        "--enrolled perlu bilangan bulat dari 1 sampai 198, bukan 'banyak'.",
        "--enrolled needs a whole number from 1 to 198, not 'banyak'.",
        "netra evaluate faces",
    ),
]


@pytest.mark.parametrize(("call", "indonesian", "english", "command"), CALLS, ids=[call for call, *_ in CALLS])
def test_what_is_wrong_and_what_to_type_is_said_in_the_language(
    netra: Netra, call: str, indonesian: str, english: str, command: str
) -> None:
    result = netra(*call.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Perintah belum benar: {indonesian}\nBantuan: {command} --help\n"
    result = netra(*call.split(), NETRA_LANG="en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"The command is not right: {english}\nHelp: {command} --help\n"


@pytest.mark.parametrize("call", ["--lang en --xyz", "--xyz --lang=en", "--lang en scan", "scan a --lang en"])
def test_the_language_is_known_even_where_the_command_cannot_be_read(netra: Netra, call: str) -> None:
    assert netra(*call.split()).stderr.startswith("The command is not right: ")
    assert netra(*call.replace("en", "id").split(), NETRA_LANG="en").stderr.startswith("Perintah belum benar: ")


def test_a_language_that_there_is_not_is_told_in_indonesian(netra: Netra) -> None:
    assert "--lang tidak mengenal 'fr'. Pilih salah satu: id, en." in netra("--lang", "fr", "doctor").stderr
    assert "NETRA_LANG (--lang) tidak mengenal 'fr'." in netra("doctor", NETRA_LANG="fr").stderr


def test_a_value_from_the_environment_is_named_by_its_variable(netra: Netra) -> None:
    call = ("scan", "a.jpg", "--election", "E")
    assert "NETRA_WORKERS (--workers) perlu bilangan bulat dari 1 sampai 64, bukan 'x'." in (
        netra(*call, NETRA_WORKERS="x").stderr
    )
    assert "benar: --workers perlu" in netra(*call, "--workers", "y", NETRA_WORKERS="x").stderr


@pytest.mark.parametrize("call", [[], ["candidates"], ["evaluate"]], ids=lambda words: " ".join(words) or "netra")
def test_without_anything_there_is_only_the_help_page(netra: Netra, call: list[str]) -> None:
    result = netra(*call)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"Pemakaian: {' '.join(['netra', *call])}")
    assert "belum benar" not in result.stderr


@pytest.mark.parametrize(
    "call",
    [
        ["scan", "a", "--election", "E", "--hands", "\x1b[31m\n"],
        ["demo", "\x1b[31m\n"],
        ["\x1b[31m\n"],
        ["--\x1b[31m\n"],
    ],
)
def test_what_was_typed_cannot_play_tricks(netra: Netra, call: list[str]) -> None:
    result = netra(*call)
    assert "\\x1b[31m\\n" in result.stderr
    assert "\x1b" not in result.stderr
    assert re.fullmatch(r"Perintah belum benar: .*\nBantuan: netra.* --help\n", result.stderr)
