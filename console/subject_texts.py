"""What ``netra subject`` says, in Indonesian and English; the rules of ``console.texts`` hold here as well."""

from typing import Final

from console.voice import Message

M = Message

ONE_QUESTION: Final = M(
    "sebutkan satu saja dari --uploader, --candidate, dan --photo. Menurut wajah tidak dapat ditanyakan: netra tidak "
    "menyimpan wajah siapa pun selain calon.",
    "name one of --uploader, --candidate and --photo. Nobody can be asked about by face: netra keeps no faces but "
    "those of candidates.",
)
ENDING: Final = M(
    "{path}: pilih nama yang berakhir dengan .md (untuk dibaca) atau .json (salinan data), atau - untuk stdout.",
    "{path}: choose a name that ends in .md (to be read) or .json (a copy of the data), or - for standard output.",
)
EMPTY: Final = M(
    "Tidak ada yang disimpan tentang yang ditanyakan; laporannya mengatakan demikian.",
    "Nothing is held about what was asked for; the report says so.",
)
HAND_OVER: Final = M(
    "Sebelum diserahkan: pastikan siapa yang meminta, dan baca apakah ada data orang lain di dalamnya. Batas waktunya "
    "3 x 24 jam sejak permintaan (UU 27/2022 Pasal 32).",
    "Before handing it over: make sure who asks, and see whether it has data of other people. The law gives 3 x 24 "
    "hours from the request (UU 27/2022 article 32).",
)
