"""What is said of a TOML file that people wrote, in both languages."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from netra.both import Both, Message

PROBLEM: Final = Message(
    "{where}: {key}seharusnya {expected}, tertulis {got}{advice}",
    "{where}: {key}expected {expected}, got {got}{advice}",
)
FOLDER: Final = Message(
    "{path}: seharusnya {what}, tetapi ini folder; sebutkan berkas .toml di dalamnya",
    "{path}: expected the {what}, got a folder; name the .toml file inside it",
)
NO_FILE: Final = Message(
    "{path}: seharusnya {what}, tetapi berkas ini tidak ada; periksa nama dan foldernya",
    "{path}: expected the {what}, got no such file; check the name and the folder",
)
NOT_READ: Final = Message(
    "{path}: {what} tidak dapat dibaca ({reason}); periksa siapa yang boleh membukanya",
    "{path}: the {what} cannot be read ({reason}); check who may open it",
)
TOO_LARGE: Final = Message(
    "{path}: seharusnya {what}, tetapi besarnya lebih dari {mebibytes} MiB; benarkah berkas ini?",
    "{path}: expected the {what}, got more than {mebibytes} MiB; is it this file?",
)
TOO_DEEP: Final = Message(
    "{path}: seharusnya {what}, tetapi kurungnya bersarang terlalu dalam; benarkah berkas ini?",
    "{path}: expected the {what}, got brackets nested far too deep; is it this file?",
)
OTHER_ENCODING: Final = Message(
    "{path}: seharusnya {what} dalam UTF-8, tetapi ini {name}; simpan ulang sebagai UTF-8",
    "{path}: expected the {what} in UTF-8, got {name}; save it again as UTF-8",
)
NOT_UTF8: Final = Message(
    "{path}:{line}: seharusnya {what} dalam UTF-8, tetapi ada byte 0x{byte}; simpan ulang sebagai UTF-8",
    "{path}:{line}: expected the {what} in UTF-8, got byte 0x{byte}; save it again as UTF-8",
)
NOT_TOML: Final = Message(
    "{path}:{line}: seharusnya TOML yang sah, tetapi ada kesalahan{column} ({said}); {advice}",
    "{path}:{line}: expected valid TOML, got a mistake{column} ({said}); {advice}",
)
COLUMN: Final = Message(", kolom {number}", ", column {number}")
NO_BACKSLASH: Final = Both("tulis / dan bukan \\ dalam nama folder", "write / instead of \\ in paths")
COMPARE: Final = Both(
    "bandingkan dengan contoh dalam docs/election-file.md", "compare it with the example in the manual"
)

THE_KEY: Final = Message("kunci {name!r}", "the key {name!r}")
NOTHING: Final = Both("tidak ada", "nothing")
ADD_A_LINE: Final = Message("tambahkan baris yang diawali `{name} =`", "add a line that begins with `{name} =`")
KNOWN_KEY: Final = Both("kunci yang dikenal netra", "a key that netra knows")
LIST_OF_TABLES: Final = Both("daftar tabel", "a list of tables")
TWO_BRACKETS: Final = Message("tulis [[{name}]] dan bukan [{name}]", "write [[{name}]] instead of [{name}]")
SOMETHING_ELSE: Final = Both("sesuatu yang lain", "something else")

SUGGESTED: Final = Message("maksudnya {near!r}? {known}", "did you mean {near!r}? {known}")
KNOWN: Final = Message("yang dikenal: {names}", "known are {names}")
NONE_KNOWN: Final = Both("di sini tidak ada yang dikenal", "none is known here")

EMPTY_TEXT: Final = Both("teks kosong", "an empty text")
LIST_OF: Final = Message("daftar berisi {count}", "a list of {count}")
EMPTY_LIST: Final = Both("daftar kosong", "an empty list")
A_TABLE: Final = Both("tabel", "a table")
MOMENT: Final = Message("tanggal dengan jam {value}", "the date with time {value}")
DATE: Final = Message("tanggal {value}", "the date {value}")
TIME: Final = Message("jam {value}", "the time {value}")
NUMBER: Final = Message("angka {value}", "the number {value}")

NO_ADVICE: Final = Both("", "")
_AT_LEAST: Final = Message("paling sedikit satu {of}", "at least one {of}")
_ADD_ONE: Final = Message("tambahkan {of} ke daftar itu", "add a {of} to the list")
_AT_MOST: Final = Message("paling banyak {count} isi", "at most {count} of them")
_OR_MORE: Final = Message("{least} atau lebih", "{least} or more")
_OR_LESS: Final = Message("{most} atau kurang", "{most} or less")
_ONE_OF: Final = Message("salah satu dari {names}", "one of {names}")

WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], tuple[Both, Both]]]] = {
    # pydantic's kind of error -> what was expected, and what to do
    "string_type": lambda _: (
        Both('teks di antara tanda kutip, misalnya "abc"', 'text between quotes, such as "abc"'),
        NO_ADVICE,
    ),
    "string_too_short": lambda _: (
        Both("teks yang tidak kosong", "text that is not empty"),
        Both("tulis di antara tanda kutip", "write it between the quotes"),
    ),
    "string_pattern_mismatch": lambda _: (
        Both("huruf kecil, angka, dan tanda hubung tunggal", "small letters, digits and single hyphens"),
        Both('tulis seperti "sari-dewi"', 'write it like "sari-dewi"'),
    ),
    "int_type": lambda _: (Both("bilangan bulat tanpa tanda kutip", "a whole number without quotes"), NO_ADVICE),
    "float_type": lambda _: (Both("angka tanpa tanda kutip", "a number without quotes"), NO_ADVICE),
    "bool_type": lambda _: (Both("true atau false tanpa tanda kutip", "true or false without quotes"), NO_ADVICE),
    "date_type": lambda _: (
        Both("tanggal tanpa tanda kutip, misalnya 2024-11-27", "a date without quotes, such as 2024-11-27"),
        NO_ADVICE,
    ),
    "date_from_datetime_inexact": lambda _: (
        Both("tanggal tanpa jam, misalnya 2024-11-27", "a date without a time, such as 2024-11-27"),
        NO_ADVICE,
    ),
    "list_type": lambda _: (Both("daftar di antara kurung siku", "a list between square brackets"), NO_ADVICE),
    "dict_type": lambda _: (A_TABLE, NO_ADVICE),
    "model_type": lambda _: (
        A_TABLE,
        Both("awali dengan baris seperti [nama] atau [[nama]]", "begin it with a line such as [name] or [[name]]"),
    ),
    "too_short": lambda context: (_AT_LEAST.filled(of=context["of"]), _ADD_ONE.filled(of=context["of"])),
    "too_long": lambda context: (
        _AT_MOST.filled(count=context["max_length"]),
        Both("buang sebagian", "take some away"),
    ),
    "greater_than_equal": lambda context: (_OR_MORE.filled(least=context["ge"]), NO_ADVICE),
    "less_than_equal": lambda context: (_OR_LESS.filled(most=context["le"]), NO_ADVICE),
    "enum": lambda context: (_ONE_OF.filled(names=context["expected"]), NO_ADVICE),
}
