"""`handover` as a script calls it, on the sample."""

from __future__ import annotations

from tests.e2e.program import digest


def test_handover_when_dry_says_the_same_as_it_does_and_undo_takes_it_back(run, sample):
    owned = run.state("list", sample, "risk", "--columns", "ref,owner")
    giver = next(item["owner"][0] for item in owned if item["owner"])
    taker = run.quickly("add", sample, "party", "title=Successor").strip()
    before = digest(sample)
    dry = run.json("handover", sample, giver, taker, "--dry-run")
    assert digest(sample) == before
    assert dry["entry"] is None
    assert (dry["from"], dry["to"]) == (giver, taker)
    assert {"risk"} <= {move["kind"] for move in dry["moves"]}
    done = run.json("handover", sample, giver, taker, "--left-on", "2026-11-30")
    assert done["moves"] == dry["moves"]
    for move in done["moves"]:
        assert run.state("show", sample, move["ref"])[move["field"]] == [taker]
    assert run.state("show", sample, giver)["until_on"] == "2026-11-30"
    run.said("undo", sample)
    for move in done["moves"]:
        assert run.state("show", sample, move["ref"])[move["field"]] == [giver]


def test_handover_when_told_to_people_names_each_record_and_what_it_refuses(run, sample):
    [officer] = run.state("show", sample, "ORG")["officer"]
    taker = run.quickly("add", sample, "party", "title=Successor").strip()
    said = run.said("handover", sample, officer, taker, "--dry-run")
    assert "ORG" in said
    assert "Data protection officer" in said
    assert f"Handover from {officer} to {taker}" in run.said("handover", sample, officer, taker)
    assert "looks after nothing" in run.said("handover", sample, officer, taker, "--dry-run")
    assert "another successor" in run.refused("handover", sample, taker, taker)
    assert "no person" in run.refused("handover", sample, "R-0001", taker)
    run.refused("handover", sample, officer, taker, "--left-on", "soon")
