"""The form of every kind: what goes in comes out, whatever kind of field it is, and a screen reader can name all of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from riskreg import kept_words
from riskreg.catalogue import vocabulary
from riskreg.i18n import Language, translator
from riskreg.records import KINDS, Record, every_field, fields, values
from riskreg.records.fields import FieldKind, Value
from riskreg.records.values import Count, Instant, Money, Unfit
from riskreg.views import Name
from ui.forms.chips import AT_ONCE, Chip, ChoicesEditor, TagsEditor
from ui.forms.choose import ChoiceEditor, ScoreEditor, YesNoEditor
from ui.forms.editor import Editor
from ui.forms.editors import editor, short_text
from ui.forms.facts import FactsEditor
from ui.forms.form import Form
from ui.forms.kit import Kit
from ui.forms.text import LineEditor, ProseEditor
from ui.forms.ties import LinksEditor
from ui.forms.typed import TypedEditor
from ui.theme import Theme
from ui.widgets.badge import LevelChip

ZONE = "Asia/Hong_Kong"


class FakeDirectory:
    """Three people and a few others, and what was opened."""

    def __init__(self) -> None:
        self.opened: list[int] = []
        self.known = {
            1: Name("party", "P-0001", "Amy Lau"),
            2: Name("party", "P-0002", "Ben Ho"),
            3: Name("party", "P-0003", "Amy Lau-Chan"),
        }

    def names(self, ids: Iterable[int]) -> Mapping[int, Name]:
        return {id: self.known.get(id, Name("risk", f"R-{id:04}", f"Risk {id}")) for id in ids}

    def suggest(self, kind: str, words: str) -> list[tuple[int, Name]]:
        wanted = words.casefold()
        return [
            (id, name)
            for id, name in self.known.items()
            if name.kind == kind and wanted in f"{name.ref} {name.title}".casefold()
        ]

    def open(self, id: int) -> None:
        self.opened.append(id)


@pytest.fixture
def kit(qtbot: QtBot) -> Kit:
    return a_kit()


def a_kit(language: Language = "en") -> Kit:
    return Kit(
        t=translator(language),
        theme=Theme("light"),
        vocabulary=vocabulary(),
        zone=ZONE,
        directory=FakeDirectory(),
    )


def an_editor(qtbot: QtBot, kit: Kit, kind: FieldKind) -> Editor:
    made = editor(kind, kit)
    qtbot.addWidget(made)
    made.show()
    return made


def samples(kind: FieldKind) -> list[Value]:
    """Values that a field of this kind can hold, awkward ones among them."""
    match kind:
        case fields.Line():
            return ["", "=1+1", "<b>x</b> & y", "個人資料 外洩 𨋢"]
        case fields.Prose():
            return ["", "one\n\ntwo", "no-break\u00a0space", "  led by spaces", "\u2028odd"]
        case fields.Choice():
            return [None, vocabulary().terms_of(kind.terms).keys[-1], "gone_from_the_list"]
        case fields.Choices():
            return [frozenset(), frozenset(vocabulary().terms_of(kind.terms).keys[:3])]
        case fields.YesNo():
            return [None, True, False]
        case fields.Count():
            return [None, Count(0), Count(150, "approximate"), Count(None, "undeterminable")]
        case fields.Money():
            return [None, Money(-1_234_567, "HKD")]
        case fields.Day():
            return [None, date(2026, 2, 28)]
        case fields.Instant():
            return [
                None,
                Instant.parse("2026-11-20T18:40", ZONE),
                Instant.parse("2026-11-20T18:40:09", ZONE),
                Instant.parse("2026-11-20", ZONE),
                Instant.parse("2026-11", "Europe/London"),
                Instant.parse("2026-10-25T01:30+00:00[Europe/London]"),
            ]
        case fields.Duration():
            return [None, 0, 12]
        case fields.Score():
            return [None, 1, 5, 9]
        case fields.Tags():
            return [frozenset(), frozenset({"payroll", "薪酬", "a, b"})]
        case fields.Facts():
            return [(), (("Agency", "AG\nsecond line"), ("Émile", "=1"))]
        case fields.Links():
            return [frozenset(), frozenset({1})]
        case fields.Derived():
            return samples(kind.of)


def shown(kind: type[Record]) -> dict[str, FieldKind]:
    """The fields that a form has a row for: what is kept for programs is told in words elsewhere."""
    return {
        key: what
        for key, what in every_field(kind).items()
        if (kind.kind, key) not in kept_words.TOLD
    }


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_form_when_shown_and_read_then_every_field_of_the_kind_is_as_it_was(
    qtbot: QtBot, kit: Kit, kind: type[Record]
) -> None:
    form = Form(kit, kind)
    qtbot.addWidget(form)
    for key, what in shown(kind).items():
        row = form.row(key) if key != "title" else form.title_row
        for value in samples(what):
            row.show_value(value)
            assert row.editor.value() == value
            assert not row.is_dirty()


@pytest.mark.parametrize("language", ["en", "zh_Hant"])
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_form_when_walked_then_each_control_has_a_name_and_each_label_a_buddy(
    qtbot: QtBot, kind: type[Record], language: Language
) -> None:
    form = Form(a_kit(language), kind)
    qtbot.addWidget(form)
    for key in shown(kind):
        row = form.row(key)
        assert row.label.text()
        assert row.label.buddy() is row.editor.controls()[0]
        for control in row.editor.controls():
            assert row.label.text() in control.accessibleName()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_form_when_tab_is_pressed_then_fields_follow_in_reading_order(
    qtbot: QtBot, kit: Kit, kind: type[Record]
) -> None:
    form = Form(kit, kind)
    qtbot.addWidget(form)
    form.complete()
    for section in form.sections.values():
        section.unfold()
    form.show()
    controls = [
        control
        for key in shown(kind)
        for control in form.row(key).editor.controls()
        if key != "title" and control.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    chain, widget = [], form.nextInFocusChain()
    while widget is not form:
        if widget in controls:
            chain.append(widget)
        widget = widget.nextInFocusChain()
    tops = [control.mapTo(form, control.rect().topLeft()).y() for control in chain]
    assert len(chain) == len(controls)
    assert tops == sorted(tops)


def test_choice_when_nothing_is_chosen_then_the_empty_one_stands_first(
    qtbot: QtBot, kit: Kit
) -> None:
    made = an_editor(qtbot, kit, fields.Choice(label="", terms="risk_status"))
    assert isinstance(made, ChoiceEditor)
    assert made.box.itemData(0) is None
    assert made.box.itemText(1) == vocabulary().terms_of("risk_status").terms[0].label.en


@pytest.mark.parametrize(
    ("kind", "typed", "value", "reading"),
    [
        (fields.Count(label=""), "~150", Count(150, "approximate"), "about 150"),
        (fields.Count(label=""), "tbd", Count(None, "to_be_determined"), "to be determined"),
        (fields.Day(label=""), "20 Nov 2026", date(2026, 11, 20), "20 Nov 2026"),
        (
            fields.Instant(label=""),
            "2026-11-20 18:40",
            Instant.parse("2026-11-20T18:40", ZONE),
            "Fri 20 Nov 2026, 18:40 (Hong Kong)",
        ),
        (fields.Duration(label="", unit="months"), "12", 12, "12 months"),
        (fields.Money(label=""), "HKD 18,000", Money(1_800_000, "HKD"), "HKD 18,000.00"),
    ],
)
def test_typed_when_it_can_be_read_then_the_reading_stands_beside(
    qtbot: QtBot, kit: Kit, kind: FieldKind, typed: str, value: Value, reading: str
) -> None:
    made = an_editor(qtbot, kit, kind)
    assert isinstance(made, TypedEditor)
    qtbot.keyClicks(made.line, typed)
    assert made.value() == value
    assert made.reading.text() == reading


def test_typed_when_it_cannot_be_read_then_the_text_stays_and_the_reason_is_said(
    qtbot: QtBot, kit: Kit
) -> None:
    made = an_editor(qtbot, kit, fields.Day(label=""))
    assert isinstance(made, TypedEditor)
    made.set_value(date(2026, 1, 1))
    made.line.selectAll()
    qtbot.keyClicks(made.line, "soon")
    made.line.left.emit()
    assert made.line.text() == "soon"
    assert "2026-11-20" in made.reading.text()
    assert made.differs(date(2026, 1, 1))
    with pytest.raises(Unfit):
        made.value()


def test_typed_when_cleared_then_it_is_empty(qtbot: QtBot, kit: Kit) -> None:
    made = an_editor(qtbot, kit, fields.Count(label=""))
    assert isinstance(made, TypedEditor)
    made.set_value(Count(5))
    made.line.selectAll()
    qtbot.keyClick(made.line, Qt.Key.Key_Delete)
    assert made.value() is None


@pytest.mark.parametrize(
    ("instant", "short"),
    [
        (Instant.parse("2026-11-20T18:40", ZONE), "2026-11-20 18:40"),
        (Instant.parse("2026-11-20", ZONE), "2026-11-20"),
        (Instant.parse("2026-11", "Europe/London"), "2026-11[Europe/London]"),
    ],
)
def test_short_text_when_the_zone_is_the_usual_one_then_it_is_left_out(
    instant: Instant, short: str
) -> None:
    assert short_text(instant, ZONE) == short


def test_short_text_when_the_time_happened_twice_then_its_offset_stays() -> None:
    instant = Instant.parse("2026-10-25T01:30+00:00[Europe/London]")
    assert short_text(instant, "Europe/London") == "2026-10-25 01:30+00:00[Europe/London]"


@pytest.mark.parametrize(
    ("text", "asked", "answers", "stored"),
    [
        (
            "2026-10-25 01:30 (London)",
            "The clocks showed this time twice that day. Which one is meant?",
            ["Sun 25 Oct 2026, 01:30 UTC+01:00 (London)", "Sun 25 Oct 2026, 01:30 UTC+00:00 (London)"],
            "2026-10-25T01:30+00:00[Europe/London]",
        ),
        (
            "29 Mar 2026, 01:30 (London)",
            "The clocks skipped this time that day. Which one is meant?",
            ["Sun 29 Mar 2026, 00:30 (London)", "Sun 29 Mar 2026, 02:30 (London)"],
            "2026-03-29T02:30+01:00[Europe/London]",
        ),
    ],
    ids=["twice", "never"],
)  # fmt: skip
def test_moment_when_the_clocks_showed_it_twice_or_never_then_it_is_asked_and_answered_by_keys(
    qtbot: QtBot, kit: Kit, text: str, asked: str, answers: list[str], stored: str
) -> None:
    made = an_editor(qtbot, kit, fields.Instant(label=""))
    assert isinstance(made, TypedEditor)
    made.line.setFocus()
    qtbot.keyClicks(made.line, text)
    assert made.reading.text() == asked
    assert [button.text() for button in made.answers] == answers
    with pytest.raises(Unfit):
        made.value()
    qtbot.keyClick(made.line, Qt.Key.Key_Tab)
    qtbot.keyClick(made.answers[0], Qt.Key.Key_Tab)
    assert made.focusWidget() is made.answers[1]
    with qtbot.waitSignal(made.changed):
        qtbot.keyClick(made.answers[1], Qt.Key.Key_Space)
    assert str(made.value()) == stored
    assert made.answers == []
    assert made.focusWidget() is made.line


def test_choices_when_filtered_as_typed_then_enter_adds_the_only_one(
    qtbot: QtBot, kit: Kit
) -> None:
    made = an_editor(qtbot, kit, fields.Choices(label="", terms="data_type"))
    assert isinstance(made, ChoicesEditor)
    qtbot.keyClicks(made.add_line, "octopus")
    assert [text for _, text in made.lines("octopus")] == ["Octopus or e-payment ID"]
    made.add_line.entered.emit()
    assert made.value() == frozenset({"octopus_or_payment_id"})
    assert made.add_line.text() == ""


def test_choices_when_delete_is_pressed_on_a_chip_then_it_goes(qtbot: QtBot, kit: Kit) -> None:
    made = an_editor(qtbot, kit, fields.Choices(label="", terms="data_type"))
    assert isinstance(made, ChoicesEditor)
    made.set_value(frozenset({"health", "contact"}))
    chip = made.controls()[1]
    with qtbot.waitSignal(made.changed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert made.value() == frozenset({"health"})


def test_choices_when_typed_text_is_no_choice_then_it_stays_and_saving_says_so(
    qtbot: QtBot, kit: Kit
) -> None:
    made = an_editor(qtbot, kit, fields.Choices(label="", terms="data_type"))
    assert isinstance(made, ChoicesEditor)
    qtbot.keyClicks(made.add_line, "moon phase")
    assert made.differs(frozenset())
    with pytest.raises(Unfit):
        made.finish()
    assert made.add_line.text() == "moon phase"


@pytest.mark.parametrize("typed", ["payroll,", "payroll，"])
def test_tags_when_a_comma_is_typed_then_the_word_is_a_tag(
    qtbot: QtBot, kit: Kit, typed: str
) -> None:
    made = an_editor(qtbot, kit, fields.Tags(label=""))
    assert isinstance(made, TagsEditor)
    made.add_line.setText(typed)
    made.add_line.textEdited.emit(typed)
    assert made.value() == frozenset({"payroll"})


def test_links_when_a_ref_or_title_is_typed_then_that_record_is_linked(
    qtbot: QtBot, kit: Kit
) -> None:
    kind = fields.Links(label="", role="owner", to="party", back="", back_label="")
    made = an_editor(qtbot, kit, kind)
    assert isinstance(made, LinksEditor)
    for typed in ("p-0002", "amy lau"):
        qtbot.keyClicks(made.add_line, typed)
        made.finish()
    assert made.value() == frozenset({1, 2})


def test_links_when_the_name_is_new_then_creating_it_is_offered_last(
    qtbot: QtBot, kit: Kit
) -> None:
    kind = fields.Links(label="", role="owner", to="party", back="", back_label="", one=True)
    made = an_editor(qtbot, kit, kind)
    assert isinstance(made, LinksEditor)
    assert made.lines("Cherie Wong")[-1] == (
        "Cherie Wong",
        "New Person or organisation: Cherie Wong",
    )
    made.add("Cherie Wong")
    assert made.value() == frozenset({-2})
    assert kit.new_names.entries == {-2: ("party", "Cherie Wong")}


def test_links_when_only_one_fits_the_field_then_the_second_takes_its_place(
    qtbot: QtBot, kit: Kit
) -> None:
    kind = fields.Links(label="", role="owner", to="party", back="", back_label="", one=True)
    made = an_editor(qtbot, kit, kind)
    assert isinstance(made, LinksEditor)
    made.set_value(frozenset({1}))
    made.add(2)
    assert made.value() == frozenset({2})


def test_links_when_there_are_hundreds_then_some_are_shown_and_all_are_kept(
    qtbot: QtBot, kit: Kit
) -> None:
    kind = fields.Links(label="", role="threatens", to="risk", back="", back_label="")
    made = an_editor(qtbot, kit, kind)
    assert isinstance(made, LinksEditor)
    many = frozenset(range(100, 400))
    made.set_value(many)
    assert len(made.findChildren(Chip)) == AT_ONCE
    assert made.more.text() == f"and {300 - AT_ONCE} more"
    assert made.value() == many
    qtbot.mouseClick(made.more, Qt.MouseButton.LeftButton)
    assert AT_ONCE < len(made.findChildren(Chip)) < 300
    assert not made.differs(many)


def test_chips_when_the_form_goes_back_to_what_is_stored_then_typed_text_goes_too(
    qtbot: QtBot, kit: Kit
) -> None:
    made = an_editor(qtbot, kit, fields.Choices(label="", terms="data_type"))
    assert isinstance(made, ChoicesEditor)
    qtbot.keyClicks(made.add_line, "moon")
    made.set_value(frozenset())
    assert not made.differs(frozenset())


def test_links_when_a_chip_is_clicked_then_the_record_opens(qtbot: QtBot, kit: Kit) -> None:
    kind = fields.Links(label="", role="owner", to="party", back="", back_label="")
    made = an_editor(qtbot, kit, kind)
    made.set_value(frozenset({2}))
    qtbot.mouseClick(made.controls()[1], Qt.MouseButton.LeftButton)
    assert isinstance(kit.directory, FakeDirectory)
    assert kit.directory.opened == [2]


def test_links_when_typed_text_names_no_record_then_it_is_refused_and_stays(
    qtbot: QtBot, kit: Kit
) -> None:
    kind = fields.Links(label="", role="threatens", to="action", back="", back_label="")
    made = an_editor(qtbot, kit, kind)
    assert isinstance(made, LinksEditor)
    qtbot.keyClicks(made.add_line, "nothing like it")
    with pytest.raises(Unfit):
        made.finish()
    assert made.add_line.text() == "nothing like it"


@pytest.mark.parametrize(
    ("key", "value"), [(Qt.Key.Key_4, 4), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Delete, None)]
)
def test_score_when_a_key_is_pressed_then_the_step_changes(
    qtbot: QtBot, kit: Kit, key: Qt.Key, value: int | None
) -> None:
    made = an_editor(qtbot, kit, fields.Score(label="", axis="impact"))
    assert isinstance(made, ScoreEditor)
    made.set_value(2)
    qtbot.keyClick(made.controls()[1], key)
    assert made.value() == value


def test_yes_no_when_clicked_then_it_is_answered(qtbot: QtBot, kit: Kit) -> None:
    made = an_editor(qtbot, kit, fields.YesNo(label=""))
    assert isinstance(made, YesNoEditor)
    qtbot.mouseClick(made.controls()[1], Qt.MouseButton.LeftButton)
    assert made.value() is False


@pytest.mark.parametrize(
    "rows", [[("", "lost?")], [("lost?", "")], [("twice", "1"), ("twice", "2")]]
)
def test_facts_when_half_a_pair_would_be_lost_then_it_is_refused(
    qtbot: QtBot, kit: Kit, rows: list[tuple[str, str]]
) -> None:
    made = an_editor(qtbot, kit, fields.Facts(label=""))
    assert isinstance(made, FactsEditor)
    model = made.table.model()
    for row, pair in enumerate(rows):
        for column, text in enumerate(pair):
            model.setData(model.index(row, column), text)
    with pytest.raises(Unfit):
        made.value()


def test_line_when_more_is_pasted_than_a_field_holds_then_nothing_is_cut(
    qtbot: QtBot, kit: Kit
) -> None:
    made = an_editor(qtbot, kit, fields.Line(label=""))
    assert isinstance(made, LineEditor)
    made.line.insert("x" * 40_000)
    assert made.value() == "x" * 40_000


def test_prose_when_it_grows_then_the_field_grows_and_has_no_bar(qtbot: QtBot, kit: Kit) -> None:
    made = an_editor(qtbot, kit, fields.Prose(label=""))
    assert isinstance(made, ProseEditor)
    made.resize(300, 400)
    before = made.text.height()
    made.set_value("\n".join("line" for _ in range(6)))
    qtbot.waitUntil(lambda: made.text.height() > before)
    assert not made.text.verticalScrollBar().isVisible()


def test_prose_when_paragraphs_wrap_then_every_line_is_seen(qtbot: QtBot, kit: Kit) -> None:
    made = an_editor(qtbot, kit, fields.Prose(label=""))
    assert isinstance(made, ProseEditor)
    made.resize(220, 600)
    made.set_value("a paragraph that is wrapped over lines\n" * 3 + "last")
    cursor = made.text.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    made.text.setTextCursor(cursor)
    qtbot.waitUntil(lambda: made.text.cursorRect().bottom() <= made.text.viewport().height())
    assert made.text.firstVisibleBlock().blockNumber() == 0


def test_form_when_something_was_saved_meanwhile_then_both_values_stand_side_by_side(
    qtbot: QtBot, kit: Kit
) -> None:
    form = Form(kit, KINDS["party"])
    qtbot.addWidget(form)
    form.show_values({"title": "Amy", "email": "a@x", "phone": "1"})
    line = form.row("email").editor.controls()[0]
    assert isinstance(line, QLineEdit)
    line.setText("mine@x")
    form.rebase({"title": "Amy", "email": "theirs@x", "phone": "2"})
    assert form.conflicts() == ["email"]
    assert line.text() == "mine@x"
    assert form.row("phone").editor.value() == "2"
    box = form.row("email").conflict
    assert box is not None
    box.theirs_chosen.emit()
    assert form.row("email").editor.value() == "theirs@x"
    assert form.dirty() == []


def test_form_when_mine_is_kept_then_it_is_what_will_be_saved(qtbot: QtBot, kit: Kit) -> None:
    form = Form(kit, KINDS["party"])
    qtbot.addWidget(form)
    form.show_values({"email": "a@x"})
    line = form.row("email").editor.controls()[0]
    assert isinstance(line, QLineEdit)
    line.setText("mine@x")
    form.rebase({"email": "theirs@x"})
    box = form.row("email").conflict
    assert box is not None
    box.mine_chosen.emit()
    assert form.conflicts() == []
    assert form.read() == ({"email": "mine@x"}, {})


@pytest.mark.parametrize(
    ("kind", "key", "is_marked"),
    [("asset", "retention", True), ("evidence", "valid_until_on", False)],
)
def test_empty_field_when_nothing_asks_for_it_then_it_does_not_stand_out(
    qtbot: QtBot, kit: Kit, kind: str, key: str, is_marked: bool
) -> None:
    form = Form(kit, KINDS[kind])
    qtbot.addWidget(form)
    form.show_values({"title": "x"})
    assert form.row(key).help.text()
    assert (form.row(key).help.property("tone") == "moderate") is is_marked
    form.show_values({})  # a new record
    assert form.row(key).help.property("tone") == "muted"


def test_reason_when_shown_then_it_begins_as_a_sentence_does(qtbot: QtBot, kit: Kit) -> None:
    form = Form(kit, KINDS["asset"])
    qtbot.addWidget(form)
    form.row("title").set_reason("it is too long")
    assert form.row("title").reason.text() == "It is too long"


def test_add_line_when_it_stands_beside_a_chip_then_what_it_says_is_whole(
    qtbot: QtBot, kit: Kit
) -> None:
    made = editor(every_field(KINDS["risk"])["assets"], kit)
    assert isinstance(made, LinksEditor)
    qtbot.addWidget(made)
    made.set_value(frozenset({1}))
    made.show()
    line = made.add_line
    for width in range(200, 420, 10):
        made.resize(width, 80)
        said = line.fontMetrics().horizontalAdvance(line.placeholderText())
        assert line.width() >= min(said, width), width


def test_level_when_shown_again_then_it_still_stands_at_the_left(qtbot: QtBot, kit: Kit) -> None:
    shown = editor(every_field(KINDS["risk"])["residual_level"], kit)
    qtbot.addWidget(shown)
    shown.resize(320, 30)
    shown.show()
    for level in ("low", None, "high", "low"):
        shown.set_value(level)
    qtbot.wait(1)
    (chip,) = (each for each in shown.findChildren(LevelChip) if each.isVisible())
    assert chip.x() == 0


def test_short_form_when_shown_then_it_stands_first_and_the_rest_is_folded(
    qtbot: QtBot, kit: Kit
) -> None:
    form = Form(kit, KINDS["incident"])
    qtbot.addWidget(form)
    qtbot.waitUntil(form.sections["Ties"].head.isChecked)
    folded = [name for name, section in form.sections.items() if not section.head.isChecked()]
    sections = [
        "When", "What happened", "Who and what data", "What it means for the people", "What was done",
        "Who else is concerned", "Review", "Ties", "More",
    ]  # fmt: skip
    assert list(form.sections) == sections
    assert folded == [name for name in sections if name != "Ties"]


def test_samples_when_a_kind_of_field_is_new_then_this_test_knows_it() -> None:
    assert all(samples(what) for kind in KINDS.values() for what in every_field(kind).values())
    assert dataclasses.is_dataclass(values.Instant)
