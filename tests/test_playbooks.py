"""The playbooks that ship: whole, in three languages, contain first, a way out for every kind of incident."""

from __future__ import annotations

import shutil
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from riskreg import catalogue
from riskreg.playbooks import playbooks
from tests.test_catalogue import SIMPLIFIED, TRADITIONAL, outside_charset, texts_in

KEYS = [
    "ransomware", "misdirected", "lost_device", "processor", "web_leak", "insider", "paper",
    "phishing", "unknown",
]  # fmt: skip
COMMON = [
    "open_timeline", "tell_management", "who_and_what", "contracts", "assess_harm", "decide",
    "send_notices", "review",
]  # fmt: skip

TEXTS = list(texts_in(playbooks()))


def keys(category: str | None, *, has_processor: bool = False) -> list[str]:
    return [each.key for each in playbooks().fitting(category, has_processor=has_processor)]


def test_playbooks_when_read_then_there_is_one_for_each_kind_that_was_asked_for() -> None:
    assert list(playbooks().playbooks) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_playbook_when_it_is_started_then_containment_comes_first_and_targets_in_order(
    key: str,
) -> None:
    steps = playbooks().playbooks[key].steps
    assert steps[0].phase == "contain"
    assert steps[0].minutes <= 30
    assert all(a.minutes <= b.minutes for a, b in pairwise(steps))
    assert len({step.key for step in steps}) == len(steps) > len(COMMON) + 3


@pytest.mark.parametrize("key", KEYS)
def test_playbook_when_it_is_started_then_it_leads_from_the_timeline_to_the_review(
    key: str,
) -> None:
    """The PCPD's five steps, each in every playbook (domain.md 2.3)."""
    steps = playbooks().playbooks[key].steps
    found = [step.key for step in steps if step.key.startswith("common.")]
    assert found == [f"common.{each}" for each in COMMON]
    assert {step.phase for step in steps} >= {"contain", "gather", "assess", "notify", "document"}
    assert steps[-1].key in ("common.review", "lost_device.found")


@pytest.mark.parametrize("key", KEYS)
def test_playbook_when_harm_is_assessed_then_evidence_was_asked_for_before(key: str) -> None:
    steps = playbooks().playbooks[key].steps
    assessed = next(place for place, step in enumerate(steps) if step.phase == "assess")
    assert any(step.wanted for step in steps[:assessed])


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("ransomware", ["ransomware"]),
        ("sent_by_mistake", ["misdirected"]),
        ("device_lost_stolen", ["lost_device"]),
        ("unintended_publication", ["web_leak"]),
        ("paper_disposal", ["paper"]),
        ("unauthorised_access", ["insider", "phishing"]),
        ("tbd", ["unknown"]),
        (None, ["unknown"]),
        ("one_that_an_organisation_added", ["unknown"]),
    ],
)
def test_fitting_when_the_kind_is_known_then_its_playbooks_else_the_one_for_the_unknown(
    category: str | None, expected: list[str]
) -> None:
    assert keys(category) == expected


def test_fitting_when_it_happened_at_a_provider_then_the_providers_playbook_comes_first() -> None:
    assert keys("ransomware", has_processor=True) == ["processor", "ransomware"]
    assert keys(None, has_processor=True) == ["processor", "unknown"]


def test_fitting_when_each_built_in_kind_is_tried_then_none_is_lost() -> None:
    kinds = catalogue.vocabulary().terms_of("incident_category").keys
    fallen = [kind for kind in kinds if keys(kind) == ["unknown"]]
    assert fallen == ["deleted_destroyed", "tbd", "other"]


def test_texts_when_they_ship_then_each_is_there_in_three_languages_and_in_its_script() -> None:
    assert len(TEXTS) > 150, "the walk no longer reaches what it should"
    assert [where for where, text in TEXTS if not all(text)] == []
    assert [(w, c) for w, t in TEXTS if (c := outside_charset(t.zh_Hant, "big5"))] == []
    assert [(w, c) for w, t in TEXTS if (c := outside_charset(t.zh_Hans, "gb2312"))] == []
    only_simple, only_full = set(SIMPLIFIED) - set(TRADITIONAL), set(TRADITIONAL) - set(SIMPLIFIED)
    assert [(w, c) for w, t in TEXTS if (c := only_simple & set(t.zh_Hant))] == []
    assert [(w, c) for w, t in TEXTS if (c := only_full & set(t.zh_Hans))] == []


def test_targets_when_shown_then_it_is_said_that_no_law_sets_them() -> None:
    notice = playbooks().notice
    assert "No law sets them" in notice.en
    assert "並非法律規定" in notice.zh_Hant
    assert "并非法律规定" in notice.zh_Hans


DAMAGE = [
    ('"unplug", phase = "contain"', '"unplug", phase = "gather"', r"ransomware: the first step does"),
    ('"unplug", phase = "contain"', '"unplug", phase = "calm"', r"step unplug: phase 'calm'"),
    ('role = "first", minutes = 15', 'role = "boss", minutes = 15', r"step unplug: role 'boss'"),
    ("minutes = 15", "minutes = 0", r"step unplug: minutes is not above 0"),
    ("minutes = 15", "minutes = 45", r"ransomware: steps are not in the order"),
    ("minutes = 30\n", "minutes = 5\n", r"ransomware: a common step comes before"),
    ('kind = "screenshot"', 'kind = "painting"', r"step keep_note: wanted: kind 'painting'"),
    ('categories = ["ransomware"]', 'categories = ["fire"]', r"ransomware: category 'fire'"),
    ('categories = ["ransomware"]', "categories = []", r"category 'ransomware' leads to no playbook"),
    ('key = "processor"', 'key = "provider"', r"playbook processor is missing"),
    ('key = "isolate"', 'key = "unplug"', r"step unplug: its key stands twice"),
    ("wanted = {", "want = {", r"common contracts: want is not known"),
    ('zh_Hans = "勒索软件"', 'zh_Hans = ""', r"ransomware: title: zh_Hans is empty"),
]  # fmt: skip


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A copy of the catalogue where a bundle has it, read afresh."""
    folder = tmp_path / "resources" / "catalogue"
    shutil.copytree(catalogue.resources_folder() / "catalogue", folder)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    playbooks.cache_clear()
    yield folder / "playbooks.toml"
    playbooks.cache_clear()


@pytest.mark.parametrize(("sound", "damaged", "complaint"), DAMAGE)
def test_file_when_it_is_damaged_then_it_is_refused_with_its_name_and_entry(
    own_file: Path, sound: str, damaged: str, complaint: str
) -> None:
    text = own_file.read_text(encoding="utf-8")
    assert sound in text
    own_file.write_text(text.replace(sound, damaged, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"playbooks\.toml: .*{complaint}"):
        playbooks()
