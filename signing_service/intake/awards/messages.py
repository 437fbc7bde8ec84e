"""What the findings about an award workbook say, in Vietnamese and English: the trouble and the remedy, never a person's name."""

from types import MappingProxyType
from typing import Final

MESSAGES: Final = MappingProxyType(
    {
        # the file and its sheets
        "sheet-missing": ("thiếu trang {what}; hãy thêm trang này rồi nộp lại", "the sheet of {what} is missing; add it"),
        "sheet-doubled": ("có hai trang cùng loại {what}; hãy chỉ giữ một", "there are two sheets of the kind {what}; keep one"),
        "sheet-not-recognised": (
            "không nhận ra bảng nào nên bỏ qua trang tính này; kiểm tra hàng tiêu đề nếu trang có dữ liệu",
            "no table was recognised and the sheet was left out; check the heading row if it holds data",
        ),
        "heading-missing": ("thiếu cột {what}; hãy thêm cột này", "the column {what} is missing; add it"),
        "heading-doubled": ("hai cột cùng tiêu đề; hãy xoá hoặc đổi tên một cột", "two columns have the same heading; rename one"),
        "row-hidden": ("hàng bị ẩn vẫn được đọc; hãy bỏ ẩn và kiểm tra", "a hidden row was read all the same; show it and check"),
        "row-passed-over": (
            "hàng chỉ có tên, coi là tiêu đề nhóm nên bỏ qua",
            "the row holds a name only and was taken for a group's heading",
        ),
        "formula-error": ("công thức trong ô bị lỗi; hãy nhập giá trị", "the formula's value is an error; type the value"),
        "formula-without-value": (
            "công thức chưa được tính; hãy mở và lưu lại bằng phần mềm bảng tính",
            "the formula was never computed; open the file in a spreadsheet program and save it",
        ),
        "text-characters": ("có ký tự không in được, ví dụ biểu tượng cảm xúc; hãy xoá", "there are characters that cannot be printed"),
        "text-too-long": ("quá dài so với chỗ trên mẫu; nên rút gọn", "longer than the form has room for; shorten it"),
        "name-legacy-encoding": ("tên còn ở mã cũ (TCVN3, VNI); hãy chuyển sang Unicode", "the name is in a legacy encoding; convert it"),
        "name-characters": ("họ tên có ký tự không phải chữ; hãy nhập lại", "the name holds something other than letters; type it again"),
        "value-missing": ("thiếu {what}; hãy điền", "{what} is missing; fill it in"),
        "not-a-whole-number": ("phải là số nguyên từ 0 trở lên; hãy nhập lại", "a whole number from 0 is wanted; type it again"),
        # the decision
        "decision-number-differs": (
            "số quyết định ở đầu danh sách khác số ở trang quyết định; hãy sửa",
            "the number above the list is not that of the decision; correct it",
        ),
        "decision-number-form": ("số quyết định phải có dạng 123/QĐ-…; hãy kiểm tra", "a decision's number looks like 123/QĐ-…; check"),
        "date-impossible": ("không có ngày này; hãy nhập dd/mm/yyyy", "there is no such day; type dd/mm/yyyy, day first"),
        "date-two-digit-year": ("năm chỉ có hai chữ số, hiểu là 20xx; hãy ghi đủ", "the year has two digits and was read as 20xx"),
        "date-as-serial-number": ("ngày đang là số; đã đổi, hãy định dạng ô là ngày", "the date is a bare number; converted"),
        "decision-dated-ahead": ("ngày ban hành ở tương lai; hãy kiểm tra", "the day of the decision lies ahead; check"),
        "basis-after-decision": ("căn cứ có ngày sau ngày quyết định; hãy kiểm tra", "a legal basis is younger than the decision; check"),
        "catalogue-unknown": (
            "chưa có danh mục khen thưởng cho ngày này; hãy kiểm tra ngày ban hành",
            "no catalogue of awards is known for this day; check the day of the decision",
        ),
        "catalogue-carried-over": (
            "Luật 06/2026/QH16 có hiệu lực từ 01/10/2026 chưa có trong danh mục; tiêu chuẩn trước đó được dùng, người ký phải đối chiếu",
            "law 06/2026/QH16 (since 01/10/2026) is not in the catalogue yet; earlier standards were applied, whoever signs has to check",
        ),
        "authority-unknown": (
            "không rõ cơ quan thuộc loại nào (Sở, Ủy ban nhân dân xã, phường, trường); hãy ghi đầy đủ tên",
            "it is not clear which kind of office this is; write its full name",
        ),
        "authority-not-registered": (
            "cơ quan chưa có trong danh mục nên chưa phát hành được; hãy đăng ký trước khi nhập chính thức",
            "the office is not registered, so nothing can be issued yet; register it before importing for good",
        ),
        "authority-title-differs": (
            "thẩm quyền không phải của người đứng đầu cơ quan ban hành; hãy sửa",
            "the power named is not that of the head of the issuing office; correct it",
        ),
        "authority-without-power": (
            "theo danh mục {what}, người đứng đầu loại cơ quan này không quyết định khen thưởng",
            "under the catalogue {what} the head of such an office decides no award",
        ),
        "signer-code-missing": (
            "thiếu mã định danh người ký; hãy điền để chọn đúng người ký",
            "the signer's staff code is missing; fill it in so that the right person is asked",
        ),
        "count-differs": (
            "số ghi ở quyết định khác số hàng trong danh sách ({what}); hãy đối chiếu",
            "the number stated is not the number of rows on the list ({what}); check",
        ),
        # lines of the annex
        "annex-empty": ("danh sách khen thưởng không có hàng nào dùng được; hãy kiểm tra", "the annex has no row that can be used; check"),
        "golden-book-number-missing": ("thiếu số sổ vàng; hãy điền", "the golden-book number is missing; fill it in"),
        "golden-book-number-doubled": (
            "số sổ vàng trùng với hàng {what}; hãy sửa",
            "row {what} has the same golden-book number; correct it",
        ),
        "golden-book-number-gap": ("số sổ vàng không liên tục; hãy kiểm tra", "the golden-book numbers are not consecutive; check"),
        "recipient-doubled": (
            "đã được khen cùng hình thức, cùng phong trào ở hàng {what}; hãy giữ một",
            "row {what} grants the same award for the same campaign; keep one",
        ),
        "recipient-code-two-names": (
            "mã định danh này ở hàng {what} mang họ tên khác; hãy đối chiếu",
            "row {what} has another name under this staff code; check",
        ),
        "salutation-unknown": ("danh xưng phải là Ông, Bà hoặc Em; hãy sửa", "the form of address is Ông, Bà or Em; correct it"),
        "ethnicity-unknown": ("dân tộc không có trong danh mục; được giữ nguyên", "the ethnic group is not on the list; kept as it is"),
        "district-named": (
            "cấp huyện không còn từ 01/07/2025; hãy ghi xã, phường hoặc đặc khu",
            "the district tier ended on 01/07/2025; name the commune or ward",
        ),
        "flag-unknown": ("ô đánh dấu chỉ ghi x hoặc để trống; hãy sửa", "a mark is x or blank; correct it"),
        "title-unknown": (
            "không có danh hiệu, hình thức này trong danh mục {what}; hãy ghi đúng tên",
            "the catalogue {what} has no such title or form; write its name",
        ),
        "title-for-others": (
            "danh hiệu, hình thức này không dành cho đối tượng của danh sách; hãy chuyển sang danh sách kia",
            "this title is not for the recipients of this list; move the row to the other list",
        ),
        "title-not-granted-here": (
            "cơ quan ban hành không có thẩm quyền tặng danh hiệu, hình thức này ({what})",
            "the issuing office has no power to grant this title ({what})",
        ),
        "standard-not-in-workbook": (
            "tiêu chuẩn không có trong tệp nên người ký phải tự đối chiếu: {what}",
            "the workbook does not state everything that this title asks for; whoever signs has to check: {what}",
        ),
        "occasion-unknown": (
            "loại khen phải là Thường xuyên, Chuyên đề hoặc Đột xuất; hãy sửa",
            "the kind of award is Thường xuyên, Chuyên đề or Đột xuất; correct it",
        ),
        "occasion-derived": (
            "không ghi loại khen; suy ra từ cột phong trào",
            "the kind of award is not stated; it was taken from the campaign",
        ),
        "campaign-missing": ("khen chuyên đề phải ghi phong trào, chuyên đề; hãy điền", "a thematic award names its campaign; fill it in"),
        "campaign-unexpected": (
            "chỉ khen chuyên đề mới ghi phong trào; hãy kiểm tra loại khen",
            "only a thematic award names a campaign; check the kind of award",
        ),
        "campaign-not-listed": (
            "phong trào không có trong quyết định; hãy ghi đúng tên",
            "the decision does not list this campaign; write its name as there",
        ),
        "rating-unknown": ("kết quả xếp loại không thuộc bốn mức; hãy sửa", "the rating is none of the four; correct it"),
        # votes and standards
        "votes-more-than-members": ("số phiếu đồng ý nhiều hơn số thành viên; hãy sửa", "more votes in favour than members; correct it"),
        "votes-more-than-voters": (
            "số phiếu đồng ý nhiều hơn số thành viên có mặt hoặc gửi phiếu; hãy đối chiếu biên bản",
            "more votes in favour than members who were present or voted in writing; check the minutes",
        ),
        "council-size-differs": (
            "tổng số thành viên khác danh sách Hội đồng ({what}); tỷ lệ tính trên tất cả thành viên, kể cả người vắng",
            "the number of members is not that of the council's list ({what}); the share counts all members, absent ones included",
        ),
        "percent-differs": (
            "tỷ lệ ghi khác tỷ lệ tính từ số phiếu ({what}); hãy đối chiếu",
            "the stated share is not that of the votes ({what})",
        ),
        "percent-unreadable": ("tỷ lệ phải là số, ví dụ 86,67; hãy nhập lại", "a share is a number such as 86,67; type it again"),
        "workers-more-than-headcount": (
            "số người đạt Lao động tiên tiến nhiều hơn tổng số người; hãy sửa",
            "more members with the title than members; correct it",
        ),
        "votes-below-standard": ("không đủ phiếu: {what}", "too few votes: {what}"),
        "votes-missing": (
            "thiếu kết quả bỏ phiếu mà danh hiệu này đòi hỏi ({what})",
            "the vote that this title asks for is missing ({what})",
        ),
        "rating-below-standard": ("xếp loại chất lượng thấp hơn tiêu chuẩn: {what}", "the rating is below the standard: {what}"),
        "rating-missing": (
            "thiếu kết quả xếp loại mà danh hiệu này đòi hỏi ({what})",
            "the rating that this title asks for is missing ({what})",
        ),
        "neither-excellent-rating-nor-initiative": (
            "không hoàn thành xuất sắc nhiệm vụ và không có sáng kiến được công nhận: {what}",
            "neither the best rating nor a recognised initiative: {what}",
        ),
        "advanced-workers-below-standard": ("tỷ lệ Lao động tiên tiến chưa đủ: {what}", "too small a share of Lao động tiên tiến: {what}"),
        "advanced-workers-missing": (
            "thiếu số người đạt Lao động tiên tiến hoặc tổng số người ({what})",
            "the number of members with the title, or of all members, is missing ({what})",
        ),
        "member-disciplined": ("tập thể có người bị kỷ luật: {what}", "a member of the collective was disciplined: {what}"),
        "under-discipline": ("đang bị xem xét kỷ luật: {what}", "a disciplinary case is open: {what}"),
        "refused-nomination-sound": (
            "đề nghị này đủ tiêu chuẩn kiểm tra được nhưng nằm trong danh sách không đạt; hãy ghi lý do",
            "this nomination meets every standard that can be checked and stands on the list of refused ones all the same; note why",
        ),
    }
)
"""Code to (Vietnamese, English); `{what}` is filled in."""
