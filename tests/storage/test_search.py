"""Words in two scripts: accents, case, width and spaces do not matter; every text field is searched."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskreg import catalogue, register
from riskreg.records import values
from riskreg.storage import search
from riskreg.views import Register, View
from tests.builders import a_party, a_risk, an_incident, change
from tests.conftest import NOW

TEXTS = {
    "mail": "Email sent to the wrong clinic",
    "leak": "病人名單外洩，涉及約一百五十人",
    "mixed": "WhatsApp群組洩漏 HKID 號碼",
    "accent": "Société Générale, Zoë’s résumé",
    "wide": "Ｆｕｌｌ ｗｉｄｔｈ ＡＢＣ－１２３",
    "hkscs": "喺𨋢入面唔見咗個𨋢鎖匙",
    "signs": "k.chan@harbour-clinic.example +852 2345 6789 (C:\\Users\\chan)",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register with these texts; the tests that share it change nothing."""
    folder = tmp_path_factory.mktemp("search")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("RISKREG_HOME", str(folder))
        made = register.create(folder / "clinic.riskreg", name="Harbour Clinic Ltd")
        for name, text in TEXTS.items():
            a_risk(made, f"Risk {name}", cause=text)
        yield made
        made.close()


def hits(found: Register, words: str, *kinds: str) -> set[str]:
    ids = found.ids(View(kinds=kinds or ("risk",), words=words))
    return {found.record(id).title.removeprefix("Risk ") for id in ids}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("email", {"mail"}), ("EMAIL", {"mail"}), ("ema", {"mail"}), ("mail", {"mail"}), ("wrong email", {"mail"}),
        ("外洩", {"leak"}), ("洩", {"leak", "mixed"}), ("名單外洩", {"leak"}), ("單 外", {"leak"}), ("洩外", set()),
        ("外洩 病人", {"leak"}), ("外洩 email", set()), ("病", {"leak"}), ("洩漏", {"mixed"}), ("whatsapp群組", {"mixed"}),
        ("群組 hkid", {"mixed"}), ("societe", {"accent"}), ("SOCIÉTÉ", {"accent"}), ("zoe", {"accent"}), ("resume", {"accent"}),
        ("full width", {"wide"}), ("abc-123", {"wide"}), ("ＥＭＡＩＬ", {"mail"}), ("𨋢", {"hkscs"}), ("𨋢鎖匙", {"hkscs"}),
        ("harbour-clinic", {"signs"}), ("k.chan@harbour", {"signs"}), ("2345 6789", {"signs"}), ("chan", {"signs"}),
        ("nothing", set()), ("!!!", set()), ('"', set()), ("*", set()), ("email OR nothing", set()), ("NOT email", set()),
        ("cause:email", set()), ("(", set()), ("^email", {"mail"}), ("email*", {"mail"}), ("e", {"mail", "signs"}), ("   ", {*TEXTS}),
    ],
)  # fmt: skip
def test_search_when_words_are_typed_then_the_texts_that_hold_them(
    found: Register, words: str, wanted: set[str]
) -> None:
    assert hits(found, words) == wanted


def test_search_when_the_last_word_is_finished_with_a_space_then_it_is_whole(
    found: Register,
) -> None:
    assert hits(found, "ema ") == set()
    assert hits(found, "email ") == {"mail"}


def test_search_when_every_kind_of_text_holds_the_word_then_each_is_found(
    opened: Register,
) -> None:
    for number, fields in enumerate(
        (
            {"title": "needle"}, {"notes": "needle"}, {"external_ref": "needle"}, {"tags": frozenset({"needle"})},
            {"other_facts": (("needle", "x"),)}, {"other_facts": (("x", "needle"),)}, {"narrative": "needle"},
            {"location": "needle"}, {"discovered_by": "needle"},
        )
    ):  # fmt: skip
        an_incident(opened, **{"title": f"I {number}", **fields})  # type: ignore[arg-type]
    assert opened.count(View(kinds=("incident",), words="needle")) == 9
    assert opened.count(View(kinds=("incident",), words="i-2026-003")) == 1


def test_search_when_a_text_changes_or_goes_then_the_index_follows(opened: Register) -> None:
    risk = a_risk(opened, "Risk x", cause="外洩 before")
    risk = change(opened, risk, cause="after")
    assert (hits(opened, "外洩"), hits(opened, "after")) == (set(), {"x"})
    opened.undo()
    assert (hits(opened, "外洩"), hits(opened, "after")) == ({"x"}, set())
    change(opened, opened.record(risk.id), deleted_at=values.Instant.at(NOW))
    assert hits(opened, "外洩") == set()
    assert opened.count(View(kinds=("risk",), words="外洩", bin=True)) == 1
    opened.undo()
    opened.undo()
    assert hits(opened, "外洩") == set()
    assert opened.verify().ok


def test_search_when_it_is_over_all_kinds_then_all_answer(opened: Register) -> None:
    a_risk(opened, "Risk of Wong")
    a_party(opened, "Wong")
    assert opened.count(View(kinds=("risk", "party"), words="wong")) == 2


def test_search_when_an_action_is_looked_for_then_the_words_of_every_language_find_it(
    opened: Register,
) -> None:
    action = next(action for action in catalogue.policy_actions() if action.key == "C3")
    assert action.title.zh_Hant
    for words in (action.title.en, action.title.zh_Hant, "C3"):
        ids = opened.ids(View(kinds=("action",), words=words))
        assert opened.find("C3") in ids


@given(st.text(max_size=40))
def test_query_when_anything_is_typed_then_it_is_a_query_or_nothing(text: str) -> None:
    query = search.query_of(text)
    assert query == "" or query.startswith('"')
    assert query.count('"') % 2 == 0


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30))
def test_spread_when_text_is_set_apart_then_only_spaces_are_added(text: str) -> None:
    import unicodedata

    assert search.spread(text).replace(" ", "") == unicodedata.normalize("NFKC", text).replace(
        " ", ""
    )


def test_query_when_anything_is_typed_then_the_index_understands_it(found: Register) -> None:
    for words in (
        "a'b",
        'x" OR "y',
        "a;b",
        "NEAR(a b)",
        "{a b}",
        "a-b",
        "+a",
        "-a",
        "a:b",
        "\x00",
        "🗂",
        "़",
    ):
        found.ids(View(kinds=("risk",), words=words))
