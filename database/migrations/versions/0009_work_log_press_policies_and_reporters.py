"""Work log, press, policies and reporters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "state_activity",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="of the revision it stands at"),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column(
            "conflicts", sa.Text(), nullable=True, comment="fields with more than one value, JSON"
        ),
        sa.Column(
            "pending",
            sa.Text(),
            nullable=True,
            comment="fields shown as corrected by telephone, JSON",
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="编号"),
        sa.Column("campaign", sa.Text(), nullable=True, comment="活动"),
        sa.Column("kind", sa.Text(), nullable=True, comment="活动类型"),
        sa.Column("title", sa.Text(), nullable=True, comment="主题"),
        sa.Column("held_on", sa.Text(), nullable=True, comment="活动日期"),
        sa.Column("held_until", sa.Text(), nullable=True, comment="结束日期"),
        sa.Column("place", sa.Text(), nullable=True, comment="地点"),
        sa.Column("organiser", sa.Text(), nullable=True, comment="主办单位"),
        sa.Column("enterprise", sa.Text(), nullable=True, comment="企（事）业单位"),
        sa.Column("group", sa.Text(), nullable=True, comment="工作组"),
        sa.Column("visit", sa.Text(), nullable=True, comment="来自走访"),
        sa.Column("people", sa.Integer(), nullable=True, comment="参加人次"),
        sa.Column("materials", sa.Integer(), nullable=True, comment="发放资料"),
        sa.Column("programmes", sa.Text(), nullable=True, comment="结合的活动"),
        sa.Column("content", sa.Text(), nullable=True, comment="内容"),
        sa.Column("effect", sa.Text(), nullable=True, comment="成效"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_activity")),
        comment="活动记录",
    )
    with op.batch_alter_table("state_activity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_state_activity_enterprise"), ["enterprise"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_state_activity_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_activity_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_activity_standing", ["owner", "void", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_activity_visit"), ["visit"], unique=False)

    op.create_table(
        "state_diary",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="of the revision it stands at"),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column(
            "conflicts", sa.Text(), nullable=True, comment="fields with more than one value, JSON"
        ),
        sa.Column(
            "pending",
            sa.Text(),
            nullable=True,
            comment="fields shown as corrected by telephone, JSON",
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="编号"),
        sa.Column("campaign", sa.Text(), nullable=True, comment="活动"),
        sa.Column("group", sa.Text(), nullable=True, comment="工作组"),
        sa.Column("kept_on", sa.Text(), nullable=True, comment="日志日期"),
        sa.Column("author", sa.Text(), nullable=True, comment="记录人"),
        sa.Column("place", sa.Text(), nullable=True, comment="地点"),
        sa.Column("visits", sa.Text(), nullable=True, comment="当天的走访"),
        sa.Column("methods", sa.Text(), nullable=True, comment="调研方式"),
        sa.Column("categories", sa.Text(), nullable=True, comment="涉及内容"),
        sa.Column("content", sa.Text(), nullable=True, comment="当日记录"),
        sa.Column("corrections", sa.Text(), nullable=True, comment="更正"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_diary")),
        comment="调查日志",
    )
    with op.batch_alter_table("state_diary", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_diary_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_diary_kept_on"), ["kept_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_diary_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_diary_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_honour",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="of the revision it stands at"),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column(
            "conflicts", sa.Text(), nullable=True, comment="fields with more than one value, JSON"
        ),
        sa.Column(
            "pending",
            sa.Text(),
            nullable=True,
            comment="fields shown as corrected by telephone, JSON",
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="编号"),
        sa.Column("title", sa.Text(), nullable=True, comment="荣誉名称"),
        sa.Column("level", sa.Text(), nullable=True, comment="荣誉级别"),
        sa.Column("year", sa.Integer(), nullable=True, comment="年度"),
        sa.Column("holder", sa.Text(), nullable=True, comment="获得者"),
        sa.Column("holder_kind", sa.Text(), nullable=True, comment="获得者类型"),
        sa.Column("enterprise", sa.Text(), nullable=True, comment="所在企（事）业单位"),
        sa.Column("granted_by", sa.Text(), nullable=True, comment="授予单位"),
        sa.Column("granted_on", sa.Text(), nullable=True, comment="授予日期"),
        sa.Column("document_number", sa.Text(), nullable=True, comment="文号"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_honour")),
        comment="荣誉",
    )
    with op.batch_alter_table("state_honour", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_state_honour_enterprise"), ["enterprise"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_state_honour_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_honour_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_meeting",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="of the revision it stands at"),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column(
            "conflicts", sa.Text(), nullable=True, comment="fields with more than one value, JSON"
        ),
        sa.Column(
            "pending",
            sa.Text(),
            nullable=True,
            comment="fields shown as corrected by telephone, JSON",
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="编号"),
        sa.Column("campaign", sa.Text(), nullable=True, comment="活动"),
        sa.Column("kind", sa.Text(), nullable=True, comment="会议类型"),
        sa.Column("title", sa.Text(), nullable=True, comment="议题"),
        sa.Column("held_on", sa.Text(), nullable=True, comment="开会日期"),
        sa.Column("place", sa.Text(), nullable=True, comment="地点"),
        sa.Column("chairs", sa.Text(), nullable=True, comment="主持人"),
        sa.Column("attendees", sa.Text(), nullable=True, comment="参加人员"),
        sa.Column("people", sa.Integer(), nullable=True, comment="参加人数"),
        sa.Column("inspected", sa.Text(), nullable=True, comment="受检报送单位"),
        sa.Column("enterprise", sa.Text(), nullable=True, comment="受检企（事）业单位"),
        sa.Column("group", sa.Text(), nullable=True, comment="工作组"),
        sa.Column("decided", sa.Text(), nullable=True, comment="议定事项"),
        sa.Column("problems", sa.Text(), nullable=True, comment="发现的问题"),
        sa.Column("measures", sa.Text(), nullable=True, comment="整改要求"),
        sa.Column("responsible", sa.Text(), nullable=True, comment="责任人"),
        sa.Column("due", sa.Text(), nullable=True, comment="办理期限"),
        sa.Column("done_on", sa.Text(), nullable=True, comment="落实日期"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_meeting")),
        comment="会议与督查",
    )
    with op.batch_alter_table("state_meeting", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_state_meeting_enterprise"), ["enterprise"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_state_meeting_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_meeting_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_meeting_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_policy",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="of the revision it stands at"),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column(
            "conflicts", sa.Text(), nullable=True, comment="fields with more than one value, JSON"
        ),
        sa.Column(
            "pending",
            sa.Text(),
            nullable=True,
            comment="fields shown as corrected by telephone, JSON",
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="编号"),
        sa.Column("campaign", sa.Text(), nullable=True, comment="活动"),
        sa.Column("kind", sa.Text(), nullable=True, comment="成果类别"),
        sa.Column("title", sa.Text(), nullable=True, comment="标题"),
        sa.Column("issued_on", sa.Text(), nullable=True, comment="成文日期"),
        sa.Column("issuer", sa.Text(), nullable=True, comment="制定单位"),
        sa.Column("document_number", sa.Text(), nullable=True, comment="文号"),
        sa.Column("ended_on", sa.Text(), nullable=True, comment="废止日期"),
        sa.Column("mechanisms", sa.Text(), nullable=True, comment="四个机制"),
        sa.Column("demands", sa.Text(), nullable=True, comment="针对的意见诉求"),
        sa.Column("hazards", sa.Text(), nullable=True, comment="针对的隐患"),
        sa.Column("document", sa.Text(), nullable=True, comment="来自材料"),
        sa.Column("text", sa.Text(), nullable=True, comment="正文"),
        sa.Column("effect", sa.Text(), nullable=True, comment="实施效果"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_policy")),
        comment="制度成果",
    )
    with op.batch_alter_table("state_policy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_policy_document"), ["document"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_policy_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_policy_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_press",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="of the revision it stands at"),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column(
            "conflicts", sa.Text(), nullable=True, comment="fields with more than one value, JSON"
        ),
        sa.Column(
            "pending",
            sa.Text(),
            nullable=True,
            comment="fields shown as corrected by telephone, JSON",
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="编号"),
        sa.Column("campaign", sa.Text(), nullable=True, comment="活动"),
        sa.Column("title", sa.Text(), nullable=True, comment="标题"),
        sa.Column("outlet", sa.Text(), nullable=True, comment="媒体名称"),
        sa.Column("form", sa.Text(), nullable=True, comment="媒体形式"),
        sa.Column("published_on", sa.Text(), nullable=True, comment="刊播日期"),
        sa.Column("location", sa.Text(), nullable=True, comment="版面或网址"),
        sa.Column("author", sa.Text(), nullable=True, comment="作者"),
        sa.Column("document", sa.Text(), nullable=True, comment="对应的材料"),
        sa.Column("enterprise", sa.Text(), nullable=True, comment="报道的单位"),
        sa.Column("text", sa.Text(), nullable=True, comment="摘要"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_press")),
        comment="媒体报道",
    )
    with op.batch_alter_table("state_press", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_press_document"), ["document"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_press_enterprise"), ["enterprise"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_press_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_press_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_reporter",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="of the revision it stands at"),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column(
            "conflicts", sa.Text(), nullable=True, comment="fields with more than one value, JSON"
        ),
        sa.Column(
            "pending",
            sa.Text(),
            nullable=True,
            comment="fields shown as corrected by telephone, JSON",
        ),
        sa.Column("number", sa.Text(), nullable=True, comment="编号"),
        sa.Column("name", sa.Text(), nullable=True, comment="姓名"),
        sa.Column("department", sa.Text(), nullable=True, comment="部门"),
        sa.Column("telephone", sa.Text(), nullable=True, comment="联系电话"),
        sa.Column("serves_from", sa.Text(), nullable=True, comment="任职开始"),
        sa.Column("serves_to", sa.Text(), nullable=True, comment="任职结束"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_reporter")),
        comment="信息员",
    )
    with op.batch_alter_table("state_reporter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_reporter_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_reporter_standing", ["owner", "void", "id"], unique=False)

    with op.batch_alter_table("state_document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reporter", sa.Text(), nullable=True, comment="信息员"))
        batch_op.add_column(sa.Column("visit", sa.Text(), nullable=True, comment="来自走访"))
        batch_op.add_column(sa.Column("text", sa.Text(), nullable=True, comment="正文"))
        batch_op.add_column(sa.Column("situation", sa.Text(), nullable=True, comment="情况"))
        batch_op.add_column(sa.Column("analysis", sa.Text(), nullable=True, comment="分析"))
        batch_op.add_column(sa.Column("advice", sa.Text(), nullable=True, comment="建议"))
        batch_op.add_column(sa.Column("measures", sa.Text(), nullable=True, comment="对策"))
        batch_op.add_column(sa.Column("channels", sa.Text(), nullable=True, comment="报送渠道"))
        batch_op.add_column(sa.Column("submitted_to", sa.Text(), nullable=True, comment="报给谁"))
        batch_op.add_column(sa.Column("submitted_on", sa.Text(), nullable=True, comment="报出日期"))
        batch_op.add_column(sa.Column("outcome", sa.Text(), nullable=True, comment="采用情况"))
        batch_op.add_column(
            sa.Column("decided_on", sa.Text(), nullable=True, comment="采用或退回日期")
        )
        batch_op.add_column(
            sa.Column("adopted_by", sa.Text(), nullable=True, comment="采用单位或刊物")
        )
        batch_op.create_index(batch_op.f("ix_state_document_reporter"), ["reporter"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_document_visit"), ["visit"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_document_visit"))
        batch_op.drop_index(batch_op.f("ix_state_document_reporter"))
        batch_op.drop_column("adopted_by")
        batch_op.drop_column("decided_on")
        batch_op.drop_column("outcome")
        batch_op.drop_column("submitted_on")
        batch_op.drop_column("submitted_to")
        batch_op.drop_column("channels")
        batch_op.drop_column("measures")
        batch_op.drop_column("advice")
        batch_op.drop_column("analysis")
        batch_op.drop_column("situation")
        batch_op.drop_column("text")
        batch_op.drop_column("visit")
        batch_op.drop_column("reporter")

    with op.batch_alter_table("state_reporter", schema=None) as batch_op:
        batch_op.drop_index("ix_state_reporter_standing")
        batch_op.drop_index(batch_op.f("ix_state_reporter_number"))

    op.drop_table("state_reporter")
    with op.batch_alter_table("state_press", schema=None) as batch_op:
        batch_op.drop_index("ix_state_press_standing")
        batch_op.drop_index(batch_op.f("ix_state_press_number"))
        batch_op.drop_index(batch_op.f("ix_state_press_enterprise"))
        batch_op.drop_index(batch_op.f("ix_state_press_document"))

    op.drop_table("state_press")
    with op.batch_alter_table("state_policy", schema=None) as batch_op:
        batch_op.drop_index("ix_state_policy_standing")
        batch_op.drop_index(batch_op.f("ix_state_policy_number"))
        batch_op.drop_index(batch_op.f("ix_state_policy_document"))

    op.drop_table("state_policy")
    with op.batch_alter_table("state_meeting", schema=None) as batch_op:
        batch_op.drop_index("ix_state_meeting_standing")
        batch_op.drop_index(batch_op.f("ix_state_meeting_number"))
        batch_op.drop_index(batch_op.f("ix_state_meeting_group"))
        batch_op.drop_index(batch_op.f("ix_state_meeting_enterprise"))

    op.drop_table("state_meeting")
    with op.batch_alter_table("state_honour", schema=None) as batch_op:
        batch_op.drop_index("ix_state_honour_standing")
        batch_op.drop_index(batch_op.f("ix_state_honour_number"))
        batch_op.drop_index(batch_op.f("ix_state_honour_enterprise"))

    op.drop_table("state_honour")
    with op.batch_alter_table("state_diary", schema=None) as batch_op:
        batch_op.drop_index("ix_state_diary_standing")
        batch_op.drop_index(batch_op.f("ix_state_diary_number"))
        batch_op.drop_index(batch_op.f("ix_state_diary_kept_on"))
        batch_op.drop_index(batch_op.f("ix_state_diary_group"))

    op.drop_table("state_diary")
    with op.batch_alter_table("state_activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_activity_visit"))
        batch_op.drop_index("ix_state_activity_standing")
        batch_op.drop_index(batch_op.f("ix_state_activity_number"))
        batch_op.drop_index(batch_op.f("ix_state_activity_group"))
        batch_op.drop_index(batch_op.f("ix_state_activity_enterprise"))

    op.drop_table("state_activity")
