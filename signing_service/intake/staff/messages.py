"""What the findings about staff lists and school lists say, in Vietnamese and English: the trouble and the remedy, never a name."""

from types import MappingProxyType
from typing import Final

from signing_service.intake.messages import MESSAGES as CLASS_MESSAGES

_SHARED: Final = (
    "sheet-not-recognised",
    "heading-missing",
    "heading-doubled",
    "row-hidden",
    "formula-error",
    "formula-without-value",
    "personal-id-not-digits",
    "personal-id-length",
    "personal-id-lost-zero",
    "sex-differs-from-personal-id",
    "birth-year-differs-from-personal-id",
    "sex-invalid",
    "ethnicity-unknown",
    "name-missing",
    "name-legacy-encoding",
    "name-characters",
    "text-characters",
    "value-missing",
    "date-impossible",
    "date-two-digit-year",
    "date-as-serial-number",
)

MESSAGES: Final = MappingProxyType(
    {code: CLASS_MESSAGES[code] for code in _SHARED}
    | {
        # both lists
        "list-missing": (
            "không có bảng {what}; hãy dùng mẫu có hàng tiêu đề với các cột bắt buộc",
            "there is no table of {what}; use a form whose heading row has the required columns",
        ),
        "unit-code-missing": ("thiếu mã đơn vị; hãy điền", "the unit's code is missing; fill it in"),
        "unit-code-invalid": (
            "mã đơn vị phải là dãy 2 đến 12 chữ số; hãy nhập lại dạng văn bản",
            "a unit's code is 2 to 12 digits; type it again as text",
        ),
        "row-doubled": ("hàng lặp lại y hệt, chỉ tính một lần; hãy xoá bớt", "the row is there twice, all cells equal; delete one"),
        # staff
        "staff-code-missing": (
            "thiếu mã định danh; không ghép theo tên, hãy điền mã",
            "the staff code is missing; a name alone is never matched, fill in the code",
        ),
        "staff-code-invalid": (
            "mã định danh phải là dãy 6 đến 14 chữ số; hãy nhập lại dạng văn bản",
            "a staff code is 6 to 14 digits; type it again as text",
        ),
        "staff-code-of-another": (
            "mã định danh này đứng với một người khác ở hàng {what}; hãy sửa mã sai",
            "the same code stands with another person in row {what}; correct the wrong one",
        ),
        "staff-row-conflicting": (
            "hai hàng của một người tại một đơn vị khác nhau (hàng {what}); hãy giữ hàng đúng",
            "two rows of one person at one unit differ (row {what}); keep the right one",
        ),
        "staff-personal-id-doubled": (
            "số định danh cá nhân trùng với người khác ở hàng {what}; hãy sửa số sai",
            "the same personal ID stands with another person in row {what}; correct the wrong one",
        ),
        "school-year-missing": (
            "đầu trang không ghi NĂM HỌC nên hiểu là {what}; hãy ghi, ví dụ “NĂM HỌC 2025 - 2026”",
            "the head of the sheet names no school year and {what} was taken; add it",
        ),
        "unit-not-registered": (
            "đơn vị này chưa có trong danh bạ; hãy nhập danh sách trường trước khi nhập chính thức",
            "the unit is not registered; import the list of schools before importing for good",
        ),
        "unit-name-differs": (
            "tên đơn vị khác tên trong danh bạ của mã này; hãy kiểm tra mã",
            "the unit's name differs from the registered one of this code; check the code",
        ),
        "role-unknown": (
            "không rõ vai trò hoặc chức vụ này cho phép ký gì nên không giao quyền nào; hãy dùng tên thông dụng",
            "what this role or position may sign is not known, and no right was given; use a usual name",
        ),
        "role-differs": (
            "vai trò ký số không khớp các cột khác (chức vụ, môn, lớp, chủ nhiệm); chỉ giao những gì các cột khác ghi rõ",
            "the signing role does not go with the other columns; only what those state was given",
        ),
        "subject-unknown": ("không nhận ra môn “{what}” nên bỏ qua môn này; hãy sửa", "the subject was not recognised and left out"),
        "class-invalid": (
            "tên lớp phải bắt đầu bằng khối, ví dụ 7A, 10A1; hãy sửa",
            "a class's name begins with its grade, such as 7A; correct it",
        ),
        "homeroom-doubled": (
            "lớp này có hai giáo viên chủ nhiệm cùng lúc (hàng {what}); hãy giữ một người",
            "the class has two homeroom teachers at one time (row {what}); keep one",
        ),
        "principal-doubled": (
            "đơn vị này có hai hiệu trưởng (hàng {what}); hãy kiểm tra",
            "the unit has two principals (row {what}); check",
        ),
        "teacher-doubled": (
            "môn này của lớp có hai giáo viên cùng lúc (hàng {what}); một trong hai người ký là đủ, hãy kiểm tra",
            "two teachers share a subject of a class (row {what}); either may sign, check",
        ),
        "certificate-missing": (
            "chưa có chứng thư số nên chưa ký được; hãy cấp trước khi đến lượt ký",
            "there is no certificate, so this person cannot sign yet; issue one in time",
        ),
        "certificate-expired": (
            "chứng thư số hết hạn nên không ký được; hãy cấp lại",
            "the certificate has expired, so this person cannot sign; issue a new one",
        ),
        "certificate-state-unknown": (
            "tình trạng chứng thư số không rõ (Đã cấp, Chưa cấp, Hết hạn); hãy kiểm tra",
            "the state of the certificate is not known; check",
        ),
        "status-unknown": ("trạng thái không rõ, coi như đang làm việc; hãy kiểm tra", "the status is not known and taken as working"),
        "person-away": (
            "nghỉ hoặc chuyển đi từ {what}; từ ngày đó người thay, hoặc hiệu trưởng, ký thay",
            "away from {what} on; from that day the substitute or else the principal signs",
        ),
        "away-day-missing": (
            "nghỉ hoặc chuyển đi nhưng ghi chú không ghi “Từ dd/mm/yyyy” nên không giao quyền nào; hãy ghi ngày",
            "away, but the note names no day, so no right was given; write “Từ dd/mm/yyyy”",
        ),
        "substitute-read": (
            "người thay được hiểu là người ở hàng {what} theo ghi chú; hãy kiểm tra",
            "the substitute was taken from the note to be the person in row {what}; check",
        ),
        "substitute-unclear": (
            "không rõ ai là người thay; hãy ghi mã định danh của người đó, đến khi rõ hiệu trưởng ký thay",
            "it is not clear who the substitute is; write the staff code, until then the principal signs",
        ),
        "text-not-email": ("không phải địa chỉ thư điện tử; hãy kiểm tra", "this is no mail address; check"),
        # schools and offices
        "unit-code-doubled": ("mã đơn vị trùng với hàng {what}; hãy sửa mã sai", "the same code stands in row {what}; correct it"),
        "unit-kind-unknown": ("loại đơn vị không rõ (Trường, Sở, Xã/phường); hãy sửa", "the kind of unit is not known; correct it"),
        "level-unknown": ("cấp học không rõ (Tiểu học, THCS, THPT); hãy sửa", "the level is not known; correct it"),
        "ownership-unknown": ("loại hình không rõ (Công lập, Tư thục); bỏ trống, hãy sửa", "public or private? left open; correct it"),
        "district-ended": (
            "cấp huyện không còn từ 01/07/2025; chỉ giữ cho hồ sơ cấp trước ngày đó",
            "districts ended on 01/07/2025; kept only for documents of earlier days",
        ),
        "department-unknown": (
            "không biết Sở có mã này; hãy ghi cột Tên Sở hoặc thêm hàng của Sở",
            "no department of this code is known; fill in its name or add its row",
        ),
        "rename-incomplete": ("đổi tên phải ghi cả tên cũ và từ ngày", "a renaming needs the former name and the day"),
        "merger-incomplete": ("sáp nhập phải ghi cả mã đơn vị mới và từ ngày", "a merger needs the successor's code and the day"),
        "merger-target-unknown": (
            "đơn vị nhận sáp nhập không có trong bảng này hay danh bạ; hãy thêm hàng của đơn vị đó",
            "the successor is neither in this list nor registered; add its row",
        ),
        "merger-circle": ("các lần sáp nhập tạo thành vòng; hãy sửa", "the mergers run in a circle; correct them"),
        "day-ahead": ("ngày này chưa đến; ghi nhận khi có hiệu lực", "the day lies ahead; record it when it has come"),
    }
)
"""Code to (Vietnamese, English); `{what}` is filled in."""
