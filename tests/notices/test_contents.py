"""Notices prepared from an incident: every rule of the catalogue in every language."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from riskreg import notices, regimes_catalogue
from riskreg.cases import case_of
from riskreg.i18n import LANGUAGES, Language, translator
from riskreg.notices.items import ITEMS
from riskreg.notices.pcpd import PARTS
from riskreg.notices.prepared import AS_TYPED
from riskreg.notices.saying import teller
from riskreg.notices.sentences import people_not_told, ransom, telling_people
from riskreg.records.values import Count
from riskreg.starting_playbook import fitting
from tests.notices.cases_told import add, at, empty_case, full_case, opened_in, rule

NOW = datetime(2026, 11, 22, 10, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    made = opened_in(tmp_path_factory.mktemp("notices"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def full(store):
    return full_case(store)


@pytest.fixture(scope="module")
def empty(store):
    return empty_case(store)


def test_items_when_compared_with_the_catalogue_then_every_content_has_a_writer() -> None:
    assert set(regimes_catalogue.contents()) == {*ITEMS, *PARTS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_contents_when_all_is_known_then_every_item_of_every_rule_says_something(
    store, full, language: Language
) -> None:
    for each in regimes_catalogue.rules():
        found = notices.contents(full, each, language, store, now=NOW)
        assert found.heading, each.key
        assert found.items, each.key
        assert found.language == language
        may_be_open = {"delay_reason"}  # of a clock that still waits for its trigger
        assert {item.key for item in notices.missing(found)} <= may_be_open, each.key
        assert all("{" not in item.text for item in found.items), each.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_contents_when_only_the_title_is_known_then_what_every_rule_lacks_is_named(
    store, empty, language: Language
) -> None:
    for each in regimes_catalogue.rules():
        found = notices.contents(empty, each, language, store, now=NOW)
        lacking = notices.missing(found)
        assert lacking, each.key
        assert all(item.label for item in lacking)
        assert all(item.text == "" or item.lacks for item in lacking), each.key


def test_contents_when_what_starts_the_clock_is_unknown_then_its_field_is_named(
    store, empty
) -> None:
    for key, field in (("eu_authority", "aware_at"), ("sg_authority", "notifiable_at")):
        found = notices.contents(empty, rule(key), "en", store, now=NOW)
        (item,) = (each for each in found.items if each.key == "delay_reason")
        assert item.sources == (field,)


@pytest.mark.parametrize(("phase", "begins"), [("", "We write to tell you"), ("further", "We write again"), ("final", "This is our final"), ("withdrawn", "We withdraw")])  # fmt: skip
def test_paper_when_of_a_phase_then_it_begins_so(store, full, phase: str, begins: str) -> None:
    made = notices.paper(full, rule("eu_authority"), "notice", "en", store, now=NOW, phase=phase)
    assert made.before[0].startswith(begins)
    facts = dict(made.facts)
    assert facts["Under"].startswith("Regulation (EU) 2016/679")
    assert facts["Phase"] == {
        "": "First notice", "further": "Further notice", "final": "Final report", "withdrawn": "Withdrawal",
    }[phase]  # fmt: skip


def test_paper_when_unverified_or_only_recommended_then_it_names_no_law(store, full) -> None:
    for key in ("vn_authority", "hk_pcpd", "contract_customer"):
        made = notices.paper(full, rule(key), "notice", "en", store, now=NOW)
        assert "Under" not in dict(made.facts)


def test_paper_when_we_process_for_others_then_it_is_addressed_to_them(tmp_path: Path) -> None:
    store = opened_in(tmp_path)
    customer = add(store, "party", title="Big Retail Ltd")
    case = full_case(store, our_role="processor", partners=frozenset({customer}))
    for key in ("eu_processor", "contract_customer"):
        made = notices.paper(case, rule(key), "notice", "en", store, now=NOW)
        assert dict(made.facts)["To"] == "Big Retail Ltd"
    store.close()


def test_contents_when_a_number_is_to_be_determined_then_it_is_missing_and_the_rest_is_said(
    tmp_path: Path,
) -> None:
    store = opened_in(tmp_path)
    case = full_case(store, people_count=Count(None, "to_be_determined"))
    found = notices.contents(case, rule("eu_authority"), "en", store, now=NOW)
    item = next(each for each in found.items if each.key == "people_and_number")
    assert item.is_missing
    assert "Employees" in item.text
    assert item.lacks == ("People affected",)
    assert item.sources == ("people_count",)
    store.close()


def test_contents_when_the_form_of_the_pcpd_then_its_four_parts_in_order(store, full) -> None:
    found = notices.contents(full, rule("hk_pcpd"), "en", store, now=NOW)
    parts = list(dict.fromkeys(each.part for each in found.items))
    assert [part[:6] for part in parts] == ["Part 1", "Part 2", "Part 3", "Part 4"]
    assert found.heading == "Answers for the PCPD form"
    assert any("was not seen" in note for note in found.notes)
    said = {each.key: each.text for each in found.items}
    assert said["pcpd_contact.email"] == "dpo@clinic.example"
    assert said["pcpd_particulars.provider"] == "Yes: PayCo Ltd"
    assert "Sat 21 Nov 2026, 09:00 (Hong Kong)" in said["pcpd_assessment.others"]


def test_contents_when_late_and_nobody_said_why_then_the_reason_is_missing(store, full) -> None:
    late = datetime(2026, 11, 30, tzinfo=UTC)
    found = notices.contents(full, rule("eu_authority"), "en", store, now=late)
    assert "delay_reason" in {each.key for each in notices.missing(found)}
    in_time = notices.contents(full, rule("eu_authority"), "en", store, now=NOW)
    assert "delay_reason" not in {each.key for each in notices.missing(in_time)}


def test_paper_when_late_and_the_reason_is_given_then_it_stands_in_it(store, full) -> None:
    late = datetime(2026, 11, 30, tzinfo=UTC)
    made = notices.paper(
        full, rule("eu_authority"), "notice", "en", store, now=late, late_reason="We looked for the list."
    )  # fmt: skip
    assert "We looked for the list." in made.text
    assert "delay_reason" not in {each.key for each in notices.missing(made.prepared)}


def test_contents_when_waived_and_overdue_then_it_does_not_say_that_it_is_not_late(
    tmp_path: Path,
) -> None:
    store = opened_in(tmp_path)
    id = full_case(store).incident.id
    add(
        store, "decision", title="No", answer="no", reason="No risk", decided_by="K. Chan",
        decided_at=at("2026-11-21T12:00"), rule_key="eu_authority", regime="gdpr",
        recipient="authority", incident=frozenset({id}),
    )  # fmt: skip
    for day, is_lacking in ((22, False), (30, True)):
        now = datetime(2026, 11, day, tzinfo=UTC)
        found = notices.contents(case_of(store, id), rule("eu_authority"), "en", store, now=now)
        lacks = {each.key for each in notices.missing(found)}
        assert ("delay_reason" in lacks) is is_lacking
    store.close()


def test_ransom_when_an_own_kind_counts_as_ransomware_then_it_does_not_say_there_is_none(
    tmp_path: Path,
) -> None:
    store = opened_in(tmp_path)
    add(
        store, "terms", title="Locked", list_name="incident_category", key="locked",
        same_as="ransomware",
    )  # fmt: skip
    case = full_case(store, category="locked")
    by = teller(case, rule("cn_authority"), translator("en"), store, NOW)
    assert ransom(by) == ""
    assert [each.key for each in fitting(case)][-1] == "ransomware"
    store.close()


def test_people_told_when_only_decided_under_another_law_then_that_law_is_named(
    tmp_path: Path,
) -> None:
    store = opened_in(tmp_path)
    id = full_case(store).incident.id
    found = notices.contents(case_of(store, id), rule("hk_pcpd"), "en", store, now=NOW)
    here = next(each.text for each in found.items if "They will be told" in each.text)
    by = teller(case_of(store, id), rule("eu_authority"), translator("en"), store, NOW)
    told = telling_people(by)
    assert told.endswith(": They will be told as soon as practicable.")
    assert told not in here
    add(
        store, "decision", title="No", answer="no", reason="No high risk", decided_by="K. Chan",
        decided_at=at("2026-11-21T12:00"), rule_key="eu_people", regime="gdpr",
        recipient="individuals", incident=frozenset({id}),
    )  # fmt: skip
    by = teller(case_of(store, id), rule("eu_authority"), translator("en"), store, NOW)
    assert telling_people(by) == "They are not told; the grounds stand below."
    assert people_not_told(by) == "No high risk"
    store.close()


def test_send_when_a_further_notice_goes_out_then_the_earlier_one_waits_for_nothing(
    tmp_path: Path,
) -> None:
    store = opened_in(tmp_path)
    case = full_case(store)
    ids = {
        key: add(
            store, "notice", title=key, incident=frozenset({case.incident.id}), rule_key=key,
            sent_at=at("2026-11-21T13:00"), next_due_at=at("2026-11-25T13:00"), phase="first",
        )
        for key in ("hk_pcpd", "hk_people")
    }  # fmt: skip
    made = notices.prepare(case, rule("hk_pcpd"), "further", "en", "M. Lam", at("2026-11-24T13:00"))
    id = store.apply(made).new[-1]
    others = case_of(store, case.incident.id).notices
    when, again = at("2026-11-24T15:00"), at("2026-12-01T15:00")
    store.apply(
        notices.send(
            store.record(id), "Text", when, "M. Lam", "letter", next_due_at=again, others=others
        )
    )
    assert store.record(ids["hk_pcpd"]).next_due_at is None
    assert store.record(ids["hk_people"]).next_due_at is not None
    assert store.record(id).next_due_at == again
    store.close()


def test_contents_when_a_rule_is_unverified_then_a_note_says_so(store, full) -> None:
    found = notices.contents(full, rule("vn_authority"), "en", store, now=NOW)
    assert any(note.startswith("Unverified") for note in found.notes)


def test_contents_when_hong_kong_then_no_word_of_a_duty(store, full) -> None:
    for key in ("hk_pcpd", "hk_people"):
        found = notices.contents(full, rule(key), "en", store, now=NOW)
        text = notices.plain_text(found) + " ".join(found.notes)
        assert "required by law" not in text
        assert "must notify" not in text


def test_send_when_it_went_out_then_text_and_digest_are_kept_and_nothing_else_follows(
    tmp_path: Path,
) -> None:
    import hashlib

    from riskreg.errors import Expected

    store = opened_in(tmp_path)
    case = full_case(store)
    made = notices.prepare(case, rule("hk_people"), "first", "en", "M. Lam", at("2026-11-21T13:00"))
    id = store.apply(made).new[-1]
    store.apply(notices.approve(store.record(id), "K. Chan", at("2026-11-21T14:00")))
    prepared = notices.contents(case, rule("hk_people"), "en", store, now=NOW)
    text = notices.plain_text(prepared)
    sent = notices.send(store.record(id), text, at("2026-11-21T15:00"), "M. Lam", "letter")
    store.apply(sent)
    kept = store.record(id)
    assert kept.text == text
    assert kept.text_sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert kept.decision == frozenset({case.decisions[0].id})
    for again in (
        lambda: notices.send(kept, "other", at("2026-11-21T16:00"), "M. Lam", "letter"),
        lambda: notices.approve(kept, "K. Chan", at("2026-11-21T16:00")),
    ):
        with pytest.raises(Expected, match="sent") as raised:
            again()
        assert raised.value.id == "notice_sent"
    store.apply(notices.follow(kept, {"receipt": "PCPD-77"}))
    assert store.record(id).receipt == "PCPD-77"
    store.close()


def test_prepare_when_nobody_is_named_then_it_is_refused(store, full) -> None:
    from riskreg.errors import Expected

    with pytest.raises(Expected) as raised:
        notices.prepare(full, rule("hk_people"), "first", "en", "  ", at("2026-11-21T13:00"))
    assert raised.value.id == "notice_by_nobody"


def test_others_told_when_a_notice_to_an_authority_was_sent_then_it_is_named(
    tmp_path: Path,
) -> None:
    store = opened_in(tmp_path)
    case = full_case(store, police_ref="", police_at=None)
    add(
        store, "notice", title="n", incident=frozenset({case.incident.id}), recipient="authority",
        addressee="PDPC", sent_at=at("2026-11-22T09:00"), rule_key="sg_authority", phase="first",
    )  # fmt: skip
    found = notices.contents(
        case_of(store, case.incident.id), rule("hk_people"), "en", store, now=NOW
    )
    said = {each.key: each.text for each in found.items}
    assert said["others_told"] == "PDPC: Sun 22 Nov 2026, 09:00 (Hong Kong)"
    store.close()


def test_paper_when_to_an_insurer_or_by_an_own_rule_then_it_is_addressed_to_whom_it_tells(
    tmp_path: Path,
) -> None:
    store = opened_in(tmp_path)
    customer, insurer = (
        add(store, "party", title=name) for name in ("Big Retail", "Safe Insurance")
    )
    case = full_case(store, partners=frozenset({customer, insurer}))
    made = notices.paper(case, rule("contract_insurer"), "notice", "en", store, now=NOW)
    assert dict(made.facts)["To"] == "The insurer"
    add(
        store, "own_rule", title="Tell our insurer", pattern="contract_insurer", in_use=True,
        party=frozenset({insurer}), amount=Count(24), unit="hours", trigger="aware",
    )  # fmt: skip
    case = case_of(store, case.incident.id)
    own = next(each for each in case.rules if each.key.startswith("own."))
    made = notices.paper(case, own, "notice", "en", store, now=NOW)
    assert dict(made.facts)["To"] == "Safe Insurance"
    store.close()


def test_others_told_when_a_customer_was_told_then_only_the_authority_reads_it(
    tmp_path: Path,
) -> None:
    store = opened_in(tmp_path)
    case = full_case(store)
    own = {"incident": frozenset({case.incident.id}), "sent_at": at("2026-11-22T09:00")}
    add(store, "notice", title="c", recipient="other", addressee="Big Retail", rule_key="contract_customer", **own)  # fmt: skip
    add(store, "notice", title="p", recipient="authority", addressee="PCPD", rule_key="hk_pcpd", **own)  # fmt: skip
    case = case_of(store, case.incident.id)
    letter = notices.paper(case, rule("hk_people"), "letter", "en", store, now=NOW).text
    assert "PCPD: Sun 22 Nov" in letter
    assert "Big Retail" not in letter
    form = notices.contents(case, rule("hk_pcpd"), "en", store, now=NOW)
    (others,) = (each for each in form.items if each.key == "pcpd_assessment.others")
    assert "Big Retail" in others.text
    assert "PCPD" not in others.text
    store.close()


def test_form_when_telling_people_waits_to_be_decided_then_it_says_not_yet(tmp_path: Path) -> None:
    store = opened_in(tmp_path)
    case = empty_case(store)
    add(
        store, "decision", title="Wait", answer="not_yet", reason="Ask the provider", decided_by="K. Chan",
        decided_at=at("2026-11-21T12:00"), decide_again_at=at("2026-11-23T10:00"), rule_key="hk_people",
        regime="hk_pdpo", recipient="individuals", incident=frozenset({case.incident.id}),
    )  # fmt: skip
    form = notices.contents(case_of(store, case.incident.id), rule("hk_pcpd"), "en", store, now=NOW)
    said = {each.key: each.text for each in form.items}
    assert said["pcpd_assessment.notified"] == "Not yet."
    assert "Mon 23 Nov 2026, 10:00" in said["pcpd_assessment.grounds"]
    store.close()


def test_people_told_when_a_letter_is_planned_and_then_decided_against_then_it_is_not_announced(
    tmp_path: Path,
) -> None:
    store = opened_in(tmp_path)
    id = empty_case(store).incident.id
    people = {"rule_key": "hk_people", "regime": "hk_pdpo", "recipient": "individuals"}
    of = {**people, "incident": frozenset({id})}
    add(store, "notice", title="Letter", planned_at=at("2026-11-24T09:00"), **of)

    def told(key: str) -> str:
        by = teller(case_of(store, id), rule(key), translator("en"), store, NOW)
        return telling_people(by)

    assert told("hk_pcpd").startswith("They are to be told on Tue 24 Nov 2026")
    assert "Hong Kong, PDPO" in told("eu_authority")
    add(
        store, "decision", title="No", answer="no", reason="Found again", decided_by="K. Chan",
        decided_at=at("2026-11-21T12:00"), **of,
    )  # fmt: skip
    assert told("hk_pcpd") == "They are not told; the grounds stand below."
    store.close()


def test_contents_when_in_another_language_then_a_note_says_what_is_typed_stays(
    store, full
) -> None:
    said = "What was typed into the record stands as it was typed"
    for language, is_noted in (("en", False), ("zh_Hant", True)):
        found = notices.contents(full, rule("hk_people"), language, store, now=NOW)
        t = translator(language)
        noted = [note for note in found.notes if note == t.gettext(AS_TYPED)]
        assert bool(noted) is is_noted
    assert AS_TYPED.startswith(said)
