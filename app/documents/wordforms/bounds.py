"""What a Word file may cost at most, and the words for a file that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel

LARGEST = 30 << 20
"""Bytes of a file that is read."""
LARGEST_PART = 24 << 20
"""Bytes of one part once it is unpacked."""
MEMBERS = 3_000
"""Parts in the archive."""
NODES = 300_000
"""Elements of one XML part."""
DEEPEST = 250
"""Elements inside each other."""
NESTED = 12
"""Tables inside each other."""
CHARACTERS = 4_000_000
"""Characters of the whole text."""
CELLS = 40_000
"""Cells of one table, with those that spans cover."""
PIECES = 40_000
"""Pieces, and pages of formats, of an old .doc."""
ENTRIES = 300_000
"""Stretches of text with a look of their own in an old .doc."""
FORMS = 1_000
"""Forms in one file."""
STEPS = 6_000_000
"""Looks at a piece of the file: this bounds the time, whatever the file claims."""

_SAVE_AS = "请用 WPS 或 Word 打开它，另存为 .docx，再导入。"


class Budget:
    """How much work is left for one file; raises TOO_BIG when it is spent, and `Cancelled`."""

    def __init__(self, cancel: Cancel | None = None, steps: int = STEPS) -> None:
        self._left = steps
        self._cancel = cancel or Cancel()
        self._next_check = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps from what is left."""
        self._left -= steps
        if self._left < 0:
            raise too_big()
        if self._left < self._next_check:
            self._next_check = self._left - 20_000
            self._cancel.check()


def not_word(what: str = "这不是 Word 文件。", remedy: str = _SAVE_AS) -> UserError:
    """The error of a file that is something else, told by its content."""
    return UserError("NOT_WORD", what, why="能读的是 .docx、.doc、.wps 和 .odt。", remedy=remedy)


def damaged(why: str = "") -> UserError:
    """The error of a file that is not whole."""
    return UserError(
        "DAMAGED",
        "这个文件打不开，可能已经损坏。",
        why=why,
        remedy="请用 WPS 或 Word 打开看看；能打开就另存为 .docx 再导入，打不开请重新索取。",
    )


def encrypted() -> UserError:
    """The error of a file with a password."""
    return UserError(
        "ENCRYPTED",
        "这个文件设了打开密码，读不出来。",
        remedy="请用 WPS 或 Word 打开它，取消密码，另存为 .docx，再导入。",
    )


def too_big() -> UserError:
    """The error of a file that goes beyond a bound."""
    return UserError(
        "TOO_BIG",
        "这个文件太大，里面的内容超过了登记表该有的。",
        remedy="请把登记表单独复制到一个新的文件里，另存为 .docx，再导入。",
    )


def no_form() -> UserError:
    """The error of a paper without a form."""
    return UserError(
        "NO_FORM",
        "这个文件里没有找到走访登记表。",
        why="要有“参与走访领导”“走访企（事）业单位名称”这样的栏目才认得出来。",
        remedy="请打开看看是不是选错了文件；确实是登记表的，请在“走访登记”里按 Ctrl+N 照着填。",
    )


class ListTable(UserError):
    """A table with a line for each visit; `lists` are such tables, row by row."""

    def __init__(self, lists: Sequence[tuple[tuple[str, ...], ...]]) -> None:
        super().__init__(
            "LIST_TABLE",
            "这是一张一行一次走访的名单，不是一份一份的登记表。",
            remedy="请按表格导入；也可以在 WPS 或 Word 里复制整张表，到“走访登记”的列表按 Ctrl+V。",
        )
        self.lists = tuple(lists)
