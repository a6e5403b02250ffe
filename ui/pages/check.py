"""Is the history whole? Checks every entry against the records, and a printed code against the history."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayoutItem,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from riskreg.errors import N_, Expected
from riskreg.formats import number_words
from riskreg.records.jsons import one_line
from riskreg.views import Finding, Verification
from riskreg.wording import finding_words, message, records_words
from riskreg.work import VERIFYING
from ui import icons
from ui.context import Context
from ui.dialogs.progress import ProgressStrip
from ui.pages.page import Page
from ui.widgets import buttons
from ui.widgets.text import Text

WIDTH: Final = 680
"""Lines longer than this are hard to read."""
MOST_FINDINGS: Final = 200
MOST_REMARKS: Final = 5

HONEST: Final = (
    N_("Every change is recorded in a chained history. If the file is altered outside this program, this check says where, as long as you kept a report or its code from before."),
    N_("It does not prove that what was entered is true, and it cannot stop anybody from altering the file."),
    N_("Who made an entry is the account of the computer and the name that person gave. Neither is verified."),
    N_("The file is not encrypted by this program. Turn on BitLocker or FileVault, and keep the file in a folder that only you can open."),
)  # fmt: skip


class CheckPage(Page):
    """One button, one answer, and what the answer is worth."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, context.t.gettext(N_("Is the history whole?")), parent)
        gettext, theme = context.t.gettext, context.theme
        self.code = QLineEdit()
        self.code.setPlaceholderText("412-ABCD-EFGH-JKMN-PQRS-TVWX")
        self.start = buttons.primary(theme, gettext(N_("Check now")), "shield-check", self.check)
        self.progress = ProgressStrip(context)
        self.answer = QFrame()
        self.answer.setObjectName("card")
        self.findings: list[Text] = []
        self._lay_out()

    def check(self) -> None:
        """Check the whole history, with the code that was typed."""
        code = one_line(self.code.text())
        self._set_busy(True)
        register = self.context.register
        job = self.context.jobs.write(
            lambda work: register.verify(code, work),
            doing=VERIFYING,
            done=lambda found: self._show(found, code),
            failed=self._on_failed,
        )
        self.progress.follow(job)

    def texts(self) -> str:
        """All that the answer says."""
        return "\n".join(text.text() for text in self.answer.findChildren(Text))

    def _on_failed(self, error: Expected) -> None:
        self._set_busy(False)
        if error.id == "cancelled":
            return
        told = message(error, self.context.t)
        self._say("triangle-alert", "high", told.what, (told.safe, told.do))

    def _show(self, found: Verification, code: str) -> None:
        self._set_busy(False)
        gettext = self.context.t.gettext
        if found.ok:
            lines = [self._counted(found)]
            if code:
                lines.append(
                    gettext(
                        N_(
                            "The code {code} is in this history: everything up to that entry is as it was when it was printed. This does not prove the entries were true."
                        )
                    ).format(code=code)
                )
            lines += [finding_words(each, self.context.t) for each in found.remarks[:MOST_REMARKS]]
            self._say("shield-check", "low", gettext(N_("The history is whole.")), lines, found)
            return
        number = len(found.findings)
        title = self.context.t.ngettext(
            "{number} thing does not add up.", "{number} things do not add up.", number
        )
        lines = [
            self._counted(found),
            gettext(
                N_(
                    "Keep this file as it is, and ask whoever had it. The newest backup can be opened beside it to compare."
                )
            ),
        ]
        self._say("triangle-alert", "high", title.format(number=number_words(number)), lines, found)
        for finding in found.findings[:MOST_FINDINGS]:
            self._add_finding(finding)

    def _counted(self, found: Verification) -> str:
        said = self.context.t.gettext(N_("Checked: {entries} entries, {records}."))
        records = records_words(found.records, self.context.t)
        return said.format(entries=number_words(found.entries), records=records)

    def _add_finding(self, finding: Finding) -> None:
        row = QHBoxLayout()
        text = Text(finding_words(finding, self.context.t), wraps=True)
        self.findings.append(text)
        row.addWidget(text, 1)
        if finding.ref:
            row.addWidget(
                buttons.link(self.context.theme, finding.ref, lambda: self._open(finding.ref))
            )
        self._answer.addLayout(row)

    def _open(self, ref: str) -> None:
        try:
            self.context.events.open_record.emit(self.context.register.find(ref))
        except Expected as error:
            self.context.show(error)

    def _say(
        self,
        icon: str,
        tone: str,
        title: str,
        lines: tuple[str, ...] | list[str],
        found: Verification | None = None,
    ) -> None:
        self._clear()
        picture = QLabel()
        icons.put(picture, self.context.theme, icon, tone, 20)
        head = QHBoxLayout()
        head.setSpacing(self.context.theme.space("s"))
        head.addWidget(picture)
        head.addWidget(Text(title, "section", tone, wraps=True), 1)
        self._answer.addLayout(head)
        for line in lines:
            self._answer.addWidget(Text(line, wraps=True))
        if found:
            self._answer.addLayout(self._code_now(found.fingerprint))
        self.answer.setAccessibleName(title)
        self.answer.show()

    def _code_now(self, fingerprint: str) -> QHBoxLayout:
        gettext, theme = self.context.t.gettext, self.context.theme
        said = gettext(N_("Check code of the history now: {code}")).format(code=fingerprint)
        text = Text(said, "small", "muted", wraps=True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        copy = buttons.link(
            theme, gettext(N_("Copy")), lambda: QApplication.clipboard().setText(fingerprint)
        )
        row = QHBoxLayout()
        row.addWidget(text, 1)
        row.addWidget(copy)
        return row

    def _clear(self) -> None:
        self.findings = []
        while item := self._answer.takeAt(0):
            for widget in _widgets(item):
                widget.hide()
                widget.deleteLater()

    def _set_busy(self, is_busy: bool) -> None:
        self.start.setEnabled(not is_busy)
        if is_busy:
            self.answer.hide()

    def _lay_out(self) -> None:
        gettext, theme = self.context.t.gettext, self.context.theme
        label = Text(
            gettext(N_("Check code from a printed report, to compare (may be left out)")),
            "small",
            "muted",
        )
        label.setBuddy(self.code)
        self.code.setAccessibleName(label.text())
        ask = QHBoxLayout()
        ask.addWidget(self.code, 1)
        ask.addWidget(self.start)
        self._answer = QVBoxLayout(self.answer)
        edge = theme.space("l")
        self._answer.setContentsMargins(edge, theme.space("m"), edge, theme.space("m"))
        self._answer.setSpacing(theme.space("s"))
        content = QWidget()
        content.setMaximumWidth(WIDTH + 2 * self.edge())
        inner = QVBoxLayout(content)
        inner.setContentsMargins(self.edge(), 0, self.edge(), theme.space("l"))
        inner.setSpacing(theme.space("s"))
        inner.addWidget(label)
        inner.addLayout(ask)
        inner.addWidget(self.progress)
        inner.addWidget(self.answer)
        inner.addSpacing(theme.space("l"))
        inner.addWidget(Text(gettext(N_("What this shows, and what it does not")), "strong"))
        for sentence in HONEST:
            inner.addWidget(Text(gettext(sentence), "body", "muted", wraps=True))
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAlignment(Qt.AlignmentFlag.AlignLeft)
        area.setWidget(content)
        self.layout_.addWidget(area, 1)
        self.answer.hide()


def _widgets(item: QLayoutItem) -> list[QWidget]:
    """The widgets of an item, or of the row that it is."""
    row = item.layout()
    items = [item] if row is None else [row.itemAt(place) for place in range(row.count())]
    return [widget for each in items if each and (widget := each.widget())]
