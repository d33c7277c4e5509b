"""Forms as offices lay them out: what each must say, and which of it is to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.documents.wordforms.papers import C, box, docx, p, table

TITLE = p("乐山市总工会“进千户企业、访万名职工”\n实践活动情况登记表")
UNIT = "乐山福禄机械制造有限责任公司"
SAID = "1、建议企业按时足额缴纳社会保险。\n2、职工希望每年安排一次健康体检。"
TOLD = tuple(SAID.split("\n"))
WHO = "沙湾区嘉农镇工会联合会"
FOOT = p(f"填报单位：{WHO}                    2011年9月20日")
PLAIN: Mapping[str, str] = {
    "leaders": "王建国、刘勇",
    "enterprise_name": UNIT,
    "headcount": "236",
    "opinions": SAID,
    "reporter": WHO,
    "filed_on": "2011-09-20",
}


@dataclass(frozen=True)
class Layout:
    """A file, what differs from `PLAIN` in each of its forms, and the doubts by blank.

    A blank with a doubt that names no value may read anything: a person looks at it.
    """

    data: bytes
    forms: tuple[Mapping[str, str], ...] = ({},)
    doubts: Mapping[str, str] = field(default_factory=dict)
    form_doubt: str = ""


_SECOND = {
    "leaders": "李明",
    "enterprise_name": "沙湾区嘉农镇中心卫生院",
    "headcount": "58",
    "opinions": "无",
    "filed_on": "2011-10-08",
}

LAYOUTS: dict[str, Layout] = {
    "label and value in one cell": Layout(
        docx(
            TITLE,
            table(
                [
                    C(("参与走访领导：", "王建国、刘勇")),
                    f"走访企（事）业单位名称\n{UNIT}",
                    "走访企（事）业职工人数：236人",
                ],
                [C(("企（事）业单位、职工的建议与意见：", *TOLD), 3)],
                [C("说明：1、此表在“走访”活动结束后于12月15日前同总结一起上报市总；", 3)],
            ),
            FOOT,
        )
    ),
    "labels below each other beside a heading": Layout(
        docx(
            TITLE,
            table(
                [C("走访情况", down="begins"), "走访领导", "王建国  刘勇"],
                [C(down="goes on"), "企业全称", UNIT],
                [C(down="goes on"), "现有职工总数（人）", "236"],
                [C("征求意见", down="begins"), "职工的意见和建议", C(TOLD)],
                ["上报单位（盖章）", C(WHO, 2)],
                ["上报时间", C("2011.9.20", 2)],
            ),
        )
    ),
    "tabs and no table": Layout(
        docx(
            TITLE,
            p("参与走访领导\t王建国、刘勇"),
            p(f"走访单位名称\t{UNIT}\t职工人数\t236人"),
            p("建议与意见"),
            *map(p, TOLD),
            p(f"填报单位（盖章）：{WHO}"),
            p("2011年9月20日"),
        )
    ),
    "numbered lines and no table": Layout(
        docx(
            TITLE,
            p("一、参与走访领导：王建国（区总工会主席）、刘　勇（副主席）"),
            p(f"二、走访企业名称：{UNIT}"),
            p("三、职工人数：二百三十六人"),
            p("四、意见建议："),
            *map(p, TOLD),
            p(f"填报单位：{WHO}      填报日期：二〇一一年九月二十日"),
        )
    ),
    "underlined blanks, two in a line": Layout(
        docx(
            TITLE,
            p("参与走访领导：___王建国、刘勇____  走访职工人数：__236__人"),
            p(f"走访企（事）业单位名称：__{UNIT}___"),
            p(f"企（事）业单位、职工的建议与意见：{SAID}"),
            p(f"填报单位：__{WHO}__   2011 年 9 月 20 日"),
        ),
        doubts={"headcount": "LABEL_CHECK"},
    ),
    "names in cells of their own": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "王建国", "刘勇", "单位名称", UNIT, "职工人数", "236"],
                ["建议与意见", C(TOLD, 6)],
            ),
            FOOT,
        ),
        doubts={"leaders": "SPREAD"},
    ),
    "headings above with one nobody knows": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "走访单位名称", "走访方式", "单位职工总数"],
                ["王建国、刘勇", UNIT, "座谈", "236人"],
                [C("意见和建议", 4)],
                [C(TOLD, 4)],
            ),
            FOOT,
        )
    ),
    "opinions go on in a row without a label": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "王建国、刘勇", "走访企业", UNIT, "职工数", "236人"],
                ["意见建议", C(TOLD[0], 5)],
                ["", C(TOLD[1], 5)],
            ),
            FOOT,
        ),
        doubts={"opinions": "SPREAD"},
    ),
    "two forms without titles, who and when above": Layout(
        docx(
            p(f"填报单位：{WHO}      填报时间：2011年9月20日"),
            table(
                ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                ["建议与意见", C(TOLD, 5)],
            ),
            p(f"填报单位：{WHO}      填报时间：2011年10月8日"),
            table(
                ["参与走访领导", "李明", "走访单位", "沙湾区嘉农镇中心卫生院", "职工人数", "58"],
                ["建议与意见", C("无", 5)],
            ),
        ),
        ({}, _SECOND),
    ),
    "two forms in one table": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                ["建议与意见", C(TOLD, 5)],
                [C(f"填报单位：{WHO}", 3), C("2011年9月20日", 3)],
                ["参与走访领导", "李明", "走访单位", "沙湾区嘉农镇中心卫生院", "职工人数", "58"],
                ["建议与意见", C("无", 5)],
                [C(f"填报单位：{WHO}", 3), C("2011年10月8日", 3)],
            ),
        ),
        ({}, _SECOND),
    ),
    "the foot inside the opinions": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                ["建议与意见", C((*TOLD, f"填报单位：{WHO}", "2011年9月20日"), 5)],
            ),
        )
    ),
    "nothing right of the label, the text below": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                ["建议与意见", C("", 5)],
                [C(TOLD, 6)],
            ),
            FOOT,
        )
    ),
    "the whole form in a text box": Layout(
        docx(
            box(
                TITLE,
                table(
                    ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                    ["建议与意见", C(TOLD, 5)],
                ),
                FOOT,
            )
        ),
        doubts={"leaders": "TEXTBOX", "opinions": "TEXTBOX"},
    ),
    "firm and workers apart": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                ["企业的建议与意见", C("减轻负担。", 5)],
                ["职工的建议与意见", C("安排体检。", 5)],
            ),
            FOOT,
        ),
        ({"opinions": "企业的建议与意见：减轻负担。\n职工的建议与意见：安排体检。"},),
        {"opinions": "TWICE"},
    ),
    "more blanks than the form has": Layout(
        docx(
            TITLE,
            table(
                ["走访时间", "2011年9月18日", "走访地点", "嘉农镇"],
                ["参与走访领导", "王建国、刘勇", "联系电话", "0833-3420000"],
                ["走访单位", UNIT, "企业性质", "私营"],
                ["女职工人数", "80", "职工人数", "236"],
                ["建议与意见", C(TOLD, 3)],
                ["处理情况", C("已转相关部门。", 3)],
            ),
            FOOT,
        ),
        ({"visited_on": "2011-09-18"},),
    ),
    "one cell holds it all": Layout(
        docx(
            table(
                [
                    C(
                        (
                            "“进千户企业、访万名职工”活动情况登记表",
                            "参与走访领导：王建国、刘勇",
                            f"走访企（事）业单位名称：{UNIT}",
                            "走访企（事）业职工人数：236",
                            "建议与意见：",
                            *TOLD,
                            f"填报单位：{WHO}   2011-9-20",
                        )
                    )
                ]
            )
        )
    ),
    "two tables for one form": Layout(
        docx(
            TITLE,
            table(["参与走访领导", "王建国、刘勇"], ["走访单位", UNIT], ["职工人数", "236"]),
            p(""),
            table(["企（事）业单位、职工的建议与意见"], [C(TOLD)]),
            FOOT,
        )
    ),
    "labels written downwards": Layout(
        docx(
            TITLE,
            table(
                [C(tuple("走访领导")), C(("王建国", "刘勇")), C(tuple("单位名称")), UNIT],
                [C(tuple("职工人数")), "２３６", C(tuple("建议与意见")), C(TOLD)],
            ),
            FOOT,
        )
    ),
    "who and when in the page's foot": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                ["建议与意见", C(TOLD, 5)],
            ),
            footer=f"填报单位：{WHO}    2011年9月20日",
        ),
        doubts={"reporter": "PAGE_FOOTER", "filed_on": "PAGE_FOOTER"},
    ),
    "a stray row": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                ["建议与意见", C(TOLD, 5)],
                [C("3、希望解决通勤车。", 6)],
            ),
            FOOT,
        ),
        form_doubt="LEFT_OVER",
    ),
    "two forms side by side": Layout(
        docx(
            TITLE,
            table(
                ["走访领导", "王建国、刘勇", "走访领导", "李明"],
                ["单位名称", UNIT, "单位名称", "沙湾区嘉农镇中心卫生院"],
                ["职工人数", "236", "职工人数", "58"],
                ["建议与意见", C(TOLD), "建议与意见", "无"],
            ),
            FOOT,
        ),
        ({"opinions": "建议与意见：" + SAID + "\n建议与意见：无"},),
        {"leaders": "TWICE", "enterprise_name": "TWICE", "headcount": "TWICE", "opinions": "TWICE"},
    ),
    "a name that goes on in the next line": Layout(
        docx(
            TITLE,
            p("参与走访领导：王建国、刘勇\t走访单位名称：乐山福禄机械制造"),
            p("有限责任公司\t职工人数：236"),
            p(f"建议与意见：{SAID}"),
            FOOT,
        ),
        doubts={"enterprise_name": "SPREAD"},
    ),
    "a line nobody asked for": Layout(
        docx(
            TITLE,
            p("参与走访领导：王建国、刘勇"),
            p(f"走访单位名称：{UNIT}"),
            p("（沙湾区嘉农镇）"),
            p("职工人数：236"),
            p(f"建议与意见：{SAID}"),
            FOOT,
        ),
        form_doubt="LEFT_OVER",
    ),
    "names below each other, the label once": Layout(
        docx(
            TITLE,
            table(
                ["参与走访领导", "王建国"],
                ["", "刘勇"],
                ["走访单位", UNIT],
                ["职工人数", "236"],
                ["建议与意见", C(TOLD)],
            ),
            FOOT,
        ),
        doubts={"leaders": "SPREAD"},
    ),
    "leaders of two levels": Layout(
        docx(
            TITLE,
            table(
                ["市总工会领导", "赖淑芳", "区总工会领导", "王建国、刘勇"],
                ["走访单位", UNIT, "职工人数", "236"],
                ["建议与意见", C(TOLD, 3)],
            ),
            FOOT,
        ),
        ({"leaders": "赖淑芳"},),
        {"leaders": "TWICE"},
    ),
    "opinions first, with labels of their own": Layout(
        docx(
            TITLE,
            table(
                ["建议与意见", C(("企业的建议：减轻负担。", "职工人数：盼增加。"), 3)],
                ["走访单位", UNIT, "职工人数", "236"],
                ["走访领导", C("王建国、刘勇", 3)],
            ),
            FOOT,
        ),
        ({"opinions": "企业的建议：减轻负担。\n职工人数：盼增加。"},),
    ),
    "who and when in two text boxes": Layout(
        docx(
            TITLE,
            table(
                ["走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                ["建议与意见", C(TOLD, 5)],
            ),
            box(p(f"填报单位：{WHO}")),
            box(p("2011年9月20日")),
        ),
        doubts={"reporter": "TEXTBOX", "filed_on": "TEXTBOX"},
    ),
    "a list of units above the form": Layout(
        docx(
            p("走访活动总结"),
            p("我镇参与走访领导共12人次，职工人数合计3460人。"),
            p("沙湾区总工会\n2011年12月1日"),
            table(["序号", "单位名称", "职工人数"], ["1", "嘉农镇某厂", "99"]),
            p("附件2", page=True),
            TITLE,
            table(
                ["参与走访领导", "王建国、刘勇", "走访单位", UNIT, "职工人数", "236"],
                ["建议与意见", C(TOLD, 5)],
            ),
            FOOT,
        )
    ),
}


def one(
    leaders: str = "王建国、刘勇", unit: str = UNIT, count: str = "236", day: str = ""
) -> bytes:
    """A plain form with these values."""
    return docx(
        TITLE,
        table(
            [
                "参与走访领导",
                leaders,
                "走访企（事）业单位名称",
                unit,
                "走访企（事）业职工人数",
                count,
            ],
            ["企（事）业单位、职工的建议与意见", C(TOLD, 5)],
        ),
        p(f"填报单位：{WHO}        {day or '2011年9月20日'}"),
    )
