"""The words of every finding, in Vietnamese and English: what is wrong at the place, and what to do. Never a child's name or figures."""

from types import MappingProxyType
from typing import Final

from signing_service.intake.primary.messages import PRIMARY_MESSAGES

MESSAGES: Final = MappingProxyType(
    {
        **PRIMARY_MESSAGES,
        # the file and its sheets
        "sheet-missing": ("thiếu trang tính {what}; hãy thêm trang tính này rồi nộp lại", "the sheet {what} is missing; add it"),
        "sheet-doubled": ("có hai trang tính cùng loại {what}; hãy chỉ giữ một", "there are two sheets of the kind {what}; keep one"),
        "sheet-not-recognised": (
            "không nhận ra bảng nào nên bỏ qua trang tính này; kiểm tra hàng tiêu đề nếu trang có dữ liệu",
            "no table was recognised and the sheet was left out; check the heading row if it holds data",
        ),
        "heading-missing": ("thiếu cột {what}; hãy thêm cột này", "the column {what} is missing; add it"),
        "heading-absent": (
            "không có cột {what} nên phần này của học bạ để trống; hãy thêm cột hoặc kiểm tra tiêu đề",
            "there is no column {what}, so this part of the transcripts stays empty; add it or check the heading",
        ),
        "absences-absent": (
            "không có cột buổi nghỉ có phép, không phép nên tính là 0; hãy thêm cột hoặc kiểm tra tiêu đề",
            "there are no columns for sessions missed, which count as 0; add them or check the headings",
        ),
        "heading-doubled": (
            "hai cột cùng tiêu đề; hãy xoá hoặc đổi tên một cột",
            "two columns have the same heading; delete or rename one",
        ),
        "school-year-missing": (
            "đầu trang không ghi NĂM HỌC; hãy ghi, ví dụ “NĂM HỌC 2025 - 2026”",
            "the head of the sheet names no school year",
        ),
        "school-year-wrong": (
            "năm học ở đầu trang khác danh sách học sinh nên cả trang không được dùng; hãy sửa tiêu đề hoặc thay trang tính",
            "the school year differs from the class list, so the whole sheet was refused; correct the heading or replace the sheet",
        ),
        "school-year-future": ("năm học chưa bắt đầu; hãy kiểm tra tiêu đề", "the school year has not begun; check the heading"),
        "class-missing": (
            "đầu trang không ghi khối và lớp; hãy ghi, ví dụ “Khối 7 - Lớp 7A”",
            "the head of the sheet names no grade and class",
        ),
        "class-differs": (
            "lớp ở đầu trang khác danh sách học sinh nên cả trang không được dùng",
            "the class differs from the class list; the sheet was refused",
        ),
        "level-unsupported": (
            "chưa có quy định đánh giá cho khối và năm học này",
            "no grading rules are known for this grade and school year",
        ),
        "teacher-missing": (
            "đầu trang không ghi giáo viên chủ nhiệm; hãy ghi tên",
            "the head of the sheet names no homeroom teacher; add the name",
        ),
        "principal-missing": (
            "cuối trang không có tên hiệu trưởng; hãy ghi tên dưới chức danh",
            "no principal is named below the table; add the name",
        ),
        "school-missing": ("đầu trang không ghi tên trường; hãy ghi", "the head of the sheet names no school; add it"),
        "school-not-registered": (
            "trường ở đầu trang chưa có trong danh mục nên chưa phát hành được; hãy đăng ký trường trước khi nhập chính thức",
            "the school is not registered, so nothing can be issued yet; register it before importing for good",
        ),
        "staff-ambiguous": (
            "tên cán bộ trùng hoặc không có mã; hãy ghi mã định danh",
            "the staff member cannot be told apart by name; give the staff code",
        ),
        # rows
        "row-hidden": ("hàng bị ẩn vẫn được đọc; hãy bỏ ẩn và kiểm tra", "a hidden row was read all the same; show it and check"),
        "row-duplicate-identical": (
            "hàng lặp lại y hệt, chỉ tính một lần; hãy xoá bớt",
            "the row is there twice, all cells equal; it counts once, delete one",
        ),
        "row-duplicate-conflicting": (
            "hai hàng của cùng một mã học sinh khác nhau; hãy giữ hàng đúng và xoá hàng kia",
            "two rows of one pupil code differ; keep the right one and delete the other",
        ),
        "missing-in-sheet": (
            "học sinh có trong danh sách nhưng không có ở trang {what}; hãy bổ sung hàng",
            "the pupil is on the class list but not in the sheet {what}; add the row",
        ),
        "pupil-unknown": (
            "mã học sinh không có trong danh sách lớp; hãy sửa mã hoặc bổ sung danh sách",
            "the pupil code is not on the class list",
        ),
        "code-name-mismatch": (
            "họ tên không khớp mã học sinh trong danh sách lớp, có thể bị lệch hàng; hãy đối chiếu cả hàng",
            "the name does not go with the pupil code on the class list, rows may have shifted; check the whole row",
        ),
        "birth-date-differs": (
            "ngày sinh khác danh sách lớp; danh sách lớp được dùng",
            "the birth date differs from the class list, which is used",
        ),
        # identity
        "pupil-code-missing": (
            "thiếu mã học sinh; không ghép theo tên, hãy điền mã",
            "the pupil code is missing; a name alone is never matched, fill in the code",
        ),
        "pupil-code-invalid": (
            "mã học sinh phải là dãy 8 đến 12 chữ số; hãy nhập lại dạng văn bản",
            "a pupil code is 8 to 12 digits; type it again as text",
        ),
        "pupil-code-duplicate": (
            "mã học sinh bị trùng với hàng {what}; hãy sửa mã sai",
            "the same pupil code stands in row {what}; correct the wrong one",
        ),
        "personal-id-missing": ("thiếu số định danh cá nhân; hãy bổ sung khi có", "the personal ID is missing; add it when there is one"),
        "personal-id-not-digits": (
            "số định danh có ký tự không phải chữ số; hãy nhập lại",
            "the personal ID holds something other than digits",
        ),
        "personal-id-length": ("số định danh phải có đúng 12 chữ số; hãy nhập lại", "a personal ID has exactly 12 digits; type it again"),
        "personal-id-lost-zero": (
            "số định danh mất số 0 ở đầu vì ô có kiểu số, đã thêm lại; hãy đổi ô sang văn bản",
            "the personal ID lost its leading zero in a number cell; it was restored, make the cell text",
        ),
        "personal-id-duplicate": (
            "số định danh trùng với hàng {what}; hãy sửa số sai",
            "the same personal ID stands in row {what}; correct the wrong one",
        ),
        "sex-differs-from-personal-id": (
            "giới tính không khớp số định danh; hãy đối chiếu giấy khai sinh",
            "the sex does not go with the personal ID; check",
        ),
        "birth-year-differs-from-personal-id": (
            "năm sinh không khớp số định danh; hãy đối chiếu",
            "the year of birth does not go with the personal ID; check",
        ),
        "name-missing": ("thiếu họ và tên; hãy điền", "the name is missing; fill it in"),
        "name-legacy-encoding": (
            "họ tên còn ở mã cũ (TCVN3, VNI); hãy chuyển sang Unicode",
            "the name is in a legacy encoding; convert it to Unicode",
        ),
        "name-characters": (
            "họ tên có ký tự không in được (biểu tượng, chữ số, ký tự điều khiển); hãy nhập lại",
            "the name holds characters that cannot be printed; type it again",
        ),
        "text-characters": (
            "có ký tự không in được trên học bạ, ví dụ biểu tượng cảm xúc; hãy xoá",
            "there are characters that cannot be printed, such as emoji",
        ),
        "text-too-long": ("quá dài so với chỗ trên mẫu học bạ; nên rút gọn", "longer than the form has room for; shorten it"),
        "text-looks-like-formula": (
            "văn bản bắt đầu như công thức; hãy kiểm tra và sửa",
            "the text begins like a formula; check and correct it",
        ),
        "value-missing": ("thiếu {what}; hãy điền", "{what} is missing; fill it in"),
        "sex-invalid": ("giới tính phải là Nam hoặc Nữ", "the sex is Nam or Nữ"),
        "ethnicity-unknown": (
            "dân tộc không có trong danh mục 54 dân tộc; được giữ nguyên, hãy kiểm tra",
            "the ethnic group is not on the list; kept as it is",
        ),
        "district-named": (
            "cấp huyện không còn từ 01/07/2025 nên đã bỏ; hãy sửa ô",
            "the district tier ended on 01/07/2025 and was left out; correct the cell",
        ),
        "measure-invalid": (
            "chiều cao, cân nặng phải là số (cm, kg); đã bỏ qua, hãy kiểm tra",
            "height and weight are numbers (cm, kg); left out, check",
        ),
        "status-unknown": ("trạng thái không rõ, coi như đang học; hãy kiểm tra", "the status is not known and taken as enrolled; check"),
        "pupil-left": ("học sinh đã rời lớp trong năm nên không lập học bạ", "the pupil left during the year; no transcript is made"),
        "date-missing": ("thiếu ngày; hãy điền dd/mm/yyyy", "the date is missing; fill in dd/mm/yyyy"),
        "date-impossible": (
            "không có ngày này; hãy nhập dd/mm/yyyy (ngày trước, tháng sau)",
            "there is no such day; type dd/mm/yyyy, day first",
        ),
        "date-implausible": ("ngày sinh không hợp với khối lớp; hãy kiểm tra", "the birth date does not go with the grade; check"),
        "date-two-digit-year": (
            "năm sinh chỉ có hai chữ số, được hiểu là 20xx; hãy ghi đủ",
            "the year has two digits and was read as 20xx; write it in full",
        ),
        "date-as-serial-number": (
            "ngày đang là số; đã đổi, hãy định dạng ô là ngày",
            "the date is a bare number; converted, format the cell as a date",
        ),
        # marks
        "regular-mark-missing": (
            "thiếu điểm đánh giá thường xuyên; số lần được quy định (TT 22/2021, Điều 6.2), hãy bổ sung",
            "a regular assessment is missing; their number is fixed (TT 22/2021, Điều 6.2), add it",
        ),
        "midterm-mark-missing": (
            "thiếu đánh giá giữa kì; để trống không phải là 0, hãy bổ sung",
            "the mid-term assessment is missing; blank is not 0",
        ),
        "final-mark-missing": (
            "thiếu đánh giá cuối kì; để trống không phải là 0, hãy bổ sung",
            "the final assessment is missing; blank is not 0",
        ),
        "result-missing": ("thiếu kết quả; hãy điền", "the result is missing; fill it in"),
        "mark-out-of-range": ("điểm phải từ 0 đến 10; hãy nhập lại", "a mark lies between 0 and 10; type it again"),
        "mark-not-a-number": ("điểm phải là số, ví dụ 7,5; hãy nhập lại", "a mark is a number such as 7,5; type it again"),
        "mark-is-date": (
            "ô điểm đã bị đổi thành ngày tháng; hãy nhập lại điểm dạng số",
            "the mark was turned into a date; type it again as a number",
        ),
        "mark-two-decimals": (
            "điểm có hai chữ số thập phân, đã làm tròn một chữ số (TT 22/2021, Điều 5.3)",
            "the mark has more than one decimal and was rounded half up (TT 22/2021, Điều 5.3)",
        ),
        "comment-value-invalid": (
            "môn đánh giá bằng nhận xét chỉ ghi Đ hoặc CĐ; hãy sửa",
            "a comment subject says Đ or CĐ only; correct it",
        ),
        "formula-error": ("công thức trong ô bị lỗi; hãy nhập giá trị", "the formula's value is an error; type the value"),
        "formula-without-value": (
            "công thức chưa được tính nên tệp không có giá trị; hãy mở và lưu lại bằng phần mềm bảng tính",
            "the formula was never computed; open the file in a spreadsheet program and save it",
        ),
        "formula-in-mark": (
            "điểm do công thức tính; giá trị đã lưu được dùng",
            "the mark is computed by a formula; the stored value is used",
        ),
        "learning-invalid": ("kết quả học tập phải là Tốt, Khá, Đạt hoặc Chưa đạt", "the result in learning is Tốt, Khá, Đạt or Chưa đạt"),
        "conduct-invalid": (
            "kết quả rèn luyện phải là Tốt, Khá, Đạt hoặc Chưa đạt (TT 22/2021)",
            "rèn luyện is Tốt, Khá, Đạt or Chưa đạt (TT 22/2021)",
        ),
        "conduct-missing": ("thiếu kết quả rèn luyện; hãy điền", "rèn luyện is missing; fill it in"),
        "absence-not-a-number": (
            "số buổi nghỉ phải là số nguyên từ 0; hãy nhập lại",
            "sessions missed are a whole number from 0; type it again",
        ),
        "absence-total-differs": ("Tổng khác P + K; P và K được dùng", "the total is not P + K; P and K are used"),
        # contradictions between what the sheet states and what follows from the marks
        "stated-average-differs": (
            "điểm trung bình ghi khác điểm tính lại từ các đầu điểm; hãy đối chiếu",
            "the stated average differs from the recomputed one",
        ),
        "year-is-semester-2": (
            "các điểm cả năm là điểm học kì II (cả năm = (HK I + 2 × HK II) / 3); hãy tính lại cả hàng",
            "the year's averages are those of the second semester; the year is (I + 2 × II) / 3, correct the row",
        ),
        "stated-comment-differs": (
            "kết quả môn ghi khác kết quả tính lại từ các lần đánh giá",
            "the stated level differs from the recomputed one",
        ),
        "stated-learning-differs": (
            "kết quả học tập ghi khác kết quả tính lại; hãy đối chiếu",
            "the stated result in learning differs from the recomputed one",
        ),
        "stated-conduct-differs": (
            "rèn luyện cả năm ghi khác kết quả suy từ hai học kì",
            "the stated rèn luyện of the year does not follow from the semesters",
        ),
        "stated-absences-differ": (
            "số buổi nghỉ cả năm khác tổng hai học kì; hãy đối chiếu",
            "the year's absences are not the sum of the semesters",
        ),
        "stated-title-differs": (
            "danh hiệu ghi khác danh hiệu tính lại (TT 22/2021, Điều 15)",
            "the stated title differs from the recomputed one",
        ),
        "stated-promotion-differs": (
            "ghi chú lên lớp khác kết quả tính lại (TT 22/2021, Điều 12)",
            "the stated promotion differs from the recomputed one",
        ),
        "stated-retest-differs": (
            "danh sách môn đánh giá lại khác kết quả tính lại",
            "the subjects to be re-assessed differ from the recomputed ones",
        ),
        "title-not-stated": (
            "học sinh đạt danh hiệu nhưng ô để trống; danh hiệu tính lại được dùng",
            "a title was earned but is not stated; the recomputed one is used",
        ),
        "subject-unknown": (
            "không nhận ra môn học; hãy ghi như tiêu đề các cột môn",
            "the subject was not recognised; write it as in the column headings",
        ),
        # chosen subjects
        "electives-count": (
            "phải chọn đúng {what} môn học lựa chọn; hãy kiểm tra",
            "exactly {what} elective subjects are chosen; check",
        ),
        "elective-doubled": ("môn này đã được chọn ở cột khác; hãy sửa", "the subject is chosen twice; correct one"),
        "elective-not-offered": (
            "môn này không phải môn học lựa chọn hay tự chọn; hãy sửa",
            "this is no elective or optional subject; correct it",
        ),
        "elective-without-marks": (
            "môn được chọn không có cột điểm ở trang học kì; hãy bổ sung",
            "the chosen subject has no columns in the semester sheets; add them",
        ),
        "mark-not-chosen": (
            "có điểm ở môn học sinh không chọn; hãy xoá điểm hoặc sửa danh sách chọn môn",
            "there is a mark in a subject that the pupil has not chosen; delete it or correct the choice",
        ),
        # the summer
        "retest-subject-unknown": (
            "không nhận ra môn đánh giá lại; hãy ghi như tiêu đề các cột môn",
            "the re-assessed subject was not recognised",
        ),
        "retest-not-due": (
            "học sinh không phải đánh giá lại môn này; hãy kiểm tra",
            "the pupil does not have to be re-assessed in this subject; check",
        ),
        "retest-doubled": (
            "môn này đã có kết quả đánh giá lại ở hàng khác; hãy giữ một",
            "the subject has a re-assessed result in another row; keep one",
        ),
        "summer-conduct-not-due": (
            "học sinh không phải rèn luyện trong hè; hãy kiểm tra",
            "the pupil has no summer programme of rèn luyện; check",
        ),
        "summer-incomplete": (
            "mới có một phần kết quả trong hè nên chưa xét lại",
            "only part of the summer's results is there; the year was not decided again",
        ),
    }
)
"""Code to (Vietnamese, English); `{what}` is filled in."""
