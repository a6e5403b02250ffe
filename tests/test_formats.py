"""What people read and type: every kind of value, in three languages, there and back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel.core import get_global
from hypothesis import given
from hypothesis import strategies as st

from riskreg import clock, typed_dates
from riskreg.catalogue import vocabulary
from riskreg.dates import zone_named, zone_words
from riskreg.formats import format_value, parse_value
from riskreg.i18n import LANGUAGES, translator
from riskreg.records import KINDS, columns, fields, stored
from riskreg.records.check import tidy
from riskreg.records.jsons import fact_pairs
from riskreg.records.values import Count, Instant, Money, Unfit, start_of_day
from riskreg.views import Name

WORDS = vocabulary()
HONG_KONG = "Asia/Hong_Kong"
FRIDAY = Instant(datetime(2026, 11, 20, 10, 40, tzinfo=UTC), HONG_KONG)
NOW = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)  # already the 25th in Hong Kong

LINE = fields.Line(label="Line")
PROSE = fields.Prose(label="Prose")
YES_NO = fields.YesNo(label="Yes or no")
COUNT = fields.Count(label="Count")
MONEY = fields.Money(label="Money")
DAY = fields.Day(label="Day")
INSTANT = fields.Instant(label="Instant")
MONTHS = fields.Duration(label="Duration", unit="months")
LIKELIHOOD = fields.Score(label="Score", axis="likelihood")
TAGS = fields.Tags(label="Tags")
FACTS = fields.Facts(label="Facts")
LINKS = fields.Links(label="Links", role="threatens", to="risk", back="b", back_label="B")
DATA_TYPES = fields.Choices(label="Kinds of data", terms="data_type")
RISK_STATUS = fields.Choice(label="Status", terms="risk_status")


def shown(kind, value, language="en", names=None):
    return format_value(kind, value, translator(language), WORDS, names or {})


def read(kind, text, language="en", zone=HONG_KONG):
    return parse_value(kind, text, translator(language), WORDS, zone)


# Writing


@pytest.mark.parametrize(
    ("kind", "value", "english", "hong_kong", "mainland"),
    [
        (INSTANT, FRIDAY, "Fri 20 Nov 2026, 18:40 (Hong Kong)",
         "2026年11月20日（五）18:40（香港）", "2026年11月20日（五）18:40（香港）"),
        (INSTANT, Instant(datetime(2026, 6, 30, 23, 5, 9, tzinfo=UTC), "Europe/London", "second"),
         "Wed 1 Jul 2026, 00:05:09 (London)", "2026年7月1日（三）00:05:09（倫敦）",
         "2026年7月1日（三）00:05:09（伦敦）"),
        (INSTANT, Instant(start_of_day(date(2026, 11, 20), "America/New_York"),
                          "America/New_York", "day"),
         "20 Nov 2026 (New York)", "2026年11月20日（紐約）", "2026年11月20日（纽约）"),
        (INSTANT, Instant(start_of_day(date(2026, 9, 1), HONG_KONG), HONG_KONG, "month"),
         "Sept 2026 (Hong Kong)", "2026年9月（香港）", "2026年9月（香港）"),
        (DAY, date(2026, 3, 1), "1 Mar 2026", "2026年3月1日", "2026年3月1日"),
        (COUNT, Count(1500), "1,500", "1,500", "1,500"),
        (COUNT, Count(150, "approximate"), "about 150", "約 150", "约 150"),
        (COUNT, Count(None, "undeterminable"), "cannot be determined", "無法確定", "无法确定"),
        (COUNT, Count(None, "to_be_determined"), "to be determined", "有待確定", "待确定"),
        (YES_NO, False, "No", "否", "否"),
        (MONEY, Money(-1800050, "HKD"), *["HKD -18,000.50"] * 3),
        (MONTHS, 1, "1 month", "1 個月", "1 个月"),
        (MONTHS, 12, "12 months", "12 個月", "12 个月"),
        (LIKELIHOOD, 4, "4 Likely", "4 很可能", "4 很可能"),
        (fields.Score(label="S", axis="score"), 20, "20", "20", "20"),
        (RISK_STATUS, "treating", "Being treated", "處理中", "处理中"),
        (RISK_STATUS, "a_key_that_was_removed", *["a_key_that_was_removed"] * 3),
        (DATA_TYPES, frozenset({"health", "basic"}),
         "Basic identity (name, date of birth), Health",
         "基本身分資料（姓名、出生日期）、健康", "基本身份信息（姓名、出生日期）、健康信息"),
        (TAGS, frozenset({"b", "a", "c, d"}), 'a, b, "c, d"', 'a、b、"c, d"', 'a、b、"c, d"'),
        (FACTS, (("A", "1"), ("B", "2")), *["A: 1\nB: 2"] * 3),
    ],
)  # fmt: skip
def test_format_value_in_three_languages_reads_as_an_office_writes_it(
    kind, value, english, hong_kong, mainland
):
    assert [shown(kind, value, language) for language in LANGUAGES] == [
        english,
        hong_kong,
        mainland,
    ]


def test_format_value_when_linked_records_have_names_gives_ref_and_title():
    names = {
        9: Name("risk", "R-0010", "Mail sent to the wrong person"),
        4: Name("risk", "R-0007", "Lost laptop", is_deleted=True),
    }
    linked = frozenset({9, 4})
    assert (
        shown(LINKS, linked, names=names)
        == "R-0007 Lost laptop (in the bin); R-0010 Mail sent to the wrong person"
    )
    assert shown(LINKS, linked, "zh_Hant", {9: names[9]}) == (
        "R-0010 Mail sent to the wrong person；#4"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_format_value_when_a_field_of_any_kind_is_empty_shows_nothing(language):
    for kind in KINDS.values():
        for what in columns(kind).values():
            empty = fields.empty(what)
            assert shown(what, empty, language) == ""
            if not isinstance(what, fields.Links):
                assert read(what, " \n", language) == empty


def test_zone_words_of_any_zone_can_be_read_back_in_its_language():
    """Two zones with one city (Istanbul in Asia and Europe) must not become one."""
    zones = {*get_global("zone_territories"), "Asia/Istanbul", "Asia/Calcutta", "UTC", "Etc/GMT-8"}
    for language in LANGUAGES:
        t = translator(language)
        assert {zone: zone_named(zone_words(zone, t), t) for zone in zones} == {
            zone: zone for zone in zones
        }


# There and back

TEXT = st.text(
    st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30
)
INSTANTS = st.builds(
    lambda moment, zone, precision: Instant.parse(
        str(Instant(moment, zone, precision))
    ),
    st.integers(31 * 86_400, 7_200_000_000).map(
        lambda seconds: datetime.fromtimestamp(seconds, UTC)
    ),
    st.sampled_from(
        [HONG_KONG, "Europe/London", "America/New_York", "Asia/Kolkata", "Europe/Istanbul",
         "America/Argentina/Buenos_Aires", "Australia/Lord_Howe", "UTC"]
    ),
    st.sampled_from(["month", "day", "minute", "second"]),
)  # fmt: skip


def values_for(kind):
    """Any value that a field of this kind can hold, as it is stored."""
    match kind:
        case fields.Line() | fields.Prose():
            return TEXT.map(lambda text: tidy(kind, text))
        case fields.Choice():
            return st.sampled_from(WORDS.terms_of(kind.terms).keys)
        case fields.Choices():
            return st.frozensets(st.sampled_from(WORDS.terms_of(kind.terms).keys), min_size=1)
        case fields.YesNo():
            return st.booleans()
        case fields.Count():
            numbers = st.integers(0, 10**15)
            return st.one_of(
                numbers.map(Count),
                numbers.map(lambda number: Count(number, "approximate")),
                st.sampled_from([Count(None, "undeterminable"), Count(None, "to_be_determined")]),
            )
        case fields.Money():
            return st.builds(
                Money, st.integers(-(10**14), 10**14), st.sampled_from(["HKD", "USD", "CNY"])
            )
        case fields.Day():
            return st.dates()
        case fields.Instant():
            return INSTANTS
        case fields.Duration():
            return st.integers(0, 10_000)
        case fields.Score():
            return st.integers(1, 25 if kind.axis == "score" else 5)
        case fields.Tags():
            return st.frozensets(TEXT, max_size=4).map(lambda tags: tidy(kind, tags))
        case fields.Derived():
            return values_for(kind.of)


FIELDS = [
    what
    for kind in KINDS.values()
    for what in stored(kind).values()
    if not isinstance(what, fields.Links | fields.Facts)
] + [MONEY, *[fields.Duration(label="D", unit=unit) for unit in ("hours", "days")]]


@given(st.data(), st.sampled_from(FIELDS), st.sampled_from(LANGUAGES))
def test_parse_value_of_what_format_value_wrote_gives_the_value(data, kind, language):
    value = data.draw(values_for(kind))
    if isinstance(kind, fields.Prose) and not value.strip():
        value = ""  # blank prose reads as empty
    assert read(kind, shown(kind, value, language), language) == value


@given(INSTANTS, st.sampled_from(LANGUAGES))
def test_parse_value_of_an_instant_gives_its_zone_and_precision_back(value, language):
    assert read(INSTANT, shown(INSTANT, value, language), language) == value


@given(st.frozensets(TEXT, max_size=4).map(lambda tags: tidy(TAGS, tags)))
def test_parse_value_of_tags_with_commas_and_quotation_marks_gives_them_back(tags):
    assert read(TAGS, shown(TAGS, tags)) == tags


def test_parse_value_of_facts_on_lines_gives_pairs():
    facts = fact_pairs([("Date", "1/2"), ("Note", "two\nlines")])
    assert read(FACTS, shown(FACTS, facts)) == facts
    with pytest.raises(Unfit):
        read(FACTS, "no name here")


@given(INSTANTS)
def test_parse_value_of_the_language_free_text_gives_the_instant(value):
    assert read(INSTANT, str(value)) == value


# What people type


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("150", Count(150)),
        ("１５０", Count(150)),
        ("1,500", Count(1500)),
        ("~150", Count(150, "approximate")),
        ("About 1,500", Count(1500, "approximate")),
        ("約150", Count(150, "approximate")),
        ("?", Count(None, "undeterminable")),
        ("TBD", Count(None, "to_be_determined")),
        ("待确定", Count(None, "to_be_determined")),
        ("Cannot be determined", Count(None, "undeterminable")),
    ],
)
def test_parse_value_of_a_count_reads_what_people_type(text, expected):
    assert read(COUNT, text) == expected


@pytest.mark.parametrize("text", ["1,5", "1.5", "-3", "many", "150-200", "1,50,000", "exact"])
def test_parse_value_of_a_count_when_it_is_not_one_number_refuses(text):
    with pytest.raises(Unfit):
        read(COUNT, text)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2026-11-20", "en", date(2026, 11, 20)),
        ("2026/1/5", "zh_Hans", date(2026, 1, 5)),
        ("20 Nov 2026", "zh_Hant", date(2026, 11, 20)),
        ("20 november 2026", "en", date(2026, 11, 20)),
        ("20-Nov-2026", "en", date(2026, 11, 20)),
        ("1st Sept. 2026", "en", date(2026, 9, 1)),
        ("November 20, 2026", "en", date(2026, 11, 20)),
        ("Fri 20 Nov 2026", "en", date(2026, 11, 20)),
        ("5/11/2026", "en", date(2026, 11, 5)),
        ("05-11-2026", "zh_Hant", date(2026, 11, 5)),
        ("20/11/2026", "zh_Hans", date(2026, 11, 20)),
        ("11/11/2026", "zh_Hans", date(2026, 11, 11)),
        ("2026年11月20號", "zh_Hant", date(2026, 11, 20)),
        ("2026年11月20日（星期五）", "zh_Hans", date(2026, 11, 20)),
        ("２０２６年１１月２０日", "zh_Hant", date(2026, 11, 20)),
        ("today", "en", date(2026, 11, 25)),
        ("Yesterday", "en", date(2026, 11, 24)),
        ("昨日", "en", date(2026, 11, 24)),
        ("昨天", "zh_Hans", date(2026, 11, 24)),
    ],
)
def test_parse_value_of_a_day_reads_what_people_type(text, language, expected):
    with clock.fixed(NOW):
        assert read(DAY, text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("05/11/2026", "zh_Hans"),  # the fifth of November, or the eleventh of May?
        ("11/20/2026", "en"),
        ("31/06/2026", "en"),
        ("20/11/26", "en"),
        ("Nov 2026", "en"),
        ("Thu 20 Nov 2026", "en"),
        ("2026年11月20日（四）", "zh_Hant"),
        ("20 Nov", "en"),
        ("20 Brumaire 2026", "en"),
        ("soon", "en"),
        ("2026-11-20 18:40", "en"),
    ],
)
def test_parse_value_of_a_day_when_it_is_none_or_could_be_two_refuses(text, language):
    with clock.fixed(NOW), pytest.raises(Unfit):
        read(DAY, text, language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:30", "2026-11-24T14:30+08:00[Asia/Hong_Kong]"),
        ("2:30 pm", "2026-11-24T14:30+08:00[Asia/Hong_Kong]"),
        ("12 am", "2026-11-25T00:00+08:00[Asia/Hong_Kong]"),
        ("下午2時30分", "2026-11-24T14:30+08:00[Asia/Hong_Kong]"),
        ("0:30", "2026-11-25T00:30+08:00[Asia/Hong_Kong]"),
        ("0:31", "2026-11-24T00:31+08:00[Asia/Hong_Kong]"),
        ("today 14:30", "2026-11-25T14:30+08:00[Asia/Hong_Kong]"),
        ("yesterday 6pm", "2026-11-24T18:00+08:00[Asia/Hong_Kong]"),
        ("昨天晚上9点30分", "2026-11-24T21:30+08:00[Asia/Hong_Kong]"),
        ("昨日凌晨12時", "2026-11-24T00:00+08:00[Asia/Hong_Kong]"),
        ("昨日下午6時", "2026-11-24T18:00+08:00[Asia/Hong_Kong]"),
        ("now", "2026-11-25T00:30+08:00[Asia/Hong_Kong]"),
        ("yesterday 18:00", "2026-11-24T18:00+08:00[Asia/Hong_Kong]"),
        ("18:00 yesterday", "2026-11-24T18:00+08:00[Asia/Hong_Kong]"),
        ("昨天18:00", "2026-11-24T18:00+08:00[Asia/Hong_Kong]"),
        ("2026-11-20 18:40", "2026-11-20T18:40+08:00[Asia/Hong_Kong]"),
        ("2026-11-20T18:40:05Z", "2026-11-21T02:40:05+08:00[Asia/Hong_Kong]"),
        ("20 Nov 2026, 18:40", "2026-11-20T18:40+08:00[Asia/Hong_Kong]"),
        ("Fri 20 Nov 2026 6:40pm (London)", "2026-11-20T18:40+00:00[Europe/London]"),
        ("20/11/2026 18:40", "2026-11-20T18:40+08:00[Asia/Hong_Kong]"),
        ("2026年11月20日 18：40（倫敦）", "2026-11-20T18:40+00:00[Europe/London]"),
        ("20 Nov 2026 18:40 (europe/london)", "2026-11-20T18:40+00:00[Europe/London]"),
        ("20 Nov 2026", "2026-11-20[Asia/Hong_Kong]"),
        ("2026-11", "2026-11[Asia/Hong_Kong]"),
        ("Nov 2026", "2026-11[Asia/Hong_Kong]"),
        ("11/2026", "2026-11[Asia/Hong_Kong]"),
    ],
)
def test_parse_value_of_an_instant_reads_what_people_type(text, expected):
    with clock.fixed(NOW):
        assert str(read(INSTANT, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "25:00",
        "13 pm",
        "18",
        "Nov 2026 18:40",
        "20 Nov 2026 18:40 (Atlantis)",
        "20 Nov 2026 18:40:00.5",
        "20 Nov 2026 18:40 and later",
        "2026-11-20 18:40 19:40",
    ],
)
def test_parse_value_of_an_instant_when_it_is_none_refuses(text):
    with clock.fixed(NOW), pytest.raises(Unfit):
        read(INSTANT, text)


def test_parse_value_of_an_hour_that_happened_twice_asks_for_the_offset():
    with pytest.raises(Unfit) as refused:
        read(INSTANT, "25 Oct 2026, 01:30 (London)")
    assert "happened twice" in str(refused.value)
    earlier = read(INSTANT, "25 Oct 2026, 01:30 UTC+01:00 (London)")
    later = read(INSTANT, "25 Oct 2026, 01:30 UTC+00:00 (London)")
    assert later.utc - earlier.utc == timedelta(hours=1)


@pytest.mark.parametrize(
    ("text", "zone", "moments"),
    [
        ("25 Oct 2026, 01:30", "Europe/London", ["2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00"]),
        ("2026-03-29 01:30", "Europe/London", ["2026-03-29T00:30+00:00", "2026-03-29T02:30+01:00"]),
        ("Nov 1 2026 1:15 am (New York)", "Asia/Hong_Kong",
         ["2026-11-01T01:15-04:00", "2026-11-01T01:15-05:00"]),
        ("5 Apr 2026 01:45", "Australia/Lord_Howe", ["2026-04-05T01:45+11:00", "2026-04-05T01:45+10:30"]),
        ("2026-10-25 01:30+01:00", "Europe/London", []),
        ("2026-10-25 02:30", "Europe/London", []),
        ("2026-10-25", "Europe/London", []),
        ("2026-11-20 18:40", "Asia/Hong_Kong", []),
        ("25:00", "Asia/Hong_Kong", []),
        ("2026-13-41 10:00", "Asia/Hong_Kong", []),
        ("0001-01-01 00:00", "Asia/Hong_Kong", []),
        ("9999-12-31 23:59", "America/New_York", []),
        ("soon", "Europe/London", []),
        ("now", "Europe/London", []),
    ],
)  # fmt: skip
def test_meanings_of_a_local_time_that_came_twice_or_never_are_the_two_moments(text, zone, moments):
    found = typed_dates.meanings(text, translator("en"), zone)
    assert [str(each).partition("[")[0] for each in found] == moments
    assert list(found) == sorted(found, key=lambda each: each.utc)


@pytest.mark.parametrize(
    ("now", "stated"),
    [
        ("2026-10-24T23:15:00+00:00", "2026-10-24T01:30+01:00[Europe/London]"),
        ("2026-10-25T05:00:00+00:00", None),
        ("2026-03-29T00:15:00+00:00", "2026-03-28T01:30+00:00[Europe/London]"),
    ],
    ids=["before the first of the two", "after both", "before the gap"],
)
def test_time_alone_on_a_day_on_which_clocks_change_is_the_last_one_or_asked(now, stated):
    with clock.fixed(datetime.fromisoformat(now)):
        if stated is None:
            assert len(typed_dates.meanings("01:30", translator("en"), "Europe/London")) == 2
        else:
            found = typed_dates.read_instant("01:30", translator("en"), "Europe/London")
            assert str(found) == stated


@pytest.mark.parametrize("text", ["Likely", "4", "4 likely", "很可能", " 4　很可能"])
def test_parse_value_of_a_step_reads_number_and_label(text):
    assert read(LIKELIHOOD, text, "zh_Hans") == 4


@pytest.mark.parametrize(
    "text",
    [
        "basic, health",
        "Health; Basic identity (name, date of birth)",
        "基本身分資料（姓名、出生日期）、健康",
        "health\nBASIC",
    ],
)
def test_parse_value_of_choices_reads_keys_and_labels_that_hold_commas(text):
    assert read(DATA_TYPES, text) == {"basic", "health"}


@pytest.mark.parametrize("kind", [RISK_STATUS, DATA_TYPES])
def test_parse_value_of_a_choice_that_is_not_in_the_list_refuses(kind):
    with pytest.raises(Unfit) as refused:
        read(kind, "no such thing")
    assert refused.value.parameters == {"value": "no such thing"}


@pytest.mark.parametrize(
    ("text", "expected"), [("yes", True), ("是", True), ("N", False), ("沒有", False), ("1", True)]
)
def test_parse_value_of_yes_or_no_reads_it_in_any_language(text, expected):
    assert read(YES_NO, text, "zh_Hans") is expected


@pytest.mark.parametrize("text", ["12", "12 months", "12個月", "12 个月"])
def test_parse_value_of_a_duration_reads_number_and_unit(text):
    assert read(MONTHS, text) == 12


@pytest.mark.parametrize("text", ["12 hours", "a year", "1,2", "-1"])
def test_parse_value_of_a_duration_in_another_unit_refuses(text):
    with pytest.raises(Unfit):
        read(MONTHS, text)


def test_parse_value_of_links_refuses_since_they_are_chosen():
    with pytest.raises(Unfit):
        read(LINKS, "R-0007")
