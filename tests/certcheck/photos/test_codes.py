import pytest
from PIL import Image, ImageDraw, ImageFilter

from certcheck.photos.codes import codes_on
from tests.certcheck.photos.pictures import code, on_a_card, saved

OFFICIAL = "https://cx.mem.gov.cn/special?token=0123456789abcdef"


def texts(picture, kind="PNG", **options):
    return codes_on(saved(picture, kind, **options)).texts


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF"])
@pytest.mark.parametrize("mode", ["RGB", "L", "1"])
def test_formats(kind, mode):
    if (kind, mode) in {("JPEG", "1"), ("WEBP", "1")}:
        mode = "L"  # these formats know no black and white
    assert texts(code(OFFICIAL).convert(mode), kind) == (OFFICIAL,)


@pytest.mark.parametrize("angle", [7, 45, 90, 180, 233])
def test_rotated(angle):
    assert texts(on_a_card(code(OFFICIAL)).rotate(angle, expand=True), "JPEG") == (OFFICIAL,)


def test_rotated_by_the_camera():
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn to the right
    assert texts(on_a_card(code(OFFICIAL)), "JPEG", exif=exif) == (OFFICIAL,)


@pytest.mark.parametrize("scale", [1, 2, 12])
def test_tiny_and_large(scale):
    assert texts(code(OFFICIAL, scale=scale)) == (OFFICIAL,)


def test_small_on_a_large_photo():
    assert texts(on_a_card(code(OFFICIAL, scale=3), size=(4000, 3000)), "JPEG", quality=80) == (OFFICIAL,)


def test_blurred_and_pale():
    assert texts(code(OFFICIAL).filter(ImageFilter.GaussianBlur(1.8)), "JPEG") == (OFFICIAL,)
    assert texts(code(OFFICIAL, dark="#a0a0a0", light="#c0c0c0"), "JPEG") == (OFFICIAL,)


def test_on_nothing_and_inverted():
    """Dark marks on a transparent ground are on white; light marks on a dark ground count, too."""
    assert texts(code(OFFICIAL, light=None)) == (OFFICIAL,)
    assert texts(code(OFFICIAL, dark="white", light="black")) == (OFFICIAL,)


def test_several_codes_each_once():
    card = on_a_card(code(OFFICIAL), code("http://example.com/x"), code(OFFICIAL))
    assert sorted(texts(card)) == ["http://example.com/x", OFFICIAL]


def test_pages_of_a_scan():
    blank = Image.new("RGB", (300, 300), "white")
    content = saved(blank, "TIFF", save_all=True, append_images=[blank, code(OFFICIAL)])
    assert codes_on(content).texts == (OFFICIAL,)


def test_no_code():
    picture = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(picture).rectangle((50, 50, 200, 200), fill="black")
    found = codes_on(saved(picture))
    assert (found.texts, found.fault) == ((), "")


FAULTS = {
    "empty": (b"", "损坏"), "text": (b"hello" * 50, "损坏"), "cut": (saved(code(OFFICIAL))[:200], "损坏"),
    "too many pixels": (saved(Image.new("1", (20_000, 20_000))), "像素太多"),
    "many pixels": (saved(Image.new("1", (10_000, 9_500))), "像素太多"),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 100, "HEIC"), "pdf": (b"%PDF-1.7" + b"0" * 100, "损坏"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "损坏"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_read_is_told(name):
    """A bomb is refused by its size alone; a format that runs programs (PostScript) is not opened."""
    content, told = FAULTS[name]
    found = codes_on(content)
    assert found.texts == ()
    assert told in found.fault
