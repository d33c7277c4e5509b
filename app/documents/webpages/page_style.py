"""The style sheet of pages for a browser. Data only."""

from __future__ import annotations

STYLE = """
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#F2F4F5;color:#1E2428;font-size:15px;line-height:1.5;
font-family:"Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Noto Sans SC",
"Source Han Sans SC","WenQuanYi Micro Hei","WenQuanYi Zen Hei",SimHei,SimSun,sans-serif}
main{max-width:1180px;margin:0 auto;padding:20px 16px 32px}
header{border-top:4px solid #B4232A;padding-top:14px;margin-bottom:8px}
h1{font-size:26px;line-height:1.3;margin:0 0 6px}
h2{font-size:18px;margin:0 0 8px}
h2 small{font-weight:normal;font-size:14px;color:#56616A}
h3{font-size:14px;font-weight:normal;margin:0}
p{margin:0}
.note{font-size:13px;color:#56616A}
section{background:#fff;border:1px solid #E2E6E9;border-radius:6px;padding:14px 16px;
margin-top:12px}
.figures{background:none;border:0;padding:0;font-size:0;margin-right:-12px}
.figure{display:inline-block;vertical-align:top;width:25%;box-sizing:border-box;
border-right:12px solid #F2F4F5;border-bottom:4px solid #F2F4F5;background:#fff;
padding:14px 16px;font-size:15px}
.figure b{font-size:28px}
.figure .percent{float:right;margin-top:12px}
.track{height:6px;background:#E2E6E9;border-radius:3px;margin:4px 0 6px;overflow:hidden}
.track div{height:6px;background:#4B6680}
.tiles{font-size:0;margin:0 -4px}
.tile{display:inline-block;vertical-align:top;box-sizing:border-box;width:150px;min-height:98px;
margin:4px;padding:8px 10px;border-radius:4px;font-size:12px}
.tile .percent{font-size:20px;font-weight:bold;line-height:1.4}
.t0{background:#EEF2F5}.t1{background:#D3DDE6}.t2{background:#AFC0CF}
.t3{background:#5E7A94;color:#fff}.t4{background:#35506A;color:#fff}
.tnone{background:#F7F8F9;color:#69747D}
.legend i{display:inline-block;width:14px;height:10px;margin:0 5px 0 12px}
.legend{margin:4px 0}
.wide{overflow-x:auto;-webkit-overflow-scrolling:touch}
.picture{min-width:600px;max-width:860px;margin:0 auto}
svg{display:block;width:100%;height:auto;font-family:inherit}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{border-bottom:1px solid #E2E6E9;padding:6px 8px;text-align:right;white-space:nowrap;
font-weight:normal}
th{color:#56616A;border-bottom:1px solid #B6BFC6;vertical-align:bottom}
.words{text-align:left;white-space:normal;min-width:7em}
.sum td{font-weight:bold;background:#F7F8F9}
@media (max-width:820px){.figure{width:50%}}
@media (max-width:480px){main{padding:12px 10px 24px}h1{font-size:21px}
.figures{margin-right:0}.figure{width:100%;border-right:0}.tile{width:46%;margin:2%}
section{padding:12px}}
@page{size:A4;margin:14mm 12mm}
@media print{body{background:#fff;font-size:12px}main{max-width:none;padding:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
section{border-color:#B6BFC6;padding:8px 10px;margin-top:8px}
.figure{width:25%;border-right:8px solid #fff;border-bottom:0;font-size:12px;padding:6px 8px;
background:#F7F8F9}.figures{margin-right:-8px}.figure b{font-size:20px}
.figure .percent{margin-top:7px}
.tile{width:23%;margin:1%;min-height:0}
h1{font-size:20px}h2{font-size:15px;page-break-after:avoid}.picture{min-width:0}
table{font-size:11px}th,td{padding:3px 4px}.wide{overflow:visible}
tr,.figure,.tile,.whole{page-break-inside:avoid}thead{display:table-header-group}
thead,tbody tr:nth-child(-n+2){page-break-after:avoid}}
"""
