"""One draw: what proves it, and its units with those that came in for others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.domain.codes import DRAW_SEED
from app.services.papers.draw_papers import how_words, scope_words
from app.services.planning.draws import DrawnLine, DrawSeen
from app.ui.keys import UP_DOWN, Action, Key, key, tell
from app.ui.pages.records.sheet.ask_row import AskRow
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, tip
from app.ui.parts.message_line import MessageLine
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

REPLACE = key("Ctrl+R", "替补")
_COLUMNS = (
    Column("层", 178),
    Column("顺序", 56, right=True),
    Column("单位"),
    Column("情况", 110),
    Column("原因、替补", 230),
)
_STRATUM, _WHY = 0, 4
_GROUP = 4
_HINTS = {"replace": "如：已停产、已迁出", "void": "如：监督人没有到场"}


class DrawCard(Card):
    """`replacing(unit, reason)` and `voiding(reason)` when a person said why."""

    replacing = Signal(str, str)
    voiding = Signal(str)

    def __init__(self, actions: list[Action], primary: Action) -> None:
        super().__init__(" ", " ")
        self._seen: DrawSeen | None = None
        self._lines: tuple[DrawnLine, ...] = ()
        self.facts = label()
        self.facts.setWordWrap(True)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        self.table = Table("抽中的单位", _COLUMNS, row_height=LIGHT.table_row)
        tell(self.table, UP_DOWN("选单位"), REPLACE, Key("Tab", "回到清单"))
        self.ask, self.said = AskRow(), MessageLine()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.facts)
        for part, stretch in ((self.table, 1), (self.ask, 0)):
            self.body.addWidget(part, stretch)
        below = QHBoxLayout()
        below.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        below.addWidget(self.said)
        self.body.addLayout(below)
        bar = self.add_bar()
        for action in actions:
            bar.addWidget(KeyButton(action))
        bar.addStretch(1)
        bar.addWidget(KeyButton(primary, primary=True))
        self.said.hide()

    @property
    def chosen(self) -> DrawnLine | None:
        """The unit whose row is chosen."""
        row = self.table.row
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def show_draw(self, seen: DrawSeen) -> None:
        """Show this draw."""
        draw, before = seen.state.record, self._seen
        self._seen, self._lines = seen, seen.lines
        void = "　已作废" if seen.state.void else ""
        self.title.setText(f"{draw.title}{void}")
        self.note.setText(f"{draw.number}　{seen.office}")
        self.facts.setText("\n".join(_facts(seen)))
        self.table.set_rows([_row(one, planned=one.unit in seen.planned) for one in self._lines])
        self.table.setColumnHidden(_STRATUM, not draw.parted_by)
        if before is not None and before.state.id != seen.state.id:
            self.ask.end()

    def set_narrow(self, narrow: bool) -> None:
        """The window is small: why one was replaced is told on the paper."""
        self.table.setColumnHidden(_WHY, narrow)

    def ask_replacement(self) -> None:
        """Ask why the chosen unit cannot be visited."""
        one = self.chosen
        if one is None or not one.stands:
            self.say("info", "先在表里选一家还要去的单位，再按 Ctrl+R 替补。")
            return
        given = self.replacing.emit
        self.ask.ask(
            f"“{one.name}”不能走访的原因",
            _HINTS["replace"],
            "换成下一家",
            lambda reason: given(one.unit, reason),
        )

    def ask_void(self) -> None:
        """Ask why the draw does not count."""
        self.ask.ask("这次抽取作废的原因", _HINTS["void"], "作废", self.voiding.emit)

    def say(self, kind: str, words: str) -> None:
        """Say something below the units."""
        self.said.say(kind, words)
        self.said.setVisible(bool(words))
        self.said.setToolTip(tip(words))


def _facts(seen: DrawSeen) -> list[str]:
    draw = seen.state.record
    size = sum(one.size or 0 for one in draw.strata)
    at = f"{draw.drawn_at:%Y-%m-%d %H:%M}" if draw.drawn_at else ""
    return [
        f"从“{scope_words(draw)}”的 {size:,} 家里抽，{how_words(draw)}。",
        f"{at}　抽取人：{draw.drawn_by}　监督人：{'、'.join(draw.witnesses)}",
        f"种子：{draw.seed}（{DRAW_SEED.label_of(draw.seed_from)}）　方法：{draw.algorithm}",
        f"名单校验值：{grouped(draw.frame_sha256)}",
    ]


def grouped(sha256: str) -> str:
    """A hash as it is read out: in fours."""
    return " ".join(sha256[at : at + _GROUP] for at in range(0, len(sha256), _GROUP))


def _row(one: DrawnLine, *, planned: bool) -> list[Cell | str]:
    kind, words = "neutral", "抽中"
    if one.replacement is not None:
        kind, words = "warning", "已替换"
    elif planned:
        kind, words = "ok", "已安排"
    elif one.stands_for:
        kind, words = "info", "替补"
    why = f"替“{one.stands_for}”" if one.stands_for else ""
    if one.replacement is not None:
        why = f"{one.replacement.reason}，换成“{one.replacement.name}”"
    return [one.stratum, str(one.place), one.name, Cell(words, chip=kind), Cell(note=why)]
