"""Where lines end, by cases and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg.reports.breaking import NOT_FIRST, NOT_LAST, lines, may_break


def _broken(text: str, limit: int) -> list[str]:
    """With every character as wide as one."""
    return [text[start:end] for start, end in lines(text, [1.0] * len(text), limit)]


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("one two three", 7, ["one two ", "three"]),
        ("資料外洩，請即處理。", 4, ["資料外", "洩，請即", "處理。"]),
        ("見（附件）", 3, ["見（附", "件）"]),
        ("見（附件）", 2, ["見", "（附", "件）"]),
        ("see R-0007 now", 8, ["see ", "R-0007 ", "now"]),
        ("2026 年 11 月 20日", 12, ["2026 年 11 月 ", "20日"]),
        ("well-known", 6, ["well-", "known"]),
        ("e\u0301e\u0301e\u0301", 3, ["e\u0301", "e\u0301", "e\u0301"]),
        ("病人、未成年人、弱勢人士", 11, ["病人、未成年人、弱勢", "人士"]),
        ("供應商改版，事前無通知。", 11, ["供應商改版，事前無", "通知。"]),
        ("2026年7月10日（香港）", 13, ["2026年7月10日", "（香港）"]),
        ("一二三四五六七八", 7, ["一二三四五六", "七八"]),
        ("一二三四五", 4, ["一二三四", "五"]),
        ("signed by Dr Y. Lam", 17, ["signed by ", "Dr Y. Lam"]),
        ("by S. Wong、K. Chan", 13, ["by S. Wong、", "K. Chan"]),
        ("K. Chan", 4, ["K. ", "Chan"]),
        ("on 14 September 2026", 8, ["on ", "14 ", "Septembe", "r 2026"]),
        ("keep it 14 days", 12, ["keep it ", "14 days"]),
        ("5 Certain × 3 Severe", 15, ["5 Certain ", "× 3 Severe"]),
        ("in 2026 or later", 8, ["in 2026 ", "or later"]),
        ("call chan@clinic.example now", 20, ["call ", "chan@clinic.example ", "now"]),
        ("chan@clinic.example", 12, ["chan@", "clinic.examp", "le"]),
        ("forgets log-ins", 12, ["forgets ", "log-ins"]),
        ("個人資料（保障資料第 2 原則）", 12, ["個人資料（保障資料", "第 2 原則）"]),
        ("A list; R-0037 Job offers", 16, ["A list; ", "R-0037 Job ", "offers"]),
        ("按照條例第30條處理", 7, ["按照條例", "第30條處理"]),
        ("policy CYB-SAMPLE", 11, ["policy ", "CYB-SAMPLE"]),
        ("an e-payment", 11, ["an ", "e-payment"]),
        ("", 3, []),
    ],
)
def test_lines_when_text_is_too_wide_then_it_breaks_where_an_office_would(
    text: str, limit: int, expected: list[str]
) -> None:
    assert _broken(text, limit) == expected


_TEXT = st.text(st.sampled_from(list("ab1 -/資料外洩，。：）（《》、𨋢嘅\u0301’”“.,")), max_size=60)


@given(_TEXT, st.integers(1, 12))
def test_lines_when_text_is_any_then_nothing_is_lost_and_nothing_sticks_out(
    text: str, limit: int
) -> None:
    found = _broken(text, limit)
    assert "".join(found) == text
    assert all(len(line.rstrip(" ")) <= max(limit, 1) for line in found)


@given(_TEXT, st.integers(1, 60))
def test_lines_when_a_place_allows_it_then_no_line_starts_or_ends_with_a_wrong_mark(
    text: str, limit: int
) -> None:
    here = 0
    for line in _broken(text, limit)[:-1]:
        end = here + len(line)
        could = any(may_break(text, place) for place in range(here + 1, end + 1))
        if could:
            assert text[end] not in NOT_FIRST
            assert text[end - 1] not in NOT_LAST
        here = end
