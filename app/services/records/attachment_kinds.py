"""Which files may be attached, and which of those from outside another program may open."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.kernel.errors import UserError
from app.domain.kernel.file_names import ending_of, safe_file_name

PICTURES = ("jpg", "jpeg", "jfif", "png", "bmp", "webp")
"""Endings of what becomes smaller."""
DOCUMENTS = tuple("pdf ofd tif tiff doc docx wps odt xls xlsx et ppt pptx dps rtf txt csv".split())
"""Endings of what is kept as it is."""

HEAD = 1024
"""Bytes of a file that `is_document` looks at."""

_ZIP, _OLE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_JPEG, _TIFF, _OFFICE = (b"\xff\xd8\xff",), (b"II*\0", b"MM\0*"), (_OLE, _ZIP, _RTF)
_TEXT = ("txt", "csv")
_WIDE = (b"\xff\xfe", b"\xfe\xff")

_BEGINS: Mapping[str, tuple[bytes, ...]] = {
    **dict.fromkeys(("jpg", "jpeg", "jfif"), _JPEG),
    "png": (b"\x89PNG\r\n",),
    "bmp": (b"BM",),
    "webp": (b"RIFF",),
    "pdf": (b"%PDF",),
    **dict.fromkeys(("tif", "tiff"), _TIFF),
    **dict.fromkeys(("docx", "xlsx", "pptx"), (_ZIP, _OLE)),
    "ofd": (_ZIP,),
    "odt": (_ZIP, _OLE),
    **dict.fromkeys(("doc", "wps", "xls", "et", "ppt", "dps"), _OFFICE),
    "rtf": (_RTF,),
}
"""How the bytes of a file begin, by its ending; one locked with a password is OLE throughout."""


def may_be_attached(name: str) -> bool:
    """Whether a file of this name is one of the pictures and documents above."""
    return ending_of(safe_file_name(name)) in PICTURES + DOCUMENTS


def is_document(name: str, head: bytes) -> bool:
    """Whether a file is one of the pictures and documents above, by its ending and its bytes.

    `head` are its first `HEAD` bytes. What is none may be a program (名单.pdf.exe).
    """
    ending = ending_of(safe_file_name(name))
    if ending in _TEXT:
        return head.startswith(_WIDE) or b"\0" not in head
    return head.startswith(_BEGINS.get(ending, ()))


def refuse_program(name: str, head: bytes) -> None:
    """Raise `UserError` NOT_OPENED for what another program is not asked to open."""
    if not is_document(name, head):
        raise UserError(
            "NOT_OPENED",
            f"“{safe_file_name(name)}”没有打开。",
            why="它不是照片或文档，可能是程序，打开会有危险。",
            remedy="请先向填报单位问清来历；确实要用的，按 Ctrl+Shift+S 另存。",
        )
