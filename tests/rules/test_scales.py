"""Scales as text, against the sources of domain.md 4.2 to 4.4 worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import catalogue
from riskreg.records.terms import Band, Dimension, Scale, Step, Text
from riskreg.records.values import Money
from riskreg.rules.scales import DIMENSIONS, LARGEST, LEVELS, NoScale, dumps, parse
from riskreg.rules.scoring import level, score

READY = {scale.key: scale for scale in catalogue.ready_scales()}
NAMES = {"VL": "very_low", "L": "low", "M": "moderate", "H": "high", "VH": "critical"}

# Table I-2 as it is printed: likelihood VH first, impact VL to VH
TABLE_I2 = (
    "VL L M H VH",
    "VL L M H VH",
    "VL L M M H",
    "VL L L L M",
    "VL VL VL L L",
)


def at(scale: Scale, likelihood: int, impact: int) -> str | None:
    return level(score(likelihood, impact, scale), scale)


@pytest.mark.parametrize("likelihood", range(1, 6))
@pytest.mark.parametrize("impact", range(1, 6))
def test_nist_when_asked_then_each_cell_is_that_of_table_i2(likelihood: int, impact: int) -> None:
    wanted = NAMES[TABLE_I2[5 - likelihood].split()[impact - 1]]
    assert at(READY["nist_800_30"], likelihood, impact) == wanted


def test_nist_when_named_then_its_highest_level_is_called_very_high() -> None:
    scale = READY["nist_800_30"]
    assert [band.level for band in scale.bands] == list(LEVELS)
    assert scale.bands[-1].label == Text(en="Very high", zh_Hant="極高", zh_Hans="极高")
    assert score(5, 1, scale) == 1, "the place of the level: very low"


@pytest.mark.parametrize(
    ("key", "likelihood", "impact", "points", "wanted"),
    [
        ("default_5x5", 2, 2, 4, "low"),
        ("default_5x5", 5, 1, 5, "moderate"),
        ("default_5x5", 2, 5, 10, "high"),
        ("default_5x5", 3, 5, 15, "critical"),
        ("simple_3x3", 1, 2, 2, "low"),
        ("simple_3x3", 2, 2, 4, "moderate"),
        ("simple_3x3", 2, 3, 6, "high"),
        ("cnil_4x4", 1, 2, 2, "low"),
        ("cnil_4x4", 1, 4, 4, "moderate"),
        ("cnil_4x4", 2, 4, 8, "high"),
        ("cnil_4x4", 3, 3, 9, "critical"),
        ("cnil_4x4", 4, 4, 16, "critical"),
    ],
)
def test_ready_scale_when_scored_then_it_gives_the_level_worked_out_by_hand(
    key: str, likelihood: int, impact: int, points: int, wanted: str
) -> None:
    assert score(likelihood, impact, READY[key]) == points
    assert at(READY[key], likelihood, impact) == wanted


@pytest.mark.parametrize("key", READY)
def test_ready_scale_when_every_cell_is_asked_then_each_has_a_level_and_none_falls(
    key: str,
) -> None:
    scale = READY[key]
    for likely in scale.likelihood:
        row = [at(scale, likely.value, bad.value) for bad in scale.impact]
        assert None not in row
        places = [LEVELS.index(str(each)) for each in row]
        assert places == sorted(places)


@pytest.mark.parametrize("key", READY)
def test_scale_when_written_and_read_back_then_it_is_the_same(key: str) -> None:
    assert replace(parse(dumps(READY[key]), key), key=key) == READY[key]


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 1), (4, 1), (1, 4), (-1, -1)])
def test_score_when_it_is_no_step_then_there_is_none(likelihood: int, impact: int) -> None:
    assert score(likelihood, impact, READY["simple_3x3"]) is None


SOUND = dumps(READY["simple_3x3"])
BAND = '{ level = "moderate", lowest = 3, highest = 4 }'


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        (BAND, '{ level = "moderate", lowest = 4, highest = 4 }', "scores 3 to 3 have no level"),
        (BAND, '{ level = "moderate", lowest = 2, highest = 4 }', "scores 2 to 2 have several"),
        (BAND, '{ level = "moderate", lowest = 4, highest = 3 }', "ends at 3 before it begins"),
        ("highest = 9", "highest = 12", "never reaches scores 10 to 12"),
        (BAND, '{ level = "huge", lowest = 3, highest = 4 }', "“huge” is no level"),
        (BAND, '{ level = "critical", lowest = 3, highest = 4 }', "lower level"),
        (BAND, '{ level = "low", lowest = 3, highest = 4 }', "“low” has several bands"),
        (BAND, '{ level = "moderate", lowest = "3", highest = 4 }', "no lowest and highest"),
        (BAND, "3", "bands is missing"),
        ('"product"', '"sum"', "method is"),
        ('"product"', '"table"', "table is missing"),
        ("value = 2", "value = 7", "values must count from 1"),
        ("impact = [", "other = [", "impact is missing"),
        ("impact = [", "impact = []\nother = [", "impact has 0 steps"),
    ],
)
def test_scale_when_something_is_wrong_then_the_reason_names_it(
    was: str, becomes: str, reason: str
) -> None:
    assert was in SOUND
    with pytest.raises(NoScale, match=reason):
        parse(SOUND.replace(was, becomes, 1), "x")


@pytest.mark.parametrize("number", [2, 8])
def test_scale_when_an_axis_has_too_few_or_too_many_steps_then_it_is_refused(number: int) -> None:
    steps = ", ".join(f'{{ label = "{place}" }}' for place in range(number))
    text = f'method = "product"\nlikelihood = [{steps}]\nimpact = [{steps}]\nbands = []'
    with pytest.raises(NoScale, match=f"has {number} steps; a scale has 3 to 7"):
        parse(text, "x")


def test_table_of_scores_when_read_then_bands_name_its_scores() -> None:
    text = SOUND.replace('"product"', '"table"') + "table = [[1, 2, 3], [2, 3, 9], [3, 9, 9]]\n"
    scale = parse(text, "x")
    assert [at(scale, *pair) for pair in ((1, 2), (2, 2), (3, 2))] == ["low", "moderate", "high"]
    with pytest.raises(NoScale, match="and not both"):
        parse(text.replace("[1, 2, 3]", '[1, "low", 3]'), "x")


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: text == text.strip() and text
)


@given(st.lists(WORDS, min_size=3, max_size=7), st.lists(WORDS, min_size=3, max_size=7))
def test_scale_when_its_words_are_anything_then_it_comes_back_the_same(
    likely: list[str], bad: list[str]
) -> None:
    axes = [
        tuple(
            Step(value=place, label=Text(en=word), anchor=Text(en=""))
            for place, word in enumerate(words, start=1)
        )
        for words in (likely, bad)
    ]
    scale = Scale(
        key="x", title=Text(en=likely[0]), likelihood=axes[0], impact=axes[1],
        bands=(Band(level="low", lowest=1, highest=len(likely) * len(bad)),),
    )  # fmt: skip
    assert parse(dumps(scale), "x") == scale


@given(st.text(max_size=200))
def test_scale_when_the_text_is_anything_then_it_is_a_scale_or_refused(text: str) -> None:
    with pytest.raises(NoScale):
        parse(text, "x")


@pytest.mark.parametrize("text", ["", " \n", "# only a remark"])
def test_scale_when_the_text_is_empty_then_there_is_one_reason(text: str) -> None:
    with pytest.raises(NoScale, match=r"^it is empty$"):
        parse(text, "x")


def test_scale_when_it_names_no_method_then_none_is_not_called_one() -> None:
    with pytest.raises(NoScale) as found:
        parse('title = "x"', "x")
    said = [each.reason.format(**each.parameters) for each in found.value.reasons]
    assert said[0] == "method is missing, or of the wrong sort"
    assert "None" not in str(said)


MONEY = 'dimensions = [{ key = "money", currency = "HKD", up_to = [10, 200] }]'


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ('"money"', '"health"', "“health” is no dimension; there are people, legal"),
        ('"money"', '"legal"', "dimension “legal” has amounts; only “money” has"),
        ('"HKD"', '"hkd"', "a code of three letters"),
        ('currency = "HKD", ', "", "a code of three letters"),
        (", up_to = [10, 200]", "", "there are 2 whole amounts"),
        ("[10, 200]", "[10, 200, 300]", "there are 2 whole amounts"),
        ("[10, 200]", "[10, 10]", "each larger than the one before"),
        ("[10, 200]", "[0, 10]", "there are 2 whole amounts"),
        ("[10, 200]", "[10.5, 200]", "there are 2 whole amounts"),
        ("[10, 200]", "[true, 200]", "there are 2 whole amounts"),
        ("[10, 200]", f"[10, {LARGEST + 1}]", "there are 2 whole amounts"),
        ("[10, 200]", '[10, 200], anchors = ["a"]', "anchors are one text for each step"),
        ("[10, 200]", '[10, 200], anchors = ["a", 3, "b"]', "dimensions money: anchors"),
        (" }]", ' }, { key = "money" }]', "dimension “money” is there several times"),
        ("dimensions = [", "dimensions = 3 #", "dimensions is missing, or of the wrong sort"),
    ],
)
def test_dimension_when_something_is_wrong_then_the_reason_names_it(
    was: str, becomes: str, reason: str
) -> None:
    assert was in MONEY
    with pytest.raises(NoScale, match=reason):
        parse(SOUND + MONEY.replace(was, becomes, 1), "x")


def test_dimension_when_it_has_bands_then_an_amount_falls_in_a_step() -> None:
    money = parse(SOUND + MONEY, "x").dimension("money")
    assert money is not None
    amounts = (0, 1000, 1001, 20000, 20001, 10**12)
    assert [money.step_of(Money(minor, "HKD")) for minor in amounts] == [1, 1, 2, 2, 3, 3]
    assert money.step_of(Money(1000, "USD")) is None


def test_default_scale_when_read_then_each_dimension_but_people_has_anchors_and_no_amounts() -> (
    None
):
    for scale in READY.values():
        assert all(not each.up_to for each in scale.dimensions)
    said = {each.key: each.anchors for each in READY["default_5x5"].dimensions}
    assert list(said) == ["legal", "money", "operations", "reputation"]
    assert all(len(anchors) == 5 and all(map(all, anchors)) for anchors in said.values())


@st.composite
def dimensions(draw: st.DrawFn) -> tuple[Dimension, ...]:
    """What a scale of three steps may say of its dimensions."""
    texts = st.builds(Text, en=WORDS) | st.just(Text(en=""))
    keys = draw(st.sets(st.sampled_from(DIMENSIONS)))
    ends = draw(st.lists(st.integers(1, LARGEST), min_size=2, max_size=2, unique=True))
    return tuple(
        Dimension(
            key=key,
            anchors=draw(st.just(()) | st.tuples(texts, texts, texts)),
            currency="HKD" if key == "money" else "",
            up_to=tuple(sorted(ends)) if key == "money" else (),
        )
        for key in DIMENSIONS
        if key in keys
    )


@given(dimensions())
def test_dimensions_when_written_and_read_back_then_they_are_the_same(
    said: tuple[Dimension, ...],
) -> None:
    scale = replace(READY["simple_3x3"], dimensions=said)
    assert parse(dumps(scale), "x").dimensions == said
