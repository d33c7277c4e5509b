"""二次录入 at the screen: a paper is keyed again by keys alone, and what differs is decided."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.records import Visit
from app.services.people import operators
from app.services.records import keying_samples, saving
from app.ui.keys import hints_for
from app.ui.pages.second.second_panel import SecondPanel
from tests.services.offices import CHEAP, PASSPHRASE, VISIT, save_visit
from tests.ui.hands import press
from tests.ui.pages.at_work import CTRL, AtWork

SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMES = ("第一砖厂", "第二砖厂", "第三砖厂", "第四砖厂")


def keyed_by_another(at_work: AtWork, *, draws: bool = True) -> None:
    """Four visits that 王新 keyed, of which two are drawn."""
    office = at_work.office
    new = operators.add(office, PASSPHRASE, "王新", "blue whale sings", cost=CHEAP)
    other = office.as_operator(new.id)
    for name in NAMES:
        save_visit(other, enterprise_name=name, area="福禄镇")
    if draws:
        keying_samples.draw(other, Visit, 2)


def opened(at_work: AtWork) -> SecondPanel:
    page = at_work.go("visits")
    press(at_work.qtbot, Qt.Key.Key_K, CTRL, SHIFT)
    panel = page.panels.working
    assert isinstance(panel, SecondPanel)
    at_work.rest()
    return panel


def key_again(at_work: AtWork, panel: SecondPanel, **typed: object) -> None:
    """Fill the empty form as the paper says."""
    assert panel.form.typed() == {}
    (name,) = [one for one in NAMES if one in panel.note]
    for field, value in {**VISIT, "enterprise_name": name, **typed}.items():
        panel.form.editor(field).put(value)


def told(widget: QWidget) -> list[str]:
    return [f"{key.shown} {key.words}" for key in hints_for(widget)]


def go_on(at_work: AtWork) -> None:
    press(at_work.qtbot, Qt.Key.Key_Return, CTRL)
    at_work.rest()


def test_paper_after_paper(at_work: AtWork) -> None:
    keyed_by_another(at_work)
    panel = opened(at_work)
    assert panel.start.waits.text() == "等您录的有 2 张。"
    assert told(panel.start.every) == ["Ctrl+Enter 开始录", "Ctrl+N 抽样", "Esc 返回"]
    assert tuple(at_work.shell.hints.hints[:3]) == tuple(hints_for(panel.start.every)[:3])
    go_on(at_work)
    assert {"F5 空白、看不清、横线", "Ctrl+Enter 录完，比对", "Esc 返回"} <= {*told(panel.form)}
    key_again(at_work, panel)
    go_on(at_work)
    assert "两遍一样，6 栏，已核对" in panel.said.text()

    key_again(at_work, panel, headcount=1260, workers_met=36)
    go_on(at_work)
    assert [row[1:3] for row in panel.table.texts] == [["1250人", "1260人"], ["35人次", "36人次"]]
    assert panel.table.hasFocus()
    go_on(at_work)
    assert "还有 2 栏没有定" in panel.said.text()
    press(at_work.qtbot, Qt.Key.Key_1)
    press(at_work.qtbot, Qt.Key.Key_2)
    assert [row[3] for row in panel.table.texts] == ["原来录的", "这次录的"]
    go_on(at_work)

    assert panel.start.waits.text() == "没有等您录的。"
    assert panel.start.rate.text() == "已再录 2 张，比对 12 栏，不一样 2 栏（16.7%）。"
    records = [state.record for state in saving.listing(at_work.office, Visit)]
    assert sorted((one.headcount, one.workers_met) for one in records)[-1] == (1250, 36)


def test_a_paper_half_keyed_comes_back_with_what_was_typed(at_work: AtWork) -> None:
    keyed_by_another(at_work)
    panel = opened(at_work)
    go_on(at_work)
    note = panel.note
    panel.form.editor("headcount").put(1250)
    panel.form.editor("headcount").setFocus()
    press(at_work.qtbot, Qt.Key.Key_F5)
    press(at_work.qtbot, Qt.Key.Key_Escape)
    at_work.rest()
    assert "录了一半，留着了" in panel.said.text()
    assert panel.start.waits.text() == "等您录的有 2 张。"

    go_on(at_work)
    assert panel.note == note
    assert panel.form.typed() == {"headcount": 1250}
    assert "接着" in panel.said.text()
    assert at_work.shell.go("home")
    at_work.rest()
    assert at_work.shell.go("visits")
    assert panel.form.typed() == {"headcount": 1250}


def test_a_sample_is_drawn_and_one_does_not_key_ones_own(at_work: AtWork) -> None:
    for name in NAMES:
        save_visit(at_work.office, enterprise_name=name, area="福禄镇")
    panel = opened(at_work)
    panel.start.every.setText("2")
    press(at_work.qtbot, Qt.Key.Key_N, CTRL)
    at_work.rest()
    assert "每 2 条抽一条" in panel.said.text()
    assert "还有 2 张是您自己录的" in panel.start.others.text()
    go_on(at_work)
    assert panel.form.isHidden()

    press(at_work.qtbot, Qt.Key.Key_N, CTRL)
    at_work.rest()
    assert "不够每 2 条抽一条" in panel.said.text()


def test_half_a_paper_is_not_lost_by_one_key(at_work: AtWork) -> None:
    keyed_by_another(at_work)
    panel = opened(at_work)
    go_on(at_work)
    key_again(at_work, panel)
    press(at_work.qtbot, Qt.Key.Key_Escape)
    at_work.rest()
    assert "留着了" in panel.said.text()
    assert panel.form.isHidden()
    assert panel.start.waits.text() == "等您录的有 2 张。"
    press(at_work.qtbot, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_what_cannot_be_read_is_mended_first(at_work: AtWork) -> None:
    keyed_by_another(at_work)
    panel = opened(at_work)
    go_on(at_work)
    key_again(at_work, panel, headcount="许多")
    go_on(at_work)
    assert panel.form.here == "headcount"
    assert not panel.form.isHidden()


def test_nothing_tells_what_was_keyed_before(at_work: AtWork) -> None:
    keyed_by_another(at_work)
    panel = opened(at_work)
    go_on(at_work)
    cells = panel.form.cells()
    assert list(cells) == [
        "leaders",
        "enterprise_name",
        "headcount",
        "workers_met",
        "opinions",
        "visited_on",
        "filed_on",
    ]
    assert not any(cell.placed.cell.suggests for cell in cells.values())
