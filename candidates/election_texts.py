"""What is said of an election file that is not right, in both languages."""

from typing import Final

from netra.both import Both, Message

FILE: Final = Both("berkas pemilihan", "election file")
SEE_LINE: Final = Message("lihat baris {line}", "see line {line}")
AGAIN: Final = Message("{value} sekali lagi", "{value} again")

OPENED: Final = Both("foto yang dapat dibuka", "a photo that can be opened")
NOT_OPENED: Final = Message("{name} ({reason})", "{name} ({reason})")
LETTERS_SEEN: Final = Both("huruf yang tampak", "letters that can be seen")
NOT_SEEN: Final = Message("U+{code}, yang tidak tampak", "U+{code}, which cannot be seen")
TYPE_AGAIN: Final = Both("hapus teks itu dan ketik ulang", "delete the text and type it again")
NOT_BEFORE: Final = Message("hari pada atau sesudah {name} ({day})", "a day on or after {name} ({day})")
CORRECT_ONE: Final = Both("perbaiki salah satu dari kedua tanggal itu", "correct one of the two dates")
BALLOT_NUMBER: Final = Both("nomor urut", "a ballot number")
AN_ID: Final = Both("id", "an id")
USED_ONCE: Final = Message("{what} yang dipakai sekali saja", "{what} that is used once")
NO_DECOYS_ID: Final = Both("id yang bukan milik pembanding", "an id that no decoy has")
DECOYS_IDS: Final = Both("id decoy-1, decoy-2 ... sudah dipakai", "ids decoy-1, decoy-2 ... are taken")
KNOWN_SYMBOL: Final = Both("simbol tangan yang dikenal netra", "a hand symbol that netra knows")
SYMBOL_ONCE: Final = Both("setiap simbol sekali saja", "each symbol once")
MORE_THAN_ONCE: Final = Message("{value} lebih dari sekali", "{value} more than once")
TAKE_OTHERS: Final = Both("buang yang lebih", "take the others away")

RULEBOOK_OR_FILE: Final = Both(
    "nama kumpulan aturan atau berkas yang ada", "the name of a rulebook or a file that exists"
)
RULEBOOK: Final = Both("nama kumpulan aturan bawaan", "the name of a built-in rulebook")
RELATIVE: Final = Both("alamatnya dihitung dari tempat berkas ini", "the path is relative to this file")
SPELLING: Final = Both(
    "alamatnya dihitung dari tempat berkas ini; periksa ejaan dan huruf besarnya",
    "the path is relative to this file; check its spelling and capital letters",
)
A_PHOTO: Final = Both("foto", "a photo")
NO_NAME: Final = Both("nama yang tidak mungkin dimiliki berkas", "a name that no file can have")
WRITE_NAME: Final = Both("tulis nama sebuah foto", "write the name of a photo")
FOLDER_WITH: Final = Both("folder yang berisi foto", "a folder with photos in it")
HAS_NONE: Final = Message("{name}, yang tidak berisi foto", "{name}, which has none")
PATTERN_THAT_FITS: Final = Both("pola yang cocok dengan suatu foto", "a pattern that fits some photo")
FITS_NONE: Final = Message("{name}, yang tidak cocok dengan foto mana pun", "{name}, which fits none")
EXISTING_PHOTO: Final = Both("foto yang ada", "a photo that exists")
ENDINGS: Final = Message("nama foto berakhiran {endings}; {advice}", "photos end in {endings}; {advice}")

TWO_SYMBOLS: Final = Both("dua simbol, satu untuk setiap tangan", "two symbols, one for each hand")
WRITE_LIKE: Final = Message("tulis seperti `{example}`", "write it like `{example}`")
ONE_HAND: Final = Both("simbol satu tangan", "a symbol of one hand")
BOTH_BY_ITSELF: Final = Both(
    "simbol itu sendiri sudah memakai dua tangan; sebutkan di symbols",
    "it takes both hands by itself; name it under symbols",
)
SYMBOL_OR_NUMBER: Final = Message(
    "simbol tangan yang dikenal netra, atau angka dari 1 sampai {highest}",
    "a hand symbol that netra knows, or a number from 1 to {highest}",
)
PAIR_ONCE: Final = Both("setiap pasangan simbol sekali saja", "each pair of symbols once")
