"""民族: GB/T 3304-1991, figure codes; the standard's letter codes are aliases."""

from __future__ import annotations

from app.domain.kernel.codelist import Code, CodeList

_LINES = """
01 汉族 HA
02 蒙古族 MG
03 回族 HU
04 藏族 ZA
05 维吾尔族 UG
06 苗族 MH
07 彝族 YI
08 壮族 ZH
09 布依族 BY
10 朝鲜族 CS
11 满族 MA
12 侗族 DO
13 瑶族 YA
14 白族 BA
15 土家族 TJ
16 哈尼族 HN
17 哈萨克族 KZ
18 傣族 DA
19 黎族 LI
20 傈僳族 LS
21 佤族 VA
22 畲族 SH
23 高山族 GS
24 拉祜族 LH
25 水族 SU
26 东乡族 DX
27 纳西族 NX
28 景颇族 JP
29 柯尔克孜族 KG
30 土族 TU
31 达斡尔族 DU
32 仫佬族 ML
33 羌族 QI
34 布朗族 BL
35 撒拉族 SL
36 毛南族 MN
37 仡佬族 GL
38 锡伯族 XB
39 阿昌族 AC
40 普米族 PM
41 塔吉克族 TA
42 怒族 NU
43 乌孜别克族 UZ
44 俄罗斯族 RS
45 鄂温克族 EW
46 德昂族 DE
47 保安族 BO
48 裕固族 YG
49 京族 GI
50 塔塔尔族 TT
51 独龙族 DR
52 鄂伦春族 OR
53 赫哲族 HZ
54 门巴族 MB
55 珞巴族 LB
56 基诺族 JN
97 其他
98 外国血统中国籍人士 入籍
"""


def _with_short_names(codes: CodeList) -> CodeList:
    """People write 汉 for 汉族."""
    return CodeList(
        codes.name,
        codes.label,
        tuple(
            Code(code.value, code.label, (*code.aliases, code.label.removesuffix("族")))
            for code in codes
        ),
    )


NATIONALITY = _with_short_names(CodeList.of("nationality", "民族", _LINES))
"""GB/T 3304-1991; 97 and 98 as the residents' register has them."""
