"""Who we are, in plain words: what decides which laws are asked about."""

from __future__ import annotations

from typing import Final

from riskreg.errors import N_
from riskreg.records import Organisation, stored
from riskreg.records.fields import Value
from ui.context import Context
from ui.dialogs.settings_pages import Part
from ui.forms.editors import editor
from ui.forms.kit import Kit
from ui.widgets.text import Text

QUESTIONS: Final = {
    "established_in": N_("Where do you have an office, a company or staff?"),
    "serves_elsewhere": N_("Do you serve people in other places too?"),
    "offers_to": N_("Where do those people live?"),
    "sector": N_("What do you do?"),
    "ci_operator": N_(
        "Have you been designated an operator of critical infrastructure (Cap. 653)?"
    ),
}
"""Fields of the organisation and how they are asked for."""


class AboutPart(Part):
    """Asks who we are.

    Args:
        context: What the window shares.
        kit: What editors need.
    """

    def __init__(self, context: Context, kit: Kit) -> None:
        super().__init__(context)
        kinds = stored(Organisation)
        self.say(
            context.t.gettext(
                N_("Which laws are asked about when something happens follows from these answers.")
            )
        )
        self.editors = {key: editor(kinds[key], kit) for key in QUESTIONS}
        for key, each in self.editors.items():
            question = context.t.gettext(QUESTIONS[key])
            label = Text(question, "strong", wraps=True)
            label.setBuddy(each.controls()[0])
            for control in each.controls():
                control.setAccessibleName(question)
            self.body.addWidget(label)
            self.body.addWidget(each)
            self.body.addSpacing(context.theme.space("s"))
        self.body.addStretch(1)
        self.load()

    def load(self) -> None:
        """Show what is in force."""
        ours = self.context.register.organisation()
        for key, each in self.editors.items():
            each.set_value(ours.get(key))
            each.set_read_only(bool(self.context.register.read_only))

    def values(self) -> dict[str, Value]:
        """The answers."""
        return {key: each.value() for key, each in self.editors.items()}
