"""Compiles the locales in memory: `.po` files are the only form in which words are kept."""

from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from core.domain.people import Language
from handlers.words import Translator, Words

LOCALES = Path(__file__).parent.parent / "locales"


def load_words(folder: Path = LOCALES) -> Words:
    """Every language of the desk."""
    return {language: _translator(folder, language) for language in Language}


def _translator(folder: Path, language: Language) -> Translator:
    compiled = BytesIO()
    with (folder / language / "LC_MESSAGES" / "desk.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translator(language, GNUTranslations(compiled).gettext)
