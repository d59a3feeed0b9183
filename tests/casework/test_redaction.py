"""Taking an uploader out of texts: all that names them, and nothing else."""

import json
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.redaction import Redaction


def upload(**words: str) -> SimpleNamespace:
    empty = dict.fromkeys(("place", "path", "uploader_id", "uploader_name", "agency", "post_url"), "")
    return SimpleNamespace(**{**empty, **words})


GONE = upload(
    uploader_id="1",
    uploader_name="Tarno",
    agency="Dinas",
    path="a.jpg",
    place="/f/a.jpg",
    post_url="https://c.example/1",
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1", "*"),
        ("pengunggah 1, instansi Dinas.", "pengunggah *, instansi *."),
        ("Pengunggah 1; foto diunggah 1 Oktober, nomor urut 1", "Pengunggah *; foto diunggah 1 Oktober, nomor urut 1"),
        ("Uploader 1, agency Dinas", "Uploader *, agency *"),
        ("pengunggah 12", "pengunggah 12"),
        ("oleh tarno di https://c.example/1", "oleh * di *"),
        ("https://c.example/12", "https://c.example/12"),
        ("Tarnoto", "Tarnoto"),
        ("berkas /f/a.jpg", "berkas *"),
        ("Dinas lain", "Dinas lain"),
        ("", ""),
    ],
)
def test_a_text(text: str, left: str) -> None:
    assert Redaction([GONE], [], "*").text(text) == left


def test_what_somebody_else_has_too_stays() -> None:
    words = Redaction([GONE], [upload(agency="Dinas", uploader_id="2")], "*", ["Tarno"])
    assert words.text("pengunggah 1, instansi Dinas, Tarno") == "pengunggah *, instansi Dinas, Tarno"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Pak Tarno duduk, TARNO berdiri", "Pak * duduk, * berdiri"),
        ("Tarno Wiryasasmita di kiri", "* di kiri"),
        ("Wiryasasmita dan Sari Dewi", "* dan Sari Dewi"),
        ("NIP 198501012010011001, bukan 1985", "NIP *, bukan 1985"),
        ("Ari dan Dewi", "Ari dan Dewi"),
        ("Tarnoto, Wiryasasmita-nya", "Tarnoto, *-nya"),
        ("di meja kedua dari kiri", "di meja kedua dari kiri"),
    ],
)
def test_a_note_in_somebodys_own_words(text: str, left: str) -> None:
    gone = upload(uploader_id="198501012010011001", uploader_name="Tarno Ari Wiryasasmita Dewi Meja")
    stays = upload(uploader_id="198501012010011002", uploader_name="Wati Meja")
    also = upload(uploader_id="198501012010011001", uploader_name="Tarno Wiryasasmita")
    assert Redaction([gone, also], [stays], "*", ["Sari Dewi"], notes=True).text(text) == left
    assert Redaction([gone], [stays], "*", ["Sari Dewi"]).text(text) == text, "netra's own sentences name whole names"


def test_json_without_them_is_left_to_the_letter() -> None:
    text = '{"b":  1, "a": "x"}'
    assert Redaction([GONE], [], "*").json(text) == text
    assert Redaction([], [], "*").json("kein JSON") == "kein JSON"
    left = Redaction([GONE], [], "*").json('{"Tarno": ["Tarno", {"id": "1", "n": 1}]}')
    assert json.loads(left) == {"Tarno": ["*", {"id": "*", "n": 1}]}


@given(st.lists(st.text(max_size=12), min_size=6, max_size=6), st.text(max_size=40))
def test_no_word_breaks_it_and_once_is_enough(words: list[str], text: str) -> None:
    names = ("place", "path", "uploader_id", "uploader_name", "agency", "post_url")
    redaction = Redaction([upload(**dict(zip(names, words, strict=True)))], [], "\u2588")
    once = redaction.text(text)
    assert redaction.text(once) == once or "\u2588" in "".join(words)
    for word in words:
        if word:
            assert redaction.text(word) == "\u2588"
