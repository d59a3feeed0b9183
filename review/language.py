"""The page's two languages. Texts stand in Indonesian in templates and code; English is in ``locale/en/*.po``.

A text is marked by ``_()`` in templates and code; a text in a table is marked by ``marked()`` where it stands and
translated where it is shown. ``tests/review/test_language.py`` finds every marked text and asks for its English.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from netra.both import Language

LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")
COOKIE: Final = "netra_bahasa"
FOLDER: Final = Path(__file__).parent / "locale"


def marked(text: str) -> str:
    """A text that is translated later, where it is shown."""
    return text


def language_of(cookie: str) -> Language:
    """The language that a browser asked for; Indonesian unless it did."""
    return "en" if cookie == "en" else "id"


def catalog_of(language: str) -> Catalog:
    """Every text of a language, from all its files.

    Raises:
        ValueError: two files give one text two translations.
    """
    whole = Catalog(locale=language)
    for file in sorted((FOLDER / language).glob("*.po")):
        with file.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if not message.id:
                    continue
                there = whole.get(message.id)
                if there and there.string != message.string:
                    raise ValueError(f"{file.name}: {message.id!r} is translated twice, and not alike")
                whole.add(message.id, message.string)
    return whole


@cache
def translations(language: Language) -> NullTranslations:
    """What says texts in a language."""
    if language == "id":
        return NullTranslations()
    stream = BytesIO()
    write_mo(stream, catalog_of(language))
    stream.seek(0)
    return Translations(stream)


def say(language: Language, text: str, **values: object) -> str:
    """A marked text in a language, its placeholders (``%(name)s``) filled in."""
    said = str(translations(language).gettext(text))
    return said % values if values else said
