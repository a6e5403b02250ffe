"""What a widget says: which of it is in another language than the window's, and which of it is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from ui.widgets.rows import Row
from ui.widgets.text import Elided

SLACK: Final = 2
"""Pixels by which styles round the room of a button's icon."""
ROWS: Final = 12
"""Rows of a list that are read."""

ALLOWED: Final = re.compile(
    "|".join(
        (
            r"\b[A-Z]{1,2}-(?:\d{4}-)?\d{3,5}\b",  # refs: R-0001, I-2026-001
            r"\bORG\b",
            r"\b[A-F]\d{1,2}(?:\.\d+)?\b",  # policy actions and steps: C3, C3.2
            r"\b\d+-(?:[0-9A-Z]{4}-){3,}[0-9A-Z]{4}\b",  # a fingerprint
            r"[~/\\][^\s，。；：]*|\b[A-Z]:\\\S*",  # paths
            r"(?:[\w\-]+\.)?\*?\.?\b[\w\-]*\.?(?:riskreg|xlsx|xlsm|csv|pdf|toml|json|html|ics|svg)\b",
            r"\b(?:Excel|CSV|PDF|PCPD|PDPO|GDPR|UK GDPR|PDPA|PIPL|DPA|APPI|PIPA|PIPEDA|DPDP|FADP|EDPB|ENISA|JSON|DPO?|ICO|ISO|SHA-256|USB|SQLite|TLS|Word|VPN)\b",
            r"\b(?:HKCERT|Cybersec Infohub|BitLocker|FileVault|K\. Chan)(?!\w)",
            r"\b(?:Windows|macOS|Linux|OneDrive|iCloud|Dropbox|Google Drive|LibreOffice)\b",
            r"\b(?:Ctrl|Shift|Alt|Enter|Return|Tab|Esc|Space|Home|End|Del|Delete|PgUp|PgDown)\b(?:\+\S+)?",
            r"\bF\d{1,2}\b",
            r"\b(?:English|SAMPLE)\b",
            r"\b(?:Asia|Europe|America|Africa|Australia|Pacific|Atlantic|Indian|Arctic|Antarctica|Etc|US)/[\w/+\-]+",
            r"\b(?:kB|MB|GB|UTC|HK|HKT|DPP ?\d?)\b",
            r"\bISO/IEC \d+|\bCNIL\b|\bNIST SP 800-30\b|\bI-2\b",  # sources of scales
            r"\b(?:TXT|PNG|JPEG|SVG)\b|\b[0-9a-f]{16}…",  # what a file is, and the beginning of its hash
            r"\b[0-9a-f]{64}\b",  # the whole hash
            r"CB\(\d\)\S+",  # papers of the Legislative Council
            r"DRILL 演練",  # in both languages at once, whoever finds it
            r"\bHKD\b|\bHK\$",
            r"\bUTF-(?:8|16|32)\b(?: \((?:little|big)-endian\))?|\b(?:Big5(?:-HKSCS)?|GB18030)\b",
            r"\bRegisters\b|\bregister-[\d-]*",  # the folder of that name, and what is exported
            r"\broot\b",  # the account that runs the tests
        )
    )
)
"""Names and signs that are written alike in every language."""

_LATIN: Final = re.compile(r"[A-Za-z]{2,}")
_LETTER: Final = re.compile(r"[A-Za-z0-9]")
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_OWN_NAMES: Final = re.compile("繁體中文|简体中文|(?:SAMPLE )?樣本")
_REF: Final = re.compile(r"^[A-Z]{1,2}-(?:\d{4}-)?\d{3,5}\b")
_ELIDED: Final = re.compile(r"(.{6,})…$")
_SCENES: Final = (
    "treat it",
    "very",
    "High, no owner",
    "Letters are quicker with a chatbot.",
    "last week",
    "Mong Kok",
    "Kowloon Bay",
    "payroll",
    "Harbour Clinic Ltd",
)
"""What scenes type."""


class Data:
    """What people wrote into the register, to be taken out of what is shown.

    Args:
        texts: Every text of every record.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        found = {_plain(part) for text in texts for part in (text, *text.splitlines())}
        self.whole = found | set(_SCENES)
        parts = sorted((text for text in self.whole if len(text) > 1), key=len, reverse=True)
        self._any = re.compile("|".join(map(_whole_words, parts)))
        self.without = lru_cache(maxsize=None)(self._without)

    def _without(self, text: str) -> str:
        if text in self.whole or self._is_beginning(text):
            return ""
        return self._any.sub("", text)

    def _is_beginning(self, text: str) -> bool:
        """Whether a chip shows the ref and the beginning of a title."""
        cut = _ELIDED.fullmatch(text)
        if not cut:
            return False
        words = (_REF.sub("", cut[1]).strip(), ALLOWED.sub("", cut[1]).strip())
        return any(each.startswith(words) for each in self.whole)


def untranslated(root: QWidget, language: str, data: Data) -> list[str]:
    """Texts that are not in a language."""
    wrong = _CHINESE if language == "en" else _LATIN
    found = []
    for where, text in dict.fromkeys(texts(root)):
        rest = data.without(_plain(text))
        rest = ALLOWED.sub("", _OWN_NAMES.sub("", rest))
        if wrong.search(rest):
            found.append(f"{where}: {text!r}")
    return found


def clipped(root: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit."""
    return [
        f"{_name(each)}: {_words(each)!r} needs {need.width()}x{need.height()}, has {has.width()}x{has.height()}"
        for each in _visible(root)
        if (need := _needs(each))
        and (has := each.size())
        and (need.width() > has.width() + SLACK or need.height() > has.height() + SLACK)
    ]


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Everything a widget and its visible children say, to eye and ear, and who says it."""
    if root.isWindow():
        yield _name(root), root.windowTitle()
    for each in _visible(root):
        for text in _said(each):
            if text:
                yield _name(each), text


def _visible(root: QWidget) -> Iterator[QWidget]:
    yield root
    for each in root.findChildren(QWidget):
        if each.isVisibleTo(root) and (not each.isWindow() or each is root):
            yield each


def _said(each: QWidget) -> Iterator[str]:
    yield from (each.accessibleName(), each.accessibleDescription(), each.toolTip())
    match each:
        case QLabel() | QAbstractButton():
            yield each.text().replace("&&", "&")
            if isinstance(each, Row):
                yield from (each.words.lead, each.words.end)
        case QLineEdit() | QPlainTextEdit():
            yield each.placeholderText()
        case QComboBox():
            yield from (each.itemText(place) for place in range(min(each.count(), 40)))
        case QTabBar():
            yield from (each.tabText(place) for place in range(each.count()))
        case QMenu():
            yield from (action.text() for action in each.actions())
        case QAbstractItemView() if not isinstance(each, QHeaderView):
            yield from _cells(each)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    for column in range(columns_of(model)):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), ROWS)):
            for role in roles:
                yield str(model.index(row, column).data(role) or "")


def columns_of(model: QAbstractItemModel) -> int:
    """How many columns a model has; of a list Qt lets nobody ask."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()


def _needs(each: QWidget) -> QSize | None:
    """The room that the words of a label or button take; None for what cuts its words by intent."""
    match each:
        case Elided() | Row():
            return None
        case QLabel() if each.text() and each.wordWrap():
            return QSize(0, each.heightForWidth(each.width()))
        case QLabel() if each.text():
            margins = each.contentsMargins()
            width = max(map(each.fontMetrics().horizontalAdvance, each.text().splitlines()))
            height = each.fontMetrics().height() * len(each.text().splitlines())
            return QSize(width + margins.left() + margins.right(), height)
        case QCheckBox() | QRadioButton() if each.text():
            return each.sizeHint()
        case QPushButton() if each.text():
            return _button_needs(each)
        case QToolButton() if each.text() and _shows_words(each):
            metrics = each.fontMetrics()
            return QSize(metrics.horizontalAdvance(each.text()), metrics.height())
        case QComboBox() if not each.isEditable() and each.currentText():
            arrow = 20
            return QSize(each.fontMetrics().horizontalAdvance(each.currentText()) + arrow, 0)
    return None


def _shows_words(button: QToolButton) -> bool:
    is_icon_only = button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
    return button.icon().isNull() or not is_icon_only


def _button_needs(button: QPushButton) -> QSize:
    """Words and icon, and what the style keeps between them and the edge."""
    option = QStyleOptionButton()
    button.initStyleOption(option)
    inner = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
    metrics = button.fontMetrics()
    width = metrics.horizontalAdvance(button.text().replace("&&", "&"))
    if not button.icon().isNull():
        width += button.iconSize().width() + 4
    return QSize(width + button.width() - inner.width(), metrics.height())


def _words(each: QWidget) -> str:
    return str(each.text() if isinstance(each, QLabel | QAbstractButton) else each.currentText())  # type: ignore[attr-defined]


def _whole_words(text: str) -> str:
    """A pattern for a text where it stands by itself: "risk" is not in "register.riskreg", and Chinese joins on to anything."""
    before = r"(?<![A-Za-z0-9])" if _LETTER.match(text[0]) else ""
    after = r"(?![A-Za-z0-9])" if _LETTER.match(text[-1]) else ""
    return f"{before}{re.escape(text)}{after}"


def _plain(text: str) -> str:
    return " ".join(text.replace("&&", "&").split())


def _name(each: QWidget) -> str:
    parents = []
    at: QWidget | None = each
    while at is not None and len(parents) < 3:
        if type(at).__module__.startswith("ui.") or at is each:
            parents.append(type(at).__name__)
        at = at.parentWidget()
    return " < ".join(parents)
