"""How everything looks, as data: colours, spaces and sizes of `resources/themes`, as a palette and one style sheet.

No other module names a colour. A theme follows the system or is chosen; when it changes, the palette and the style sheet are set
anew and `changed` is sent for what paints itself.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from riskreg.catalogue import resources_folder
from riskreg.errors import N_
from ui.style import CalmStyle

Name: TypeAlias = Literal["light", "dark", "contrast"]
Wish: TypeAlias = Literal["system", "light", "dark", "contrast"]
NAMES: Final[tuple[Name, ...]] = ("light", "dark", "contrast")
WISHES: Final[tuple[Wish, ...]] = ("system", *NAMES)
LOOKS: Final[Mapping[Wish, str]] = {
    "system": N_("As the computer"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "contrast": N_("High contrast"),
}
"""What the looks are called."""

OWN_FAMILY: Final = "Register Sans"
_FONT_FILES: Final = ("RegisterSans-Regular.ttf", "RegisterSans-Bold.ttf")
_POINT: Final = 4 / 3 if sys.platform == "darwin" else 1.0
"""A point is 1/72 inch; macOS draws one on one pixel, the others on one and a third."""

_ROLES: Final[Mapping[QPalette.ColorRole, str]] = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "critical",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "muted",
    QPalette.ColorRole.Shadow: "line",
    QPalette.ColorRole.Accent: "accent",
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme file: sections of names and values."""

    name: Name
    sections: Mapping[str, Mapping[str, str | int | float]]

    def number(self, section: str, name: str) -> float:
        """A size by its name."""
        return float(self.sections[section][name])

    def word(self, section: str, name: str) -> str:
        """A colour or a shape by its name."""
        return str(self.sections[section][name])


@cache
def tokens(name: Name) -> Tokens:
    """Read a theme file."""
    path = resources_folder() / "themes" / f"{name}.toml"
    return Tokens(name, tomllib.loads(path.read_text(encoding="utf-8")))


class Theme(QObject):
    """The look in force.

    Args:
        wish: Follow the system, or always one of the three.
    """

    changed = Signal()
    """The colours are others now; styles are set already."""

    def __init__(self, wish: Wish = "system") -> None:
        super().__init__()
        self._wish: Wish = wish
        self._tokens = tokens(self._wanted())
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_scheme_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._on_system_scheme_changed)

    @property
    def wish(self) -> Wish:
        """What was chosen."""
        return self._wish

    @property
    def name(self) -> Name:
        """The theme that is shown."""
        return self._tokens.name

    def choose(self, wish: Wish) -> None:
        """Show another theme."""
        self._wish = wish
        self._show(self._wanted())

    def color(self, name: str) -> QColor:
        """A colour by its token."""
        return QColor(self._tokens.word("color", name))

    def space(self, name: str) -> int:
        """A distance in pixels: `xs s m l xl`."""
        return int(self._tokens.number("space", name))

    def radius(self, name: str) -> int:
        """The radius of a corner in pixels: `control card`."""
        return int(self._tokens.number("radius", name))

    def row_height(self, density: str = "comfortable") -> int:
        """The height of a row of a table in pixels: `comfortable compact`."""
        return int(self._tokens.number("row", density))

    def shape(self, level: str) -> str:
        """The shape that goes with a level of risk: `dash circle diamond triangle square`."""
        return self._tokens.word("level", level)

    def points(self, role: str) -> float:
        """The size of a type in points: `page section body small`."""
        return self._tokens.number("type", role) * _POINT

    def font(self, role: str = "body", *, bold: bool = False) -> QFont:
        """The type of a role, for what paints itself."""
        font = QFont(QApplication.font())
        font.setPointSizeF(self.points(role))
        font.setBold(bold)
        return font

    def palette(self) -> QPalette:
        """The palette of every widget."""
        palette = QPalette()
        for role, name in _ROLES.items():
            palette.setColor(role, self.color(name))
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.ButtonText,
            QPalette.ColorRole.WindowText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("muted"))
        return palette

    def style_sheet(self) -> str:
        """The one style sheet, with this theme's values."""
        return re.sub(r"@(\w+)\.(\w+)", self._value, _sheet())

    def apply(self, app: QApplication) -> None:
        """Dress the program."""
        app.setStyle(CalmStyle())
        app.setFont(_font(self.points("body")))
        self._dress(app)

    def _value(self, match: re.Match[str]) -> str:
        section, name = match.groups()
        if section == "type":
            return f"{self.points(name):.1f}pt"
        value = self._tokens.word(section, name)
        return value if section == "color" else f"{value}px"

    def _dress(self, app: QApplication) -> None:
        app.setPalette(self.palette())
        app.setStyleSheet(self.style_sheet())

    def _wanted(self) -> Name:
        if self._wish != "system":
            return self._wish
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    def _show(self, name: Name) -> None:
        if name == self.name:
            return
        self._tokens = tokens(name)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._dress(app)
        self.changed.emit()

    def _on_system_scheme_changed(self) -> None:
        self._show(self._wanted())


@cache
def _sheet() -> str:
    folder = resources_folder() / "themes"
    parts = (folder / "window.qss", folder / "forms.qss")
    return "\n".join(part.read_text(encoding="utf-8") for part in parts)


def _font(points: float) -> QFont:
    """The system's font, with our own behind it for what the system lacks; our own first where there is no screen."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font = QFont(system)
    font.setFamilies([OWN_FAMILY] if _is_fontless() else [system.family(), OWN_FAMILY])
    font.setPointSizeF(points)
    _load_own_family()
    return font


def _is_fontless() -> bool:
    return (
        QGuiApplication.platformName() in ("offscreen", "minimal") or not QFontDatabase.families()
    )


@cache
def _load_own_family() -> None:
    for name in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources_folder() / "fonts" / name))
