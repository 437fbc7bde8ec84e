"""The lists of units and staff that ship with the program, around the sample class: every name and number is invented."""

from importlib.resources import files


def sample_schools_workbook() -> bytes:
    """The `.xlsx` file of the sample department, commune and school."""
    return files(__package__).joinpath("danh-sach-truong.xlsx").read_bytes()


def sample_staff_workbook() -> bytes:
    """The `.xlsx` file of the sample school's staff, with the commune's chair and award clerk."""
    return files(__package__).joinpath("danh-sach-can-bo.xlsx").read_bytes()
