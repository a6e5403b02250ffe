"""The look: all themes are whole, readable, and the only place that names a colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from riskreg.catalogue import resources_folder
from ui import icons
from ui.theme import NAMES, OWN_FAMILY, Name, Theme, tokens

UI = Path(__file__).resolve().parents[2] / "ui"
PAIRS = [
    ("text", "window"), ("text", "surface"), ("text", "raised"), ("text", "selection"), ("text", "hover"),
    ("muted", "window"), ("muted", "surface"), ("muted", "raised"), ("muted", "selection"), ("accent", "surface"),
    ("accent", "selection"), ("on_accent", "accent"),
    *((level, f"{level}_tint") for level in ("low", "moderate", "high", "critical")),
    *((level, "surface") for level in ("low", "moderate", "high", "critical")),
]  # fmt: skip


def luminance(color: QColor) -> float:
    def channel(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return (
        0.2126 * channel(color.redF())
        + 0.7152 * channel(color.greenF())
        + 0.0722 * channel(color.blueF())
    )


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_themes_when_compared_then_they_name_the_same_things() -> None:
    light, dark, contrast = (
        {section: set(part) for section, part in tokens(name).sections.items()} for name in NAMES
    )
    assert light == dark == contrast


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_theme_when_text_stands_on_a_ground_then_it_can_be_read(
    qapp: QApplication, name: Name, front: str, back: str
) -> None:
    theme = Theme(name)
    assert contrast(theme.color(front), theme.color(back)) >= 4.5


EDGES = [
    *(("control", ground) for ground in ("window", "surface", "raised", "hover")),
    *(("accent", ground) for ground in ("window", "surface", "raised", "selection")),
    ("high", "surface"),
]  # what is pressed or typed into, what has the focus, what is wrong


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_theme_when_a_control_stands_on_a_ground_then_its_edge_can_be_seen(
    qapp: QApplication, name: Name, edge: str, ground: str
) -> None:
    theme = Theme(name)
    assert contrast(theme.color(edge), theme.color(ground)) >= 3


@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_theme_when_high_contrast_is_chosen_then_text_stands_out_more(
    qapp: QApplication, front: str, back: str
) -> None:
    theme = Theme("contrast")
    assert contrast(theme.color(front), theme.color(back)) >= 7


def test_theme_when_the_system_asks_for_contrast_then_it_is_given(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Asking:
        def contrastPreference(self) -> Qt.ContrastPreference:
            return Qt.ContrastPreference.HighContrast

    class Hints:
        accessibility = Asking

    theme = Theme("system")
    monkeypatch.setattr(QGuiApplication, "styleHints", Hints)
    theme._on_system_scheme_changed()
    assert theme.name == "contrast"
    monkeypatch.undo()
    theme.choose("light")
    theme.apply(qapp)


@pytest.mark.parametrize("name", NAMES)
def test_style_sheet_when_filled_then_every_word_has_a_value_of_the_theme(
    qapp: QApplication, name: str
) -> None:
    sheet = Theme(name).style_sheet()
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    used = {color.upper() for color in re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)}
    assert used <= set(tokens(name).sections["color"].values())


def test_code_when_read_then_it_names_no_colour() -> None:
    pattern = re.compile(r"#[0-9A-Fa-f]{6}\b|GlobalColor\.(?!transparent)|QColor\([^s]")
    found = [
        f"{path.name}: {line.strip()}"
        for path in UI.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if pattern.search(line) and "self._tokens.word" not in line and "def " not in line
    ]
    assert found == []


def test_theme_when_another_is_chosen_then_palette_and_painters_follow(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme = Theme("light")
    theme.apply(qapp)
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert qapp.palette().color(QPalette.ColorRole.Base) == theme.color("surface")
    theme.choose("light")
    assert theme.name == "light"


def test_theme_when_it_follows_the_system_then_it_is_what_the_system_is(qapp: QApplication) -> None:
    is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert Theme("system").name == ("dark" if is_dark else "light")


def test_font_when_there_is_no_screen_then_our_own_family_draws_all_three_scripts(
    qapp: QApplication,
) -> None:
    assert qapp.font().families() == [OWN_FAMILY]
    assert OWN_FAMILY in QFontDatabase.families()


def test_icons_when_listed_then_each_is_of_one_colour_that_can_be_tinted() -> None:
    for path in (resources_folder() / "icons").glob("*.svg"):
        source = path.read_text(encoding="utf-8")
        assert "currentColor" in source, path.name
        assert not re.search(r"#[0-9A-Fa-f]{3,6}\b", source), path.name


def test_icon_when_drawn_for_a_sharp_screen_then_it_has_all_its_pixels(qapp: QApplication) -> None:
    picture = icons.pixmap(Theme("light"), "siren", "text", 16, 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)


def test_icons_when_the_theme_changes_then_those_that_were_put_are_tinted_anew(
    qtbot: QtBot,
) -> None:
    theme = Theme("light")
    root = QWidget()
    qtbot.addWidget(root)
    button = QPushButton(root)
    icons.put(button, theme, "siren", "text")
    before = button.icon().pixmap(16).toImage()
    theme.choose("dark")
    icons.refresh(root, theme)
    assert button.icon().pixmap(16).toImage() != before
    theme.choose("light")


def test_box_when_some_of_its_group_are_ticked_then_it_looks_neither_ticked_nor_empty(
    qtbot: QtBot,
) -> None:
    box = QCheckBox("x")
    box.setTristate(True)
    qtbot.addWidget(box)
    looks = []
    for state in (
        Qt.CheckState.Checked,
        Qt.CheckState.PartiallyChecked,
        Qt.CheckState.Unchecked,
    ):
        box.setCheckState(state)
        looks.append(box.grab().toImage())
    assert len({bytes(look.constBits()) for look in looks}) == 3
