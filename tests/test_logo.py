"""The logo: what may be one, how it is kept, replaced and taken away, and what is shown where its file is not whole."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from riskreg import drawer, evidence, logo
from riskreg.errors import Expected
from riskreg.records import Evidence
from riskreg.views import Register, View

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><rect width="300" height="100" fill="#0f766e"/>{}</svg>'


def a_picture(path: Path, size: tuple[int, int] = (300, 100), mode: str = "RGB") -> Path:
    Image.new(mode, size, "teal" if mode == "RGB" else 40).save(path)
    return path


def a_drawing(path: Path, more: str = "") -> Path:
    path.write_text(SVG.format(more), encoding="utf-8")
    return path


def place(register: Register, path: Path) -> None:
    made = logo.placed(register, logo.taken(path), "Logo")
    assert made is not None
    register.apply(made)


# what may be one


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.JPEG", "a.svg"])
def test_logo_when_it_is_a_picture_then_it_is_shown_in_its_proportions(
    tmp_path: Path, name: str
) -> None:
    make = a_drawing if name.endswith("svg") else a_picture
    taken = logo.taken(make(tmp_path / name))
    picture = logo.shown(taken.name, taken.content)
    assert picture.width == 3 * picture.height
    with Image.open(io.BytesIO(picture.content)) as image:
        assert (image.format, image.height <= logo.DRAWN) == ("PNG", True)
        assert image.width == 3 * image.height
        assert image.convert("RGB").getpixel((20, 20)) != (0, 0, 0)


def test_logo_when_its_camera_lay_on_its_side_then_it_stands_upright(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    image = Image.new("RGB", (300, 150), "teal")
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(path, exif=exif)
    picture = logo.shown(path.name, path.read_bytes())
    assert (picture.width, picture.height) == (150, 300)


def test_logo_when_it_is_of_print_colours_then_it_is_shown_in_those_of_a_screen(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.jpg"
    Image.new("CMYK", (200, 200), (255, 0, 0, 0)).save(path)
    with Image.open(io.BytesIO(logo.shown(path.name, path.read_bytes()).content)) as image:
        red, _, blue, seen = image.convert("RGBA").getpixel((100, 100))  # type: ignore[misc]
        assert (red < 60, blue > 180, seen) == (True, True, 255)


def spoilt(path: Path) -> Path:
    path.write_bytes(a_picture(path).read_bytes()[:200])
    return path


@pytest.mark.parametrize(
    ("make", "id"),
    [
        (lambda folder: a_picture(folder / "a.gif"), "logo_type"),
        (lambda folder: a_picture(folder / "a.png", (99, 40)), "logo_small"),
        (lambda folder: a_picture(folder / "a.png", (9_000, 10)), "logo_unreadable"),
        (lambda folder: spoilt(folder / "a.png"), "logo_unreadable"),
        (lambda folder: a_picture(folder / "a.gif").rename(folder / "b.png"), "logo_unreadable"),
        (lambda folder: a_drawing(folder / "a.svg", "<oops"), "logo_unreadable"),
        (lambda folder: folder / "none.png", "not_found"),
    ],
)
def test_logo_when_it_is_none_then_three_sentences_say_why(
    tmp_path: Path, make: object, id: str
) -> None:
    with pytest.raises(Expected) as raised:
        logo.taken(make(tmp_path))  # type: ignore[operator]
    assert raised.value.id == id
    assert all(raised.value.message())


def test_logo_when_it_has_more_than_two_million_bytes_then_it_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"\x89PNG" + bytes(logo.MOST))
    with pytest.raises(Expected) as raised:
        logo.taken(path)
    assert raised.value.id == "logo_large"
    assert "2000004 bytes" in str(raised.value)


@pytest.mark.parametrize(
    "more",
    [
        "<script>1</script>",
        '<rect width="9" height="9" onclick="1"/>',
        '<image href="file:///etc/passwd" width="9" height="9"/>',
        '<image xmlns:x="http://www.w3.org/1999/xlink" x:href="//elsewhere/a.png"/>',
        '<use href="other.svg#a"/>',
        '<rect fill="url(https://elsewhere/a)" width="9" height="9"/>',
        "<style>@import 'a.css';</style>",
        "<foreignObject/>",
    ],
)
def test_drawing_when_it_does_something_or_reads_elsewhere_then_it_is_not_drawn(
    tmp_path: Path, more: str
) -> None:
    with pytest.raises(Expected) as raised:
        logo.taken(a_drawing(tmp_path / "a.svg", more))
    assert raised.value.id == "logo_unsafe"


def test_drawing_when_it_has_entities_then_it_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("<text>&a;</text>"))
    with pytest.raises(Expected) as raised:
        logo.taken(path)
    assert raised.value.id == "logo_unsafe"


@pytest.mark.parametrize(
    "more",
    [
        '<linearGradient id="g"><stop stop-color="#fff"/></linearGradient><rect fill="url(#g)" width="9" height="9"/>',
        '<g id="b"/><use href="#b"/>',
        "<style>rect { stroke: red }</style><!-- made by a drawing program -->",
        '<text y="40">海港</text>',
    ],
)
def test_drawing_when_all_of_it_lies_within_then_it_is_drawn(tmp_path: Path, more: str) -> None:
    assert logo.taken(a_drawing(tmp_path / "a.svg", more)).name == "a.svg"


# how it is kept


def test_logo_when_placed_then_evidence_and_link_come_in_one_step_and_undo_takes_both(
    opened: Register, tmp_path: Path
) -> None:
    before = opened.head().seq
    place(opened, a_picture(tmp_path / "a.png"))
    assert opened.head().seq == before + 1
    record = logo.kept(opened)
    assert isinstance(record, Evidence)
    assert (record.title, record.status) == ("Logo", "current")
    assert logo.found(opened).picture is not None
    opened.undo()
    assert logo.kept(opened) is None
    assert opened.count(View(kinds=("evidence",))) == 0
    opened.redo()
    assert logo.found(opened).picture is not None
    assert opened.verify().ok


def test_logo_when_replaced_then_the_older_one_stays_as_a_version(
    opened: Register, tmp_path: Path
) -> None:
    place(opened, a_picture(tmp_path / "a.png"))
    first = logo.kept(opened)
    assert first is not None
    place(opened, a_drawing(tmp_path / "b.svg"))
    second = logo.kept(opened)
    assert second is not None
    assert (second.file_name, second.title, second.replaces) == (
        "b.svg",
        "Logo",
        frozenset({first.id}),
    )
    assert opened.record(first.id).get("status") == "replaced"
    assert logo.placed(opened, logo.taken(tmp_path / "b.svg"), "Logo") is None


def test_logo_when_removed_then_no_report_has_it_and_its_file_stays(
    opened: Register, tmp_path: Path
) -> None:
    assert logo.removed(opened) is None
    place(opened, a_picture(tmp_path / "a.png"))
    made = logo.removed(opened)
    assert made is not None
    opened.apply(made)
    assert logo.found(opened) == logo.Logo()
    assert opened.count(View(kinds=("evidence",))) == 1


# what is shown


class Odd:
    """A register whose content is not what it was."""

    def __init__(self, register: Register, content: bytes | None) -> None:
        self._register, self._content = register, content

    def __getattr__(self, name: str) -> object:
        return getattr(self._register, name)

    def content(self, sha256: str) -> bytes:
        if self._content is None:
            raise Expected("no_content")
        return self._content


def test_logo_when_its_file_is_not_whole_then_it_is_left_out_and_said(
    opened: Register, tmp_path: Path
) -> None:
    place(opened, a_picture(tmp_path / "a.png"))
    assert logo.found(Odd(opened, b"other")) == logo.Logo(trouble=logo.SPOILT)  # type: ignore[arg-type]
    assert logo.found(Odd(opened, None)) == logo.Logo(trouble=logo.MISSING)  # type: ignore[arg-type]


def test_logo_when_nobody_can_draw_then_a_drawing_is_left_out_and_said(
    opened: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(opened, a_drawing(tmp_path / "a.svg"))
    monkeypatch.setattr(drawer, "_told", [])
    assert logo.found(opened) == logo.Logo(trouble=logo.UNREADABLE)


def test_logo_when_another_kind_of_file_was_linked_then_it_is_left_out_and_said(
    opened: Register, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("no logo")
    changed = opened.apply(evidence.attachment(opened, evidence.take(path)))
    from riskreg.changes import ChangeSet, edit

    link = edit(opened.organisation(), {"logo": frozenset(changed.new.values())})
    assert link is not None
    opened.apply(ChangeSet(act="edit", changes=(link,)))
    assert logo.found(opened) == logo.Logo(trouble=logo.UNREADABLE)
