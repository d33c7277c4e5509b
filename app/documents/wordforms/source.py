"""The bytes of a Word file somebody sends, and what kind of file they are, whatever its name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from app.documents.wordforms.bounds import LARGEST, damaged, not_word, too_big
from app.documents.workbooks.saving import file_words
from app.documents.workbooks.source import plain_bytes
from app.domain.kernel.errors import UserError

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"(?:<\?xml[^>]*>\s*)?<(?:html|!doctype|head|body|table|meta|w:|\?mso)", re.I)
_MHT = re.compile(rb"(?:mime-version|content-type|from: ?<saved)", re.I)
_WORD_XML = re.compile(rb"<\?xml[^>]*>\s*(?:<\?mso[^>]*>\s*)?<(?:w:wordDocument|pkg:package)", re.I)
_IN_WPS = "请在 WPS 中打开它，另存为 .docx，再导入。"
_OTHERS = {
    b"%PDF": ("这是 PDF，不是 Word 文件。", "请把原来的 Word 文件选来；只有 PDF 的请照着填。"),
    b"\xff\xd8\xff": ("这是照片，只是名字像 Word 文件。", "请选 Word 文件；照片请作附件添加。"),
    b"\x89PNG": ("这是图片，只是名字像 Word 文件。", "请选 Word 文件；图片请作附件添加。"),
    b"GIF8": ("这是图片，只是名字像 Word 文件。", "请选 Word 文件；图片请作附件添加。"),
    b"BM": ("这是图片，只是名字像 Word 文件。", "请选 Word 文件；图片请作附件添加。"),
    b"{\\rtf": ("这是 RTF 文件，只是名字像 Word 文件。", _IN_WPS),
    b"Rar!": ("这是压缩包。", "请先解压，再选里面的 Word 文件。"),
    b"7z\xbc\xaf": ("这是压缩包。", "请先解压，再选里面的 Word 文件。"),
    b"\xdb\xa5-\0": ("这是很早的 Word 2.0 文件。", _IN_WPS),
}


class Kind(StrEnum):
    """What the bytes are."""

    ZIP = "zip"
    OLE = "ole"


def kind_of(data: bytes) -> Kind:
    """What the bytes are; raises `UserError` NOT_WORD, DAMAGED for nothing, TOO_BIG."""
    if not data:
        raise damaged("文件是空的。")
    if len(data) > LARGEST:
        raise too_big()
    if data.startswith(_ZIP):
        return Kind.ZIP
    if data.startswith(_OLE):
        return Kind.OLE
    for start, words in _OTHERS.items():
        if data.startswith(start):
            raise not_word(*words)
    head = data[:2048].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    if head.startswith(b"{\\rtf"):
        raise not_word(*_OTHERS[b"{\\rtf"])
    if _WORD_XML.match(head):
        raise not_word("这是 XML 形式的 Word 文件。", _IN_WPS)
    if _MARKUP.match(head) or _MHT.match(head):
        raise not_word("这是网页，只是名字像 Word 文件。", _IN_WPS)
    raise not_word()


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; raises `UserError` NOT_A_FILE, `EnvironmentProblem`.

    A named pipe or a device is refused unread; of a file too large no more is read than tells it.
    """
    with file_words(path):
        plain, data = plain_bytes(path, LARGEST)
    if not plain:
        raise UserError("NOT_A_FILE", "这不是一个普通的文件。", remedy="请选择 Word 文件本身。")
    return data
