"""What is said of a command that was typed wrongly, in both languages; the rules of ``console.texts`` hold here too.

Each follows a lead-in (``texts.USAGE_ERROR``), so it begins with a small letter, and ends with what to do.
"""

from typing import Final

from console.voice import Message

M = Message

MISSING_OPTION: Final = M("pilihan {name} belum diberikan. Tambahkan {call}.", "option {name} is missing. Add {call}.")
MISSING_OPTION_OR_SET: Final = M(
    "pilihan {name} belum diberikan. Tambahkan {call}, atau isi variabel lingkungan {variable}.",
    "option {name} is missing. Add {call}, or set the environment variable {variable}.",
)
MISSING_ARGUMENT: Final = M("{name} belum disebutkan. Tulis: {usage}", "{name} is missing. Write: {usage}")
MISSING_COMMAND: Final = M(
    "nama perintah belum disebutkan. Pilih salah satu: {names}.",
    "the command's name is missing. Choose one of {names}.",
)
NO_SUCH_OPTION: Final = M(
    "pilihan {name} tidak ada. Lihat bantuan untuk pilihan yang ada.",
    "there is no option {name}. The help lists those there are.",
)
NO_SUCH_OPTION_BUT: Final = M(
    "pilihan {name} tidak ada. Mungkin maksud Anda {names}.", "there is no option {name}. Perhaps you meant {names}."
)
OPTION_GOES_BEFORE: Final = M(
    "pilihan {name} ditulis sebelum nama perintah. Tulis: {usage}",
    "option {name} goes before the command's name. Write: {usage}",
)
NO_SUCH_COMMAND: Final = M(
    "perintah {name} tidak ada. Pilih salah satu: {names}.", "there is no command {name}. Choose one of {names}."
)
NO_SUCH_COMMAND_BUT: Final = M(
    "perintah {name} tidak ada. Mungkin maksud Anda {names}.", "there is no command {name}. Perhaps you meant {names}."
)
NEEDS_VALUE: Final = M("pilihan {name} perlu nilai. Tulis: {call}", "option {name} needs a value. Write: {call}")
TAKES_NO_VALUE: Final = M(
    "pilihan {name} tidak memakai nilai. Tulis {name} saja.", "option {name} takes no value. Write {name} alone."
)
EXTRA_ARGUMENTS: Final = M(
    "terlalu banyak yang disebutkan: {names}. Tulis: {usage}", "too much was named: {names}. Write: {usage}"
)
QUOTE_SPACES: Final = M(
    "{said} (nama yang berisi spasi diapit tanda kutip)", "{said} (a name with spaces goes between quotes)"
)
WRONG_NUMBER_OF_ARGUMENTS: Final = M(
    "banyaknya yang disebutkan tidak cocok. Tulis: {usage}", "too many or too few were named. Write: {usage}"
)
NOT_A_CHOICE: Final = M(
    "{name} tidak mengenal {value}. Pilih salah satu: {names}.", "{name} does not know {value}. Choose one of {names}."
)
NOT_A_NUMBER: Final = M(
    "{name} perlu bilangan bulat, bukan {value}. Tulis angkanya saja.",
    "{name} needs a whole number, not {value}. Write digits only.",
)
NOT_IN_RANGE: Final = M(
    "{name} perlu bilangan bulat dari {least} sampai {most}, bukan {value}.",
    "{name} needs a whole number from {least} to {most}, not {value}.",
)
NO_SUCH_PATH: Final = M(
    "{name}: {value} tidak ada. Periksa ejaannya.", "{name}: {value} is not there. Check its spelling."
)
PATH_NOT_READABLE: Final = M(
    "{name}: {value} tidak boleh dibaca. Periksa izinnya.", "{name}: {value} may not be read. Check its rights."
)
WRONG_VALUE: Final = M("nilai untuk {name} belum benar: {reason}", "the value of {name} is not right: {reason}")
