import re

import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from signing_service.rendering.qr import qr_svg

SCALE = 4
QUIET_MODULES = 4
TOKENS = st.text(alphabet="0123456789abcdefghjkmnpqrstvwxyz", min_size=32, max_size=32)


def _drawn(svg: str) -> Image.Image:
    """The picture, drawn from its path by somebody else's pen."""
    box = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    assert box is not None
    side = int(box.group(1))
    image = Image.new("L", (side * SCALE, side * SCALE), 255)
    pen = ImageDraw.Draw(image)
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        left, top = int(x) * SCALE, int(y) * SCALE
        pen.rectangle((left, top, left + int(width) * SCALE - 1, top + SCALE - 1), fill=0)
    return image


@settings(max_examples=60, deadline=None)
@given(TOKENS)
def test_every_link_can_be_read_back(token: str) -> None:
    url = f"https://hocba.example/v/{token}"
    code = zxingcpp.read_barcode(_drawn(qr_svg(url)))
    assert code is not None
    assert code.text == url
    assert code.ec_level == "Q"


def test_the_quiet_zone_is_white() -> None:
    image = _drawn(qr_svg("https://hocba.example/v/0"))
    dark = Image.eval(image, lambda value: 255 - value).getbbox()
    margin = QUIET_MODULES * SCALE
    assert dark == (margin, margin, image.width - margin, image.height - margin)
