"""The lines of a report profile: what a person typed, as decisions and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg.records import ReportProfile, Wanted, wanted_lines


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("", ()),
        ("\n  \n | why", ()),
        ("Buy a safe", (Wanted("Buy a safe"),)),
        (" Buy | why | 1 Jan ", (Wanted("Buy", "why", "1 Jan"),)),
        ("Buy | | 1 Jan", (Wanted("Buy", "", "1 Jan"),)),
        ("a|b|c|d", (Wanted("a", "b", "c|d"),)),
        ("整理｜理由｜月底\nSecond", (Wanted("整理", "理由", "月底"), Wanted("Second"))),
    ],
)
def test_wanted_when_lines_are_typed_then_each_is_a_decision_in_three_parts(
    lines: str, wanted: tuple[Wanted, ...]
) -> None:
    assert ReportProfile(lines=lines).wanted == wanted


_PART = st.text(st.sampled_from("ab 說|｜\n"), max_size=8)


@given(st.lists(st.builds(Wanted, _PART, _PART, _PART), max_size=4))
def test_wanted_lines_when_written_and_read_then_the_decisions_are_the_same_but_for_bars(
    given_: list[Wanted],
) -> None:
    read = ReportProfile(lines=wanted_lines(given_)).wanted
    plain = [
        Wanted(*(" ".join(p.replace("｜", "|").replace("|", ",").split()) for p in each))
        for each in given_
        if each.what.strip()
    ]
    assert list(read) == plain
