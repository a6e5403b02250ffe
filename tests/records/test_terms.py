"""Lists of choices and the scale: reading by label, order, and bands that leave no score without a level."""

import pickle

import pytest

from riskreg.records.terms import (
    Band,
    BandProblem,
    Scale,
    Step,
    Term,
    Terms,
    Text,
    Vocabulary,
    band_problems,
)

BREACH = Text(en="Data breach", zh_Hant="資料外洩", zh_Hans="数据泄露")


def a_list(*terms: Term) -> Terms:
    return Terms(
        name="status",
        terms=terms
        or (
            Term(
                key="open",
                open=True,
                label=Text(en="Open (new)", zh_Hant="未處理", zh_Hans="未处理"),
            ),
            Term(
                key="closed",
                open=False,
                label=Text(en="Closed", zh_Hant="已結束", zh_Hans="已关闭"),
            ),
        ),
    )


def a_scale(*bands: tuple[str, int, int]) -> Scale:
    steps = tuple(Step(value=n, label=Text(en=str(n)), anchor=Text(en="")) for n in range(1, 6))
    return Scale(
        key="s",
        likelihood=steps,
        impact=steps,
        bands=tuple(Band(level=level, lowest=low, highest=high) for level, low, high in bands),
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Data breach"),
        ("zh_Hant", "資料外洩"),
        ("zh_Hans", "数据泄露"),
        ("fr", "Data breach"),
    ],
)
def test_text_in_a_language_is_that_text_and_english_for_others(language, expected):
    assert BREACH.get(language) == expected


def test_text_without_chinese_falls_back_to_english():
    assert Text(en="Only").get("zh_Hant") == Text(en="Only").get("zh_Hans") == "Only"


@pytest.mark.parametrize(
    "words",
    [
        "open",
        "OPEN",
        "  Open (new)\n",
        "open (NEW)",
        "未處理",
        " 未处理 ",
        "Ｏｐｅｎ　（ｎｅｗ）",
    ],
)
def test_find_by_key_or_label_ignores_case_outer_spaces_and_full_width(words):
    assert a_list().find(words) == "open"


@pytest.mark.parametrize("words", ["", "   ", "opened", "未", "Ope"])
def test_find_of_words_that_are_no_choice_is_none_and_never_a_guess(words):
    assert a_list().find(words) is None


def test_order_follows_the_list_and_puts_unknown_keys_last():
    terms = a_list()
    assert terms.keys == ("open", "closed")
    assert sorted(["odd", "closed", "open"], key=terms.order) == ["open", "closed", "odd"]


def test_label_of_an_unknown_key_is_the_key_so_that_nothing_vanishes():
    terms = a_list()
    assert terms.label("closed", "zh_Hant") == "已結束"
    assert terms.label("odd", "zh_Hant") == "odd"
    assert terms.term("odd") is None


def test_a_status_says_whether_it_is_open():
    terms = a_list()
    assert [terms.term(key).open for key in terms.keys] == [True, False]


def test_two_choices_with_the_same_words_are_refused():
    with pytest.raises(ValueError, match=r"status: 'lost' stands for a and b"):
        a_list(Term(key="a", label=Text(en="Lost")), Term(key="b", label=Text(en="ＬＯＳＴ")))


def test_a_label_that_is_the_key_of_another_choice_is_refused():
    with pytest.raises(ValueError, match="stands for"):
        a_list(Term(key="a", label=Text(en="b")), Term(key="b", label=Text(en="Other")))


def test_a_key_that_occurs_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        a_list(Term(key="a", label=Text(en="One")), Term(key="a", label=Text(en="Two")))


def test_bands_that_cover_each_score_once_have_no_problem_in_any_order():
    assert a_scale(("low", 1, 4), ("mid", 5, 14), ("high", 15, 25)).problems() == ()
    assert a_scale(("high", 15, 25), ("low", 1, 4), ("mid", 5, 14)).problems() == ()


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ([], [("gap", 1, 25)]),
        ([(2, 25)], [("gap", 1, 1)]),
        ([(1, 24)], [("gap", 25, 25)]),
        ([(1, 4), (7, 25)], [("gap", 5, 6)]),
        ([(1, 5), (5, 25)], [("overlap", 5, 5)]),
        ([(1, 25), (5, 9)], [("overlap", 5, 9)]),
        ([(1, 10), (3, 12), (13, 25)], [("overlap", 3, 10)]),
        ([(0, 25)], [("outside", 0, 0)]),
        ([(1, 30)], [("outside", 26, 30)]),
        ([(1, 25), (26, 30)], [("outside", 26, 30)]),
        ([(27, 30)], [("outside", 27, 30), ("gap", 1, 25)]),
        ([(1, 25), (9, 5)], [("reversed", 9, 5)]),
    ],
)
def test_band_problems_name_each_gap_overlap_and_impossible_band(bands, expected):
    made = [Band(level="x", lowest=low, highest=high) for low, high in bands]
    assert band_problems(made, 1, 25) == tuple(BandProblem(*problem) for problem in expected)


def test_band_problems_agree_with_counting_bands_score_by_score():
    every = [
        Band(level="x", lowest=low, highest=high) for low in range(1, 6) for high in range(low, 6)
    ]
    for first in every:
        for second in every:
            counts = [sum(b.lowest <= n <= b.highest for b in (first, second)) for n in range(1, 6)]
            found = {"gap": set(), "overlap": set()}
            for kind, low, high in band_problems([first, second], 1, 5):
                found[kind] |= set(range(low, high + 1))
            assert found["gap"] == {n for n, count in enumerate(counts, 1) if count == 0}
            assert found["overlap"] == {n for n, count in enumerate(counts, 1) if count > 1}


def test_vocabulary_travels_to_a_worker_process_and_still_finds():
    words = Vocabulary(terms={"status": a_list()}, scale=a_scale(("low", 1, 25)))
    arrived = pickle.loads(pickle.dumps(words))
    assert arrived == words
    assert hash(arrived) == hash(words)
    assert arrived.terms_of("status").find("已關閉") is None
    assert arrived.terms_of("status").find("已关闭") == "closed"


def test_vocabulary_asked_for_a_list_it_lacks_says_so():
    with pytest.raises(KeyError, match="nothing"):
        Vocabulary(terms={}, scale=a_scale()).terms_of("nothing")
