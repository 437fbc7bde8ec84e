"""The words of the findings that only primary workbooks have (TT 27/2020), in Vietnamese and English."""

from types import MappingProxyType
from typing import Final

PRIMARY_MESSAGES: Final = MappingProxyType(
    {
        "subject-level-missing": (
            "thiếu mức đạt được của môn học; hãy điền T, H hoặc C",
            "the level of the subject is missing; fill in T, H or C",
        ),
        "subject-level-invalid": (
            "mức đạt được của môn học chỉ ghi T, H hoặc C (TT 27/2020, Điều 7); hãy sửa",
            "a subject says T, H or C only (TT 27/2020, Điều 7); correct it",
        ),
        "trait-level-missing": (
            "thiếu mức của phẩm chất, năng lực; hãy điền T, Đ hoặc C",
            "the level of a quality or competence is missing; fill in T, Đ or C",
        ),
        "trait-level-invalid": (
            "phẩm chất, năng lực chỉ ghi T, Đ hoặc C (TT 27/2020, Điều 8); hãy sửa",
            "a quality or competence says T, Đ or C only (TT 27/2020, Điều 8); correct it",
        ),
        "test-mark-missing": (
            "thiếu điểm kiểm tra định kỳ; để trống không phải là 0, hãy bổ sung",
            "the mark of the test is missing; blank is not 0, add it",
        ),
        "test-mark-not-whole": (
            "điểm kiểm tra định kỳ ở tiểu học là số nguyên từ 0 đến 10 (TT 27/2020, Điều 7); hãy sửa",
            "a test in primary school has a whole mark from 0 to 10 (TT 27/2020, Điều 7); correct it",
        ),
        "mark-below-level": (
            "điểm kiểm tra dưới 5 nhưng mức đạt được không phải C; hãy đối chiếu",
            "the test is below 5 but the level is not C; check",
        ),
        "tick-invalid": ("ô đánh dấu chỉ ghi x hoặc để trống; hãy sửa", "the cell is ticked with x or left blank; correct it"),
        "primary-result-invalid": (
            "kết quả giáo dục phải là một trong bốn mức của TT 27/2020, Điều 9",
            "the result is one of the four of TT 27/2020, Điều 9",
        ),
        "result-not-recomputable": (
            "trang tính thiếu {what} nên kết quả giáo dục không tính lại được, kết quả ghi trong tệp được dùng",
            "the sheet lacks {what}, so the result cannot be recomputed and the stated one is taken over",
        ),
        "stated-primary-result-differs": (
            "kết quả giáo dục ghi khác kết quả suy từ môn học, điểm kiểm tra, phẩm chất, năng lực (TT 27/2020, Điều 9)",
            "the stated result does not follow from subjects, tests, qualities and competences (TT 27/2020, Điều 9)",
        ),
        "stated-primary-title-differs": (
            "khen thưởng ghi khác danh hiệu xét lại (TT 27/2020, Điều 13)",
            "the stated award is not the title that follows (TT 27/2020, Điều 13)",
        ),
        "award-kept": (
            "nội dung khen thưởng không phải danh hiệu của TT 27/2020, Điều 13; được giữ nguyên, hãy kiểm tra",
            "the award is no title of TT 27/2020, Điều 13; kept as it is, check",
        ),
        "stated-completion-differs": (
            "hoàn thành chương trình lớp học ghi khác kết quả giáo dục (TT 27/2020, Điều 11)",
            "the stated completion of the grade does not follow from the result (TT 27/2020, Điều 11)",
        ),
        "completion-not-stated": (
            "học sinh hoàn thành chương trình lớp học nhưng ô không được đánh dấu; kết quả tính lại được dùng",
            "the grade was completed but the cell is not ticked; what follows from the result is used",
        ),
        "support-not-due": (
            "học sinh đã hoàn thành chương trình lớp học nên không đánh giá bổ sung; hãy kiểm tra",
            "the pupil completed the grade and is not assessed again; check",
        ),
        "support-incomplete": (
            "sau đánh giá bổ sung vẫn chưa hoàn thành mà chưa có quyết định của hiệu trưởng nên chưa xét lại (TT 27/2020, Điều 11)",
            "the grade is still not completed and the principal has not decided; the year was not decided again (TT 27/2020, Điều 11)",
        ),
        "decision-invalid": (
            "quyết định của hiệu trưởng ghi Lên lớp hoặc Ở lại lớp; hãy sửa",
            "the principal's decision is Lên lớp or Ở lại lớp; correct it",
        ),
        "decisions-differ": (
            "quyết định của hiệu trưởng khác hàng trên của cùng học sinh; hãy giữ một",
            "the principal's decision differs from that of another row of the pupil; keep one",
        ),
        "decision-contradicts": (
            "học sinh đã hoàn thành sau đánh giá bổ sung nên được lên lớp (TT 27/2020, Điều 11)",
            "the pupil completed the grade after being assessed again and moves up (TT 27/2020, Điều 11)",
        ),
    }
)
"""Code to (Vietnamese, English); `{what}` is filled in."""
