"""The subjects that a staff list may name, of every level, by code, name or abbreviation."""

from types import MappingProxyType
from typing import Final

from signing_service.intake.text import folded

_SUBJECTS: Final = MappingProxyType(
    {
        spelling: code
        for code, spellings in {
            "TOAN": "toanhoc",
            "TV": "tiengviet",
            "NV": "nguvan van nvan",
            "NN1": "ngoaingu ngoaingu1 nngu tienganh tanh anh ngngu",
            "NN2": "ngoaingu2",
            "LSDL": "lichsuvadiali lichsuvadialy lichsudiali sudia lsvadl",
            "LS": "lichsu su",
            "DL": "diali dialy dia",
            "KHTN": "khoahoctunhien",
            "KH": "khoahoc khhoc",
            "TNXH": "tunhienvaxahoi tunhienxahoi tnvaxh",
            "DD": "daoduc dduc",
            "GDCD": "giaoduccongdan",
            "KTPL": "gdktpl giaoduckinhtevaphapluat giaoduckinhtephapluat ktvapl",
            "VL": "vatli vatly li ly",
            "HH": "hoahoc hoa",
            "SH": "sinhhoc sinh",
            "TIN": "tinhoc",
            "CN": "congnghe cnghe",
            "GDTC": "giaoducthechat theduc",
            "GDQP": "gdqpan giaoducquocphong giaoducquocphongvaanninh giaoducquocphonganninh quocphong",
            "NT": "nghethuat nthuat",
            "AN": "amnhac nhac",
            "MT": "mithuat mythuat mthuat",
            "HDTN": "hoatdongtrainghiem",
            "TNHN": "hdtnhn hoatdongtrainghiemhuongnghiep",
            "GDDP": "ndgddp ndgdcdp noidunggiaoduccuadiaphuong noidunggiaoducdiaphuong giaoducdiaphuong",
            "TDT": "tiengdantoc tiengdantocthieuso tiengede tiengmnong",
        }.items()
        for spelling in (folded(code), *spellings.split())
    }
)


def taught_subject(text: str) -> str | None:
    """The code of a subject, None for what is not recognised."""
    return _SUBJECTS.get(folded(text))
