"""The words that Qt itself shows, such as Cut and Paste in the menu of a line, in the language of the window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from riskreg.i18n import Language

_FILES: Final = {"zh_Hant": "qtbase_zh_TW", "zh_Hans": "qtbase_zh_CN"}
"""Qt's own translations (PySide6 6.12 has none for Hong Kong); English needs none."""
_NAME: Final = "words of Qt"


def speak(language: Language) -> None:
    """Let Qt speak a language from now on; what is open keeps its words."""
    application = QCoreApplication.instance()
    if application is None:
        return
    for old in application.findChildren(QTranslator, _NAME):
        application.removeTranslator(old)
        old.deleteLater()
    if file := _FILES.get(language):
        made = QTranslator(application)
        made.setObjectName(_NAME)
        made.load(file, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        application.installTranslator(made)
