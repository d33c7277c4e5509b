"""Code lists of enterprises and public institutions (企（事）业单位); industries have their own."""

from __future__ import annotations

from app.domain.kernel.codelist import CodeList

ENTERPRISE_KIND = CodeList.of(
    "enterprise_kind",
    "单位类别",
    """
enterprise 企业
institution 事业单位 事业
government 机关 党政机关
other 其他 社会组织 个体工商户
""",
)
"""R5: enterprises and public institutions; union year-book classes."""

OWNERSHIP = CodeList.of(
    "ownership",
    "经济类型",
    """
state 国有 国有企业 国有控股 国企
collective 集体 集体企业
private 私营 民营 私营企业 民营企业
hmt 港澳台投资 港澳台 港澳台商投资
foreign 外商投资 外商 外资
other 其他
""",
)
"""Union year-book classes; 非公有制 of R61 follows from it."""

AFFILIATION = CodeList.of(
    "affiliation",
    "隶属",
    """
city 市属以上 市属 省属 中央 央属 市属及以上
county 县属 县（市、区）属 区属
township 乡镇属 乡镇 街道属 乡镇（街道）属
other 其他 无隶属
""",
)
"""R33: 市属以上 belong to the city's plan."""

VERIFICATION = CodeList.of(
    "verification",
    "核实情况",
    """
preset 预置 未核实 待核实
verified 已核实 核实
missing 不存在 注销 迁出 已注销 已迁出
duplicate 重复
""",
)
"""R63."""

CONTRACT_KIND = CodeList.of(
    "contract_kind",
    "工资集体合同类型",
    """
enterprise 企业 企业工资专项集体合同
regional 区域性 区域
sectoral 行业性 行业
none 没有签 没有 无 未签订 未签 未开展
""",
)
"""R64."""

NO_CONTRACT = "none"
"""Somebody looked, and there is none: other than nobody saying."""

ENTERPRISE_STATE = CodeList.of(
    "enterprise_state",
    "企业状况",
    """
normal 正常 正常生产 盈利 生产经营正常
difficult 生产经营困难 困难 亏损
halted 停产半停产 停产 半停产
restructuring 改制 改制中
bankrupt 破产 关闭 关闭破产
other 其他
""",
)
"""企业状况 of the archive form."""
