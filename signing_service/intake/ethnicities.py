"""The 54 peoples of Viet Nam by their official names (QĐ 121-TCTK/PPCĐ 1979), so that spellings are recognised."""

from types import MappingProxyType
from typing import Final

from signing_service.intake.text import folded

_NAMES: Final = (
    "Kinh, Tày, Thái, Hoa, Khmer, Mường, Nùng, Mông, Dao, Gia Rai, Ngái, Ê Đê, Ba Na, Xơ Đăng, "
    "Sán Chay, Cơ Ho, Chăm, Sán Dìu, Hrê, M'Nông, Ra Glai, Xtiêng, Bru Vân Kiều, Thổ, Giáy, Cơ Tu, Gié Triêng, Mạ, "
    "Khơ Mú, Co, Tà Ôi, Chơ Ro, Kháng, Xinh Mun, Hà Nhì, Chu Ru, Lào, La Chí, La Ha, Phù Lá, La Hủ, Lự, "
    "Lô Lô, Chứt, Mảng, Pà Thẻn, Cơ Lao, Cống, Bố Y, Si La, Pu Péo, Brâu, Ơ Đu, Rơ Măm"
)
_BY_SPELLING: Final = MappingProxyType(
    {folded(name): name for name in _NAMES.split(", ")} | {"hmong": "Mông", "viet": "Kinh", "mnong": "M'Nông"}
)


def official_name(text: str) -> str | None:
    """The official name, whatever the capitals, hyphens and apostrophes: `Ê-đê` is Ê Đê; None for an unknown people."""
    return _BY_SPELLING.get(folded(text))
