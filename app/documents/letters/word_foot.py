"""What stands at the foot of the last page of a .docx, whatever the length of the text."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from docx.oxml import parse_xml
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from app.documents.letters.letter_measures import WIDTH

_NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_EMU = 12_700
"""A point, as drawings are measured."""
_BOX = """<w:r {names}><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"
 behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>
<wp:wrapTopAndBottom/><wp:docPr id="1" name="{name}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="{shape}"><wps:wsp><wps:cNvSpPr txBox="1"/>
<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:spAutoFit/></wps:bodyPr>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:rect id="{name}" filled="f" stroked="f" style="position:absolute;
width:{width}pt;height:{height}pt;mso-position-horizontal:left;
mso-position-horizontal-relative:margin;mso-position-vertical:bottom;
mso-position-vertical-relative:margin"><v:textbox inset="0,0,0,0"><w:txbxContent/></v:textbox>
</v:rect></w:pict></mc:Fallback></mc:AlternateContent></w:r>"""
"""A text box for programs from 2010 on, the same for older ones; neither has an edge."""


def stand_below(document: Any, name: str, table: Any, height: float) -> None:
    """Move this table, the last of the text, into a box at the foot of the 版心.

    `height` in points. It stands on the page where the text ends: on that of an empty paragraph
    which takes no room and stays with the last one before it. The text goes round it.
    """
    before = table.getprevious()
    if before is not None and before.tag.endswith("}p"):
        WordParagraph(before, document).paragraph_format.keep_with_next = True
    told = {
        "names": " ".join(f'xmlns:{short}="{uri}"' for short, uri in _NAMES.items()),
        "name": name, "shape": _NAMES["wps"], "width": f"{WIDTH:.1f}", "height": f"{height:.1f}",
        "cx": round(WIDTH * _EMU), "cy": round(height * _EMU),
    }  # fmt: skip
    box: Any = parse_xml(_BOX.format(**told))
    table.getparent().remove(table)
    for inside in box.iter(f"{{{_NAMES['w']}}}txbxContent"):
        inside.append(deepcopy(table))
        inside.append(_without_room(document)._p)
    _without_room(document)._p.append(box)


def _without_room(document: Any) -> WordParagraph:
    """An empty paragraph, which must stand behind a table and at the end of a text."""
    paragraph: WordParagraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)
    return paragraph
