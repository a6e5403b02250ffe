"""What ships as the catalogue: whole, in three languages, each in its script, as the source counts it."""

import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from riskreg import catalogue
from riskreg.records import KINDS, columns
from riskreg.records.fields import Choice, Choices, Derived
from riskreg.records.terms import Text

TRADITIONAL = "資料據數記錄冊險評風處應與為關開網絡電腦個隱條權責報類種號碼國區灣門機構員職務業發現還進時間約統設計劃訂證認識護變樣檢標單書備儲雲聯監視規從對層義療實習"
SIMPLIFIED = "资料据数记录册险评风处应与为关开网络电脑个隐条权责报类种号码国区湾门机构员职务业发现还进时间约统设计划订证认识护变样检标单书备储云联监视规从对层义疗实习"
"""Common characters in both forms, place by place; those that are the same in both are skipped."""

INCIDENT_CATEGORIES = (
    "abuse_privileges ransomware hacking_malware phishing_social_eng vulnerability_exploited "
    "unauthorised_access exfiltration wrong_subject_shown device_lost_stolen ewaste paper_disposal "
    "mail_lost_opened misconfiguration wrong_access_permissions paper_lost_stolen deleted_destroyed "
    "shown_wrong_recipient sent_by_mistake open_distribution_list technical_malfunction "
    "unauthorised_modification unintended_publication verbal_disclosure tbd other"
)
"""In the order of the EDPB draft common notification form."""

KEYS = {
    "risk_treatment": "modify retain avoid share",
    "risk_status": "open treating accepted closed",
    "level": "very_low low moderate high critical",
    "asset_status": "planned in_use retired disposed",
    "incident_status": "reported containing assessing recovering closed not_a_breach",
    "action_applies": "yes partly no",
    "action_status": "not_started planned in_progress in_place verified not_applicable",
    "step_status": "open done not_applicable",
    "count_precision": "exact approximate undeterminable to_be_determined",
    "stance": "act prepare watch",
    "source_status": "found partly_found unverified",
    "language": "en zh_Hant zh_Hans",
}
"""Keys are for ever: files hold them. A change here breaks what people have saved."""


def texts_in(value, where=""):
    """Every `Text` inside a value, with the path to it."""
    if isinstance(value, Text):
        yield where, value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item, where)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item, where)
    elif is_dataclass(value):
        name = getattr(value, "key", None) or getattr(value, "name", "")
        for part in fields(value):
            if not part.name.startswith("_"):
                yield from texts_in(getattr(value, part.name), f"{where} {name}.{part.name}")


@pytest.fixture(scope="module")
def every_text():
    shipped = (
        catalogue.vocabulary(),
        catalogue.policy_actions(),
        catalogue.categories(),
        catalogue.notice(),
        catalogue.ready_scales(),
    )
    found = list(texts_in(shipped))
    assert len(found) > 380, "the walk no longer reaches what it should"
    return found


def test_every_text_is_present_in_three_languages_and_trimmed(every_text):
    assert [where for where, text in every_text if not all(text)] == []
    assert [where for where, text in every_text if any(t != t.strip() for t in text)] == []


def outside_charset(text, charset):
    return [char for char in text if not char.encode(charset, "ignore")]


def test_traditional_chinese_holds_no_simplified_character(every_text):
    assert [(w, c) for w, t in every_text if (c := outside_charset(t.zh_Hant, "big5"))] == []
    wrong = set(SIMPLIFIED) - set(TRADITIONAL)
    assert [(w, c) for w, t in every_text if (c := wrong & set(t.zh_Hant))] == []


def test_simplified_chinese_holds_no_traditional_character(every_text):
    assert [(w, c) for w, t in every_text if (c := outside_charset(t.zh_Hans, "gb2312"))] == []
    wrong = set(TRADITIONAL) - set(SIMPLIFIED)
    assert [(w, c) for w, t in every_text if (c := wrong & set(t.zh_Hans))] == []


def test_the_pairs_of_characters_stand_place_by_place():
    assert len(TRADITIONAL) == len(SIMPLIFIED)
    assert sum(a != b for a, b in zip(TRADITIONAL, SIMPLIFIED, strict=True)) > 60


def test_chinese_quotation_marks_follow_the_place(every_text):
    assert [where for where, text in every_text if set("“”‘’") & set(text.zh_Hant)] == []
    assert [where for where, text in every_text if set("「」『』") & set(text.zh_Hans)] == []


def test_every_list_that_a_record_names_is_in_the_catalogue():
    named = set()
    for kind in KINDS.values():
        for spec in columns(kind).values():
            shown = spec.of if isinstance(spec, Derived) else spec
            if isinstance(shown, Choice | Choices):
                named.add(shown.terms)
    assert len(named) > 10
    assert named - set(catalogue.vocabulary().terms) == set()


@pytest.mark.parametrize("name", KEYS)
def test_a_list_keeps_its_keys_in_order(name):
    assert list(catalogue.vocabulary().terms_of(name).keys) == KEYS[name].split()


def test_incident_categories_are_the_25_in_the_order_of_the_form():
    assert (
        list(catalogue.vocabulary().terms_of("incident_category").keys)
        == INCIDENT_CATEGORIES.split()
    )


def test_every_choice_is_found_by_its_label_in_each_language_even_full_width_and_shouted():
    for terms in catalogue.vocabulary().terms.values():
        for term in terms.terms:
            for words in (*term.label, term.key):
                wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in words)
                assert terms.find(f"  {words.upper()} ") == term.key
                assert terms.find(wide) == term.key


def test_only_statuses_are_open_or_closed_and_then_every_row_says_which():
    for name, terms in catalogue.vocabulary().terms.items():
        says = {term.open is not None for term in terms.terms}
        is_status = name.endswith("_status") and name != "source_status"
        assert says == {is_status}, name


def test_each_status_list_has_both_an_open_and_a_closed_row():
    for name in ("risk_status", "incident_status", "asset_status", "action_status", "step_status"):
        assert {t.open for t in catalogue.vocabulary().terms_of(name).terms} == {True, False}


def test_default_scale_bands_are_those_of_the_source_without_gap_or_overlap():
    scale = catalogue.vocabulary().scale
    assert scale.problems() == ()
    assert [(band.level, band.lowest, band.highest) for band in scale.bands] == [
        ("low", 1, 4), ("moderate", 5, 9), ("high", 10, 14), ("critical", 15, 25),
    ]  # fmt: skip
    assert [band.level for band in scale.bands] == list(
        catalogue.vocabulary().terms_of("level").offered
    )


def test_default_scale_has_five_steps_on_each_axis():
    scale = catalogue.vocabulary().scale
    assert [step.value for step in scale.likelihood] == [1, 2, 3, 4, 5]
    assert [step.value for step in scale.impact] == [1, 2, 3, 4, 5]
    assert [step.label.en for step in scale.likelihood] == [
        "Rare", "Unlikely", "Possible", "Likely", "Almost certain",
    ]  # fmt: skip


def test_policy_actions_are_eighteen_in_five_categories_with_unique_codes():
    actions = catalogue.policy_actions()
    codes = [action.key for action in actions]
    assert codes == sorted(set(codes))
    assert len(codes) == 18
    assert [category.key for category in catalogue.categories()] == list("ABCDE")
    assert Counter(a.category for a in actions) == {"A": 4, "B": 4, "C": 3, "D": 4, "E": 3}
    assert all(action.key[0] == action.category for action in actions)


def test_source_status_totals_are_those_of_the_research():
    by_status = {"found": [], "partly_found": [], "unverified": []}
    for action in catalogue.policy_actions():
        by_status[action.source_status].append(action.key)
    assert by_status == {
        "found": ["A1", "B1", "B2", "B3", "C1", "C3", "D1", "D2", "D3", "D4", "E1"],
        "partly_found": ["A2", "A3", "A4", "C2"],
        "unverified": ["B4", "E2", "E3"],
    }


def test_an_action_that_was_not_found_whole_says_what_was_found():
    for action in catalogue.policy_actions():
        assert (action.source_note is None) == (action.source_status == "found"), action.key


def test_stances_are_those_of_the_research_and_watch_is_a1_d3_e3():
    stances = {action.key: action.stance for action in catalogue.policy_actions()}
    assert {key for key, stance in stances.items() if stance == "watch"} == {"A1", "D3", "E3"}
    assert {key for key, stance in stances.items() if stance == "prepare"} == {
        "A2", "A3", "C1", "D1", "D2", "D4",
    }  # fmt: skip
    noted = {action.key for action in catalogue.policy_actions() if action.stance_note}
    assert noted == {"C1", "E1", "E2"}


def test_steps_are_numbered_from_one_and_their_keys_are_unique():
    keys = []
    for action in catalogue.policy_actions():
        assert [step.number for step in action.steps] == list(range(1, len(action.steps) + 1))
        keys += [step.key for step in action.steps]
        assert all(step.key == f"{action.key}.{step.number}" for step in action.steps)
    assert len(keys) == len(set(keys)) == 66


def test_step_keys_of_an_action_mean_the_same_for_ever():
    c3 = next(action for action in catalogue.policy_actions() if action.key == "C3")
    assert [step.text.en for step in c3.steps] == [
        "Train staff when they join",
        "Train all staff every year",
        "Run a phishing test",
        "Complete the PCPD Data Security Scanner every year",
    ]


def test_every_action_rests_on_a_named_source():
    assert all(action.sources for action in catalogue.policy_actions())
    assert all(s.title for action in catalogue.policy_actions() for s in action.sources)


def test_notice_says_in_each_language_that_the_numbering_is_not_official():
    notice = catalogue.notice()
    assert "not the official one" in notice.en
    assert "並非官方編號" in notice.zh_Hant
    assert "并非官方编号" in notice.zh_Hans


def test_catalogue_is_read_once():
    assert catalogue.vocabulary() is catalogue.vocabulary()
    assert catalogue.policy_actions() is catalogue.policy_actions()


DAMAGE = [
    (
        "terms.toml",
        'zh_Hant = "勒索軟件"',
        'zh_Hant = ""',
        r"incident_category ransomware: zh_Hant",
    ),
    ("terms.toml", 'key = "ransomware", ', "", r"terms\.toml: incident_category 2: key is missing"),
    ("terms.toml", "open = false", 'open = "no"', r"terms\.toml: asset_status disposed: open"),
    ("terms.toml", 'en = "Mailbox"', 'en = "CCTV"', r"terms\.toml: asset_category: 'cctv' stands"),
    ("terms.toml", "risk_status = [", "risk_status = [[", r"terms\.toml: "),
    ("scales.toml", "lowest = 5", "lowest = 6", r"scales\.toml: bands: .*gap"),
    ("scales.toml", "value = 3", "value = 2", r"scales\.toml: likelihood: values must count"),
    ("scales.toml", '"product"', '"sum"', r"scales\.toml: method"),
    (
        "scales/nist_800_30.toml",
        '["very_low", "low", "low", "low", "moderate"]',
        '["low"]',
        "scales/nist_800_30.toml: the table has 5 rows of 5",
    ),
    ("actions.toml", 'stance = "watch"', 'stance = "wait"', r"action A1: stance 'wait'"),
    ("actions.toml", 'category = "A"', 'category = "F"', r"action A1: category 'F'"),
    ("actions.toml", '"S5", "S6"', '"S5", "S999"', r"action A1: source 'S999'"),
    ("actions.toml", "number = 2", "number = 3", r"action A1: steps must be numbered"),
    ("actions.toml", "since = 2026-11-24", "since = 2026", r"action A1: since is missing or is no"),
]


@pytest.fixture
def own_catalogue(tmp_path, monkeypatch):
    """A copy of the resources where a bundle has them, read afresh."""
    readers = (
        catalogue.vocabulary, catalogue.policy_actions, catalogue.categories, catalogue.notice,
        catalogue._read, catalogue.ready_scales,
    )  # fmt: skip
    folder = tmp_path / "resources" / "catalogue"
    shutil.copytree(catalogue.resources_folder() / "catalogue", folder)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    for reader in readers:
        reader.cache_clear()
    yield folder
    for reader in readers:
        reader.cache_clear()


def test_resources_are_found_in_a_bundle(own_catalogue):
    assert catalogue.resources_folder() == own_catalogue.parent
    assert len(catalogue.policy_actions()) == 18


def test_resources_are_found_from_any_working_directory(tmp_path):
    root = Path(catalogue.__file__).parent.parent
    code = "from riskreg.catalogue import policy_actions as p; print(len(p()))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(root)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "18"


@pytest.mark.parametrize(("name", "sound", "damaged", "complaint"), DAMAGE)
def test_damaged_catalogue_is_refused_naming_file_and_entry(
    own_catalogue, name, sound, damaged, complaint
):
    path = own_catalogue / name
    text = path.read_text(encoding="utf-8")
    assert sound in text
    path.write_text(text.replace(sound, damaged, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        catalogue.policy_actions(), catalogue.vocabulary(), catalogue.ready_scales()
