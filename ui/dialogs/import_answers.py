"""What only a person knows of a file: what its words mean, whom its names mean, whether day or month comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from riskreg.errors import N_
from riskreg.exchange import beside, orders
from riskreg.exchange.answers import CREATE, Answer, Question
from riskreg.formats import format_value, number_words
from riskreg.i18n import Translator
from riskreg.records import KINDS, fields
from riskreg.records.terms import Vocabulary
from ui.context import Context
from ui.dialogs.choosing import Chooser, ChoosingTable, Option, same
from ui.dialogs.import_shapes import Open
from ui.tables.named_columns import Index, NamedColumns
from ui.widgets.text import Text

_COLUMNS: Final = (N_("Field"), N_("In the file"), N_("Rows"), N_("Means"), N_("Why"))
_ROWS, _MEANS = 2, 3
_WIDTHS: Final = (162, 140, 60, 270)

NOT_DECIDED: Final = N_("Not decided: these rows are rejected")
EMPTY: Final = N_("Nothing: leave it empty")
MAKE: Final = N_("Make a new record")
IS_ORDER: Final = N_("Day and month could be either way round.")
IS_SIGN: Final = N_("A point or a comma could stand before decimals.")
IS_NEW: Final = N_("No record is called so.")
IS_UNKNOWN: Final = N_("The list has nothing like it.")


def options(question: Question, kind: str, t: Translator, vocabulary: Vocabulary) -> list[Option]:
    """Every answer that a question takes."""
    what = beside.named(KINDS[kind], question.key).what
    if question.sort == "order":
        found = [Option(each, _dated(question, each, t, vocabulary)) for each in question.options]
        return [*found, Option(None, t.gettext(NOT_DECIDED))]
    empty = Option("", t.gettext(EMPTY))
    undecided = Option(None, t.gettext(NOT_DECIDED))
    match what:
        case fields.Links():
            near = [Option(title, title) for title in question.options]
            if KINDS[what.to].numbering in ("plain", "yearly"):
                return [*near, Option(CREATE, t.gettext(MAKE)), empty]
            return [*near, empty, undecided]
        case fields.Choice() | fields.Choices():
            terms = vocabulary.terms_of(what.terms)
            known = [Option(key, terms.label(key, t.language)) for key in terms.offered]
        case fields.Score():
            scale = vocabulary.scale
            steps = scale.likelihood if what.axis == "likelihood" else scale.impact
            known = [
                Option(step.value, f"{step.value} {step.label.get(t.language)}") for step in steps
            ]
        case _:
            known = [Option(True, t.gettext(N_("Yes"))), Option(False, t.gettext(N_("No")))]
    return [*known, empty, undecided]


def _dated(question: Question, option: str, t: Translator, vocabulary: Vocabulary) -> str:
    """An order and the day that the example is then: `day first: 3 April 2026`."""
    name, named = t.gettext(option), t.gettext(N_("{label}: {text}"))
    if number := orders.numbers(question.text).get(option):  # type: ignore[call-overload]
        return named.format(label=name, text=number_words(int(number.lstrip("~"))))
    read = orders.days(question.text).get(option)  # type: ignore[call-overload]
    if read is None:
        return name
    day = format_value(fields.Day(label=""), read.at.date(), t, vocabulary, {})
    return named.format(label=name, text=day)


class AnswerModel(NamedColumns):
    """The questions and what was answered."""

    answered = Signal()
    """A person answered."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.t, _COLUMNS)
        self._theme = context.theme
        self._vocabulary = context.register.vocabulary
        self._kind = ""
        self._questions: Sequence[Question] = ()
        self._given: dict[Question, Answer] = {}

    def show_open(self, open: Open) -> None:
        """Show the questions; an answer that was given to one of them before is kept."""
        self.beginResetModel()
        self._kind = open.kind
        self._questions = sorted(open.questions, key=lambda each: each.proposed is not None)
        known = {(each.sort, each.key, each.text): answer for each, answer in self._given.items()}
        self._given = {
            each: known.get((each.sort, each.key, each.text), each.proposed)
            for each in self._questions
        }
        self.endResetModel()

    def given(self) -> Mapping[Question, Answer]:
        """Every question with its answer; None where there is none."""
        return dict(self._given)

    def undecided(self) -> int:
        """How many questions have no answer."""
        return sum(answer is None for answer in self._given.values())

    def options(self, row: int) -> list[Option]:
        """What a question can be answered with."""
        return options(self._questions[row], self._kind, self._t, self._vocabulary)

    def answer(self, row: int) -> Answer:
        """The answer to a question."""
        return self._given[self._questions[row]]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many questions there are."""
        return 0 if parent.isValid() else len(self._questions)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """The name of a column; that of a number stands at its right."""
        if section == _ROWS and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The answers can be chosen."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == _MEANS else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """A cell."""
        question = self._questions[index.row()]
        cells = self._cells(index.row(), question)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cells[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return f"{self._t.gettext(_COLUMNS[index.column()])}: {cells[index.column()]}"
            case Qt.ItemDataRole.ForegroundRole if index.column() == _MEANS:
                is_open = self._given[question] is None
                return self._theme.color("critical" if is_open else "accent")
            case Qt.ItemDataRole.ForegroundRole if index.column() > _MEANS:
                return self._theme.color("muted")
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == _ROWS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Take an answer."""
        self._given[self._questions[index.row()]] = value
        row = index.row()
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(_COLUMNS) - 1))
        self.answered.emit()
        return True

    def _cells(self, row: int, question: Question) -> tuple[str, ...]:
        answer = self._given[question]
        said = next((each.words for each in self.options(row) if same(each.answer, answer)), "")
        label = beside.label(KINDS[self._kind], question.key, self._t)
        return label, question.text, number_words(question.rows), said, self._why(question, answer)

    def _why(self, question: Question, answer: Answer) -> str:
        if question.sort == "order" and answer is None:
            is_sign = question.options[0] in orders.SIGNS
            return self._t.gettext(IS_SIGN if is_sign else IS_ORDER)
        if not same(answer, question.proposed):
            return ""
        if question.why:
            return self._t.gettext(question.why)
        return self._t.gettext(IS_NEW if question.sort == "name" else IS_UNKNOWN)


class AnswerTable(ChoosingTable):
    """The questions, one a line."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.questions = AnswerModel(context)
        super().__init__(context, self.questions, _MEANS, _WIDTHS, parent)
        gettext, model = context.t.gettext, self.questions
        self.setItemDelegateForColumn(
            _MEANS,
            Chooser(
                context, model.options, model.answer, lambda _: gettext(_COLUMNS[_MEANS]), 0, self
            ),
        )
        self.setAccessibleName(gettext(N_("Open questions")))


class AnswersPage(QWidget):
    """What the columns leave open."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table = AnswerTable(context)
        self.rest = Text(role="small", tone="muted", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.rest)
        self.table.questions.answered.connect(self._say_rest)

    def show_open(self, open: Open) -> None:
        """Show the questions."""
        self.table.questions.show_open(open)
        self.table.selectRow(0)
        self._say_rest()

    def _say_rest(self) -> None:
        gettext = self._context.t.gettext
        number = self.table.questions.undecided()
        said = N_(
            "Not decided yet: {number}. Their rows are rejected, and can be corrected in the preview."
        )
        self.rest.setText(gettext(said).format(number=number_words(number)) if number else "")
