"""First."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this revision."""
    op.create_table(
        "acknowledgement",
        sa.Column("teller", sa.Text(), nullable=False, comment="the writer who told us"),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tip", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False, comment="missing, rejected, parked, JSON"),
        sa.PrimaryKeyConstraint("teller", "writer", "to", name=op.f("pk_acknowledgement")),
    )
    op.create_table(
        "numbering",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_numbering")),
    )
    op.create_table(
        "package",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False, comment="in, out"),
        sa.Column("digest", sa.Text(), nullable=False, comment="sha256 of the file"),
        sa.Column("tip", sa.Text(), nullable=True),
        sa.Column("package_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("writer", sa.Text(), nullable=True),
        sa.Column("to", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("prev", sa.Text(), nullable=True),
        sa.Column("created", sa.Text(), nullable=True),
        sa.Column("file", sa.Text(), nullable=True, comment="name in the inbox or outbox folder"),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True, comment="why it was refused, held or flagged"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "account", sa.Text(), nullable=True, comment="what it held and what became of it, JSON"
        ),
        sa.Column("arrived", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_package")),
    )
    with op.batch_alter_table("package", schema=None) as batch_op:
        batch_op.create_index("ix_package_channel", ["writer", "to", "seq"], unique=False)
        batch_op.create_index(batch_op.f("ix_package_tip"), ["tip"], unique=False)

    op.create_table(
        "proof",
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False, comment="the version read against its paper"),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record", name=op.f("pk_proof")),
    )
    op.create_table(
        "report",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="daily, annual"),
        sa.Column("state", sa.Text(), nullable=False, comment="frozen, approved, sealed, replaced"),
        sa.Column("frozen_at", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="h's and totals as frozen, JSON"),
        sa.Column("signer", sa.Text(), nullable=True),
        sa.Column("signed_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_report")),
    )
    op.create_table(
        "reveal",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False, comment="who looked"),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False, comment="names parted by spaces"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_reveal")),
    )
    with op.batch_alter_table("reveal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reveal_record"), ["record"], unique=False)

    op.create_table(
        "revision",
        sa.Column("n", sa.Integer(), nullable=False, comment="order of arrival here"),
        sa.Column("h", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("parents", sa.Text(), nullable=False, comment="h's parted by spaces"),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False, comment="the bytes h is the sha256 of"),
        sa.Column("status", sa.Text(), nullable=False, comment="live, waiting, withdrawn, barred"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_revision")),
        sa.UniqueConstraint("h", name=op.f("uq_revision_h")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_id"), ["id"], unique=False)
        batch_op.create_index(
            "ix_revision_waiting", ["id"], unique=False, sqlite_where=sa.text("status = 'waiting'")
        )

    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "trust",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("new_signature", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_trust")),
    )
    op.create_table(
        "carried",
        sa.Column("package", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False, comment="of a scan in it"),
        sa.ForeignKeyConstraint(
            ["package"], ["package.n"], name=op.f("fk_carried_package_package")
        ),
        sa.PrimaryKeyConstraint("package", "sha256", name=op.f("pk_carried")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("carried", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carried_sha256"), ["sha256"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("package", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["package"], ["package.n"], name=op.f("fk_delivery_package_package")
        ),
        sa.ForeignKeyConstraint(
            ["revision"], ["revision.n"], name=op.f("fk_delivery_revision_revision")
        ),
        sa.PrimaryKeyConstraint("package", "revision", name=op.f("pk_delivery")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_revision"), ["revision"], unique=False)

    op.create_table(
        "parked",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("package", sa.Integer(), nullable=False),
        sa.Column("h", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["package"], ["package.n"], name=op.f("fk_parked_package_package")),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_parked")),
    )
    with op.batch_alter_table("parked", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_parked_package"), ["package"], unique=False)

    op.create_table(
        "state_aid",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("case", sa.Text(), nullable=True, comment="帮扶事项"),
        sa.Column("person", sa.Text(), nullable=True, comment="困难职工"),
        sa.Column("given_on", sa.Text(), nullable=True, comment="帮扶日期"),
        sa.Column("type", sa.Text(), nullable=True, comment="帮扶类型"),
        sa.Column("programme", sa.Text(), nullable=True, comment="四季送"),
        sa.Column("money", sa.Integer(), nullable=True, comment="金额"),
        sa.Column("goods", sa.Text(), nullable=True, comment="实物"),
        sa.Column("goods_value", sa.Integer(), nullable=True, comment="实物折价"),
        sa.Column("fund", sa.Text(), nullable=True, comment="资金来源"),
        sa.Column("receipt", sa.Text(), nullable=True, comment="签收情况"),
        sa.Column("content", sa.Text(), nullable=True, comment="帮扶内容"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_aid_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_aid")),
        comment="帮扶记录",
    )
    with op.batch_alter_table("state_aid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_aid_case"), ["case"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_aid_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_aid_person"), ["person"], unique=False)
        batch_op.create_index("ix_state_aid_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_area",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("code", sa.Text(), nullable=True, comment="地区代码"),
        sa.Column("name", sa.Text(), nullable=True, comment="名称"),
        sa.Column("aliases", sa.Text(), nullable=True, comment="别名"),
        sa.Column("kind", sa.Text(), nullable=True, comment="类别"),
        sa.Column("county", sa.Text(), nullable=True, comment="所属县（市、区）"),
        sa.Column("initials", sa.Text(), nullable=True, comment="拼音首字母"),
        sa.Column("order", sa.Integer(), nullable=True, comment="排列顺序"),
        sa.Column("valid_from", sa.Text(), nullable=True, comment="启用日期"),
        sa.Column("valid_to", sa.Text(), nullable=True, comment="停用日期"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_area_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_area")),
        comment="乡镇（街道）、园区",
    )
    with op.batch_alter_table("state_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_area_county"), ["county"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_area_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_area_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_campaign",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("code", sa.Text(), nullable=True, comment="活动代码"),
        sa.Column("title", sa.Text(), nullable=True, comment="标题"),
        sa.Column("short_title", sa.Text(), nullable=True, comment="简称"),
        sa.Column("document_number", sa.Text(), nullable=True, comment="文号"),
        sa.Column("document_number_original", sa.Text(), nullable=True, comment="原文文号"),
        sa.Column("issuer", sa.Text(), nullable=True, comment="发文机关"),
        sa.Column("issued", sa.Text(), nullable=True, comment="发文日期"),
        sa.Column("basis", sa.Text(), nullable=True, comment="上级依据"),
        sa.Column("starts", sa.Text(), nullable=True, comment="开始日期"),
        sa.Column("ends", sa.Text(), nullable=True, comment="结束日期"),
        sa.Column("headcount_threshold", sa.Integer(), nullable=True, comment="职工人数界线"),
        sa.Column("objectives", sa.Text(), nullable=True, comment="主题"),
        sa.Column("programmes", sa.Text(), nullable=True, comment="相关活动"),
        sa.Column("phases", sa.Text(), nullable=True, comment="步骤"),
        sa.Column("dues", sa.Text(), nullable=True, comment="应报表"),
        sa.Column("checklist", sa.Text(), nullable=True, comment="工作要求"),
        sa.Column("definitions", sa.Text(), nullable=True, comment="口径"),
        sa.Column("form_texts", sa.Text(), nullable=True, comment="登记表文字"),
        sa.Column("indicators", sa.Text(), nullable=True, comment="指标"),
        sa.Column("extra_fields", sa.Text(), nullable=True, comment="增加的项目"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_campaign_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_campaign")),
        comment="活动",
    )
    with op.batch_alter_table("state_campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_campaign_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_campaign_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_case",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("person", sa.Text(), nullable=True, comment="困难职工"),
        sa.Column("visit", sa.Text(), nullable=True, comment="来自走访"),
        sa.Column("types", sa.Text(), nullable=True, comment="帮扶类型"),
        sa.Column("description", sa.Text(), nullable=True, comment="事由"),
        sa.Column("stage", sa.Text(), nullable=True, comment="进展"),
        sa.Column("found_on", sa.Text(), nullable=True, comment="发现日期"),
        sa.Column("verified_on", sa.Text(), nullable=True, comment="核实日期"),
        sa.Column("aided_on", sa.Text(), nullable=True, comment="帮扶日期"),
        sa.Column("followed_up_on", sa.Text(), nullable=True, comment="回访日期"),
        sa.Column("closed_on", sa.Text(), nullable=True, comment="办结日期"),
        sa.Column("follow_up_due", sa.Text(), nullable=True, comment="计划回访日期"),
        sa.Column("follow_up", sa.Text(), nullable=True, comment="回访情况"),
        sa.Column("responsible", sa.Text(), nullable=True, comment="责任人"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_case_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_case")),
        comment="帮扶事项",
    )
    with op.batch_alter_table("state_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_case_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_case_person"), ["person"], unique=False)
        batch_op.create_index("ix_state_case_standing", ["owner", "void", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_case_visit"), ["visit"], unique=False)

    op.create_table(
        "state_demand",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("visit", sa.Text(), nullable=True, comment="来自走访"),
        sa.Column("enterprise", sa.Text(), nullable=True, comment="企（事）业单位"),
        sa.Column("raised_on", sa.Text(), nullable=True, comment="提出日期"),
        sa.Column("category", sa.Text(), nullable=True, comment="类别"),
        sa.Column("raiser", sa.Text(), nullable=True, comment="提出人"),
        sa.Column("content", sa.Text(), nullable=True, comment="内容"),
        sa.Column("addressee", sa.Text(), nullable=True, comment="建议对象"),
        sa.Column("referred_to", sa.Text(), nullable=True, comment="转交部门"),
        sa.Column("referred_on", sa.Text(), nullable=True, comment="转交日期"),
        sa.Column("measures", sa.Text(), nullable=True, comment="措施"),
        sa.Column("schedule", sa.Text(), nullable=True, comment="计划"),
        sa.Column("responsible", sa.Text(), nullable=True, comment="责任人"),
        sa.Column("due", sa.Text(), nullable=True, comment="办理期限"),
        sa.Column("progress", sa.Text(), nullable=True, comment="进度"),
        sa.Column("reply", sa.Text(), nullable=True, comment="答复"),
        sa.Column("replied_on", sa.Text(), nullable=True, comment="答复日期"),
        sa.Column("state", sa.Text(), nullable=True, comment="办理情况"),
        sa.Column("closed_on", sa.Text(), nullable=True, comment="办结日期"),
        sa.Column("outcome", sa.Text(), nullable=True, comment="办理结果"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_demand_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_demand")),
        comment="意见诉求",
    )
    with op.batch_alter_table("state_demand", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_state_demand_enterprise"), ["enterprise"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_state_demand_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_demand_standing", ["owner", "void", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_demand_visit"), ["visit"], unique=False)

    op.create_table(
        "state_document",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("kind", sa.Text(), nullable=True, comment="材料类别"),
        sa.Column("title", sa.Text(), nullable=True, comment="标题"),
        sa.Column("dated", sa.Text(), nullable=True, comment="成文日期"),
        sa.Column("author", sa.Text(), nullable=True, comment="撰稿人"),
        sa.Column("group", sa.Text(), nullable=True, comment="工作组"),
        sa.Column("sections", sa.Text(), nullable=True, comment="报告包含的部分"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_document_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_document")),
        comment="材料",
    )
    with op.batch_alter_table("state_document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_document_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_document_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_document_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_enterprise",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("name", sa.Text(), nullable=True, comment="单位名称"),
        sa.Column("aliases", sa.Text(), nullable=True, comment="曾用名、简称"),
        sa.Column("uscc", sa.Text(), nullable=True, comment="统一社会信用代码"),
        sa.Column("kind", sa.Text(), nullable=True, comment="单位类型"),
        sa.Column("ownership", sa.Text(), nullable=True, comment="经济类型"),
        sa.Column("industry", sa.Text(), nullable=True, comment="行业"),
        sa.Column("affiliation", sa.Text(), nullable=True, comment="隶属关系"),
        sa.Column("area", sa.Text(), nullable=True, comment="所在乡镇（街道）、园区"),
        sa.Column("address", sa.Text(), nullable=True, comment="地址"),
        sa.Column("above_scale", sa.Integer(), nullable=True, comment="规模以上"),
        sa.Column("above_scale_source", sa.Text(), nullable=True, comment="规上认定来源"),
        sa.Column("above_scale_year", sa.Integer(), nullable=True, comment="规上认定年份"),
        sa.Column("headcount", sa.Integer(), nullable=True, comment="职工人数"),
        sa.Column("headcount_on", sa.Text(), nullable=True, comment="职工人数截至日期"),
        sa.Column("women", sa.Integer(), nullable=True, comment="女职工人数"),
        sa.Column("migrant_workers", sa.Integer(), nullable=True, comment="农民工人数"),
        sa.Column("members", sa.Integer(), nullable=True, comment="会员人数"),
        sa.Column("has_union", sa.Integer(), nullable=True, comment="已建会"),
        sa.Column("union_founded", sa.Text(), nullable=True, comment="建会日期"),
        sa.Column("wage_contract", sa.Text(), nullable=True, comment="工资集体协商"),
        sa.Column("wage_contract_from", sa.Text(), nullable=True, comment="协商期限起"),
        sa.Column("wage_contract_to", sa.Text(), nullable=True, comment="协商期限止"),
        sa.Column("workers_congress", sa.Integer(), nullable=True, comment="建立职代会"),
        sa.Column("open_affairs", sa.Integer(), nullable=True, comment="厂务公开"),
        sa.Column("key", sa.Integer(), nullable=True, comment="重点企业"),
        sa.Column("management_contact", sa.Text(), nullable=True, comment="行政联系人"),
        sa.Column("management_telephone", sa.Text(), nullable=True, comment="行政联系电话"),
        sa.Column("union_contact", sa.Text(), nullable=True, comment="工会联系人"),
        sa.Column("union_telephone", sa.Text(), nullable=True, comment="工会联系电话"),
        sa.Column("verification", sa.Text(), nullable=True, comment="核实情况"),
        sa.Column("verified_by", sa.Text(), nullable=True, comment="核实人"),
        sa.Column("verified_on", sa.Text(), nullable=True, comment="核实日期"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_enterprise_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_enterprise")),
        comment="企（事）业单位",
    )
    with op.batch_alter_table("state_enterprise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_enterprise_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_enterprise_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_enterprise_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_enterprise_standing", ["owner", "void", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_enterprise_uscc"), ["uscc"], unique=False)

    op.create_table(
        "state_group",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("name", sa.Text(), nullable=True, comment="名称"),
        sa.Column("level", sa.Text(), nullable=True, comment="级别"),
        sa.Column("leaders", sa.Text(), nullable=True, comment="走访领导"),
        sa.Column("departments", sa.Text(), nullable=True, comment="部门（产业）"),
        sa.Column("members", sa.Text(), nullable=True, comment="成员"),
        sa.Column("regions", sa.Text(), nullable=True, comment="走访地区"),
        sa.Column("enterprises", sa.Text(), nullable=True, comment="走访单位"),
        sa.Column("contacts", sa.Text(), nullable=True, comment="联络人"),
        sa.Column("contacts_to_confirm", sa.Text(), nullable=True, comment="待确认的联络人"),
        sa.Column("order", sa.Integer(), nullable=True, comment="排列顺序"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_group_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_group")),
        comment="工作组",
    )
    with op.batch_alter_table("state_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_group_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_group_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_hazard",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("visit", sa.Text(), nullable=True, comment="来自走访"),
        sa.Column("enterprise", sa.Text(), nullable=True, comment="企（事）业单位"),
        sa.Column("nature", sa.Text(), nullable=True, comment="性质"),
        sa.Column("description", sa.Text(), nullable=True, comment="情况"),
        sa.Column("people", sa.Integer(), nullable=True, comment="涉及人数"),
        sa.Column("level", sa.Text(), nullable=True, comment="预警级别"),
        sa.Column("found_at", sa.Text(), nullable=True, comment="发现时间"),
        sa.Column("joined_at", sa.Text(), nullable=True, comment="介入时间"),
        sa.Column("handled_at", sa.Text(), nullable=True, comment="处置时间"),
        sa.Column("reported_at", sa.Text(), nullable=True, comment="报告时间"),
        sa.Column("reported_to_party", sa.Integer(), nullable=True, comment="已报告党政"),
        sa.Column("reported_to_union", sa.Integer(), nullable=True, comment="已报告上级工会"),
        sa.Column("responsible", sa.Text(), nullable=True, comment="包案领导"),
        sa.Column("measures", sa.Text(), nullable=True, comment="处置措施"),
        sa.Column("closed_on", sa.Text(), nullable=True, comment="化解日期"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_hazard_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_hazard")),
        comment="隐患预警",
    )
    with op.batch_alter_table("state_hazard", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_state_hazard_enterprise"), ["enterprise"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_state_hazard_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_hazard_standing", ["owner", "void", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_hazard_visit"), ["visit"], unique=False)

    op.create_table(
        "state_link",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("kind", sa.Text(), nullable=True, comment="记录类型"),
        sa.Column("one", sa.Text(), nullable=True, comment="记录甲"),
        sa.Column("other", sa.Text(), nullable=True, comment="记录乙"),
        sa.Column("same", sa.Integer(), nullable=True, comment="是同一个"),
        sa.Column("reason", sa.Text(), nullable=True, comment="理由"),
        sa.Column("stations", sa.Text(), nullable=True, comment="送达单位"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_link_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_link")),
        comment="同一认定",
    )
    with op.batch_alter_table("state_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_link_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_link_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_operator",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("telephone", sa.Text(), nullable=True, comment="电话"),
        sa.Column("on_duty_from", sa.Text(), nullable=True, comment="在岗开始日期"),
        sa.Column("on_duty_to", sa.Text(), nullable=True, comment="在岗结束日期"),
        sa.Column("duties", sa.Text(), nullable=True, comment="职责"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_operator_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_operator")),
        comment="经办人",
    )
    with op.batch_alter_table("state_operator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_operator_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_operator_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_person",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("resident_id", sa.Text(), nullable=True, comment="身份证号"),
        sa.Column("sex", sa.Text(), nullable=True, comment="性别"),
        sa.Column("born", sa.Text(), nullable=True, comment="出生日期"),
        sa.Column("nationality", sa.Text(), nullable=True, comment="民族"),
        sa.Column("politics", sa.Text(), nullable=True, comment="政治面貌"),
        sa.Column("distress_class", sa.Text(), nullable=True, comment="困难类别"),
        sa.Column("categories", sa.Text(), nullable=True, comment="人员类别"),
        sa.Column("model_worker", sa.Text(), nullable=True, comment="劳模类型"),
        sa.Column("main_cause", sa.Text(), nullable=True, comment="主要致困原因"),
        sa.Column("other_causes", sa.Text(), nullable=True, comment="次要致困原因"),
        sa.Column("health", sa.Text(), nullable=True, comment="健康状况"),
        sa.Column("disability", sa.Text(), nullable=True, comment="残疾类别"),
        sa.Column("marriage", sa.Text(), nullable=True, comment="婚姻状况"),
        sa.Column("single_parent", sa.Integer(), nullable=True, comment="是否单亲"),
        sa.Column("status", sa.Text(), nullable=True, comment="工作状态"),
        sa.Column("enterprise", sa.Text(), nullable=True, comment="工作单位（名录）"),
        sa.Column("workplace", sa.Text(), nullable=True, comment="工作单位"),
        sa.Column("industry", sa.Text(), nullable=True, comment="所属行业"),
        sa.Column("working_since", sa.Text(), nullable=True, comment="参加工作时间"),
        sa.Column("housing", sa.Text(), nullable=True, comment="住房类型"),
        sa.Column("floor_area", sa.Integer(), nullable=True, comment="建筑面积"),
        sa.Column("registration", sa.Text(), nullable=True, comment="户口类型"),
        sa.Column("registered_area", sa.Text(), nullable=True, comment="户口所在地"),
        sa.Column("address", sa.Text(), nullable=True, comment="家庭住址"),
        sa.Column("telephone", sa.Text(), nullable=True, comment="手机号码"),
        sa.Column("other_contact", sa.Text(), nullable=True, comment="其他联系方式"),
        sa.Column("postcode", sa.Text(), nullable=True, comment="邮政编码"),
        sa.Column("insurance", sa.Text(), nullable=True, comment="医保状况"),
        sa.Column("monthly_income", sa.Integer(), nullable=True, comment="本人月平均收入"),
        sa.Column("other_income", sa.Integer(), nullable=True, comment="家庭其他非薪资年收入"),
        sa.Column("yearly_income", sa.Integer(), nullable=True, comment="家庭年度总收入"),
        sa.Column("household_size", sa.Integer(), nullable=True, comment="家庭人口"),
        sa.Column("self_help", sa.Integer(), nullable=True, comment="有一定自救能力"),
        sa.Column("no_earner", sa.Integer(), nullable=True, comment="零就业家庭"),
        sa.Column("family", sa.Text(), nullable=True, comment="家庭成员"),
        sa.Column("bank", sa.Text(), nullable=True, comment="开户银行"),
        sa.Column("bank_card", sa.Text(), nullable=True, comment="银行卡号"),
        sa.Column("story", sa.Text(), nullable=True, comment="困难情况"),
        sa.Column("consent_scope", sa.Text(), nullable=True, comment="知情同意内容"),
        sa.Column("consent_on", sa.Text(), nullable=True, comment="知情同意日期"),
        sa.Column("consent_signed", sa.Integer(), nullable=True, comment="已签纸质同意书"),
        sa.Column("consent_withdrawn_on", sa.Text(), nullable=True, comment="撤回同意日期"),
        sa.Column("filed_on", sa.Text(), nullable=True, comment="建档日期"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_person_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_person")),
        comment="困难职工档案",
    )
    with op.batch_alter_table("state_person", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_state_person_enterprise"), ["enterprise"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_state_person_number"), ["number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_state_person_registered_area"), ["registered_area"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_state_person_resident_id"), ["resident_id"], unique=False
        )
        batch_op.create_index("ix_state_person_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_plan",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("enterprise", sa.Text(), nullable=True, comment="企（事）业单位"),
        sa.Column("group", sa.Text(), nullable=True, comment="工作组"),
        sa.Column("source", sa.Text(), nullable=True, comment="确定方式"),
        sa.Column("planned", sa.Text(), nullable=True, comment="计划日期"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_plan_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_plan")),
        comment="走访安排",
    )
    with op.batch_alter_table("state_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_plan_enterprise"), ["enterprise"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_plan_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_plan_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_plan_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_review",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("station", sa.Text(), nullable=True, comment="送达单位"),
        sa.Column("target", sa.Text(), nullable=True, comment="记录"),
        sa.Column("target_type", sa.Text(), nullable=True, comment="记录类型"),
        sa.Column("target_h", sa.Text(), nullable=True, comment="记录版本"),
        sa.Column("verdict", sa.Text(), nullable=True, comment="结论"),
        sa.Column("questions", sa.Text(), nullable=True, comment="退回的问题"),
        sa.Column("proposals", sa.Text(), nullable=True, comment="更正建议"),
        sa.Column("text", sa.Text(), nullable=True, comment="意见"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_review_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_review")),
        comment="审核意见",
    )
    with op.batch_alter_table("state_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_review_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_review_standing", ["owner", "void", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_review_target"), ["target"], unique=False)

    op.create_table(
        "state_target",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("indicator", sa.Text(), nullable=True, comment="指标代码"),
        sa.Column("value", sa.Integer(), nullable=True, comment="分解数"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_target_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_target")),
        comment="指标分解",
    )
    with op.batch_alter_table("state_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_target_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_target_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_unit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("code", sa.Text(), nullable=True, comment="单位代码"),
        sa.Column("name", sa.Text(), nullable=True, comment="单位名称"),
        sa.Column("short_name", sa.Text(), nullable=True, comment="简称"),
        sa.Column("aliases", sa.Text(), nullable=True, comment="别名"),
        sa.Column("kind", sa.Text(), nullable=True, comment="单位类别"),
        sa.Column("parent", sa.Text(), nullable=True, comment="上级单位"),
        sa.Column("area", sa.Text(), nullable=True, comment="所在地区"),
        sa.Column("order", sa.Integer(), nullable=True, comment="排列顺序"),
        sa.Column("valid_from", sa.Text(), nullable=True, comment="启用日期"),
        sa.Column("valid_to", sa.Text(), nullable=True, comment="停用日期"),
        sa.Column("leader", sa.Text(), nullable=True, comment="分管领导"),
        sa.Column("leader_telephone", sa.Text(), nullable=True, comment="分管领导电话"),
        sa.Column("clerk", sa.Text(), nullable=True, comment="经办人"),
        sa.Column("clerk_telephone", sa.Text(), nullable=True, comment="经办人电话"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_unit_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_unit")),
        comment="填报单位",
    )
    with op.batch_alter_table("state_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_unit_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_unit_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_unit_standing", ["owner", "void", "id"], unique=False)

    op.create_table(
        "state_visit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("h", sa.Text(), nullable=False),
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
        sa.Column("leaders", sa.Text(), nullable=True, comment="参与走访领导"),
        sa.Column("enterprise_name", sa.Text(), nullable=True, comment="走访企（事）业单位名称"),
        sa.Column("enterprise", sa.Text(), nullable=True, comment="名录中的单位"),
        sa.Column("headcount", sa.Integer(), nullable=True, comment="走访企（事）业职工人数"),
        sa.Column("opinions", sa.Text(), nullable=True, comment="企（事）业单位、职工的建议与意见"),
        sa.Column("filed_on", sa.Text(), nullable=True, comment="填报日期"),
        sa.Column("visited_on", sa.Text(), nullable=True, comment="走访日期"),
        sa.Column("group", sa.Text(), nullable=True, comment="工作组"),
        sa.Column("level", sa.Text(), nullable=True, comment="走访级别"),
        sa.Column("area", sa.Text(), nullable=True, comment="走访地"),
        sa.Column("led_by_chief", sa.Integer(), nullable=True, comment="主要领导带队"),
        sa.Column("workers_met", sa.Integer(), nullable=True, comment="走访职工人次"),
        sa.Column("items", sa.Text(), nullable=True, comment="六个到位"),
        sa.Column("front_line", sa.Text(), nullable=True, comment="四个在一线"),
        sa.Column("methods", sa.Text(), nullable=True, comment="调研方式"),
        sa.Column("programmes", sa.Text(), nullable=True, comment="结合的活动"),
        sa.Column("discipline", sa.Integer(), nullable=True, comment="遵守走访纪律"),
        sa.Column("unit", sa.Text(), nullable=True, comment="填报单位"),
        sa.Column("owner", sa.Text(), nullable=True, comment="归属单位"),
        sa.Column("attachments", sa.Text(), nullable=True, comment="附件"),
        sa.Column("remarks", sa.Text(), nullable=True, comment="备注"),
        sa.Column("accepted", sa.Text(), nullable=True, comment="已确认的提醒"),
        sa.Column("extra", sa.Text(), nullable=True, comment="活动增加的项目"),
        sa.ForeignKeyConstraint(["h"], ["revision.h"], name=op.f("fk_state_visit_h_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_visit")),
        comment="走访登记",
    )
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_state_visit_area"), ["area"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_visit_enterprise"), ["enterprise"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_visit_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_visit_number"), ["number"], unique=False)
        batch_op.create_index("ix_state_visit_standing", ["owner", "void", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_state_visit_visited_on"), ["visited_on"], unique=False)


def downgrade() -> None:
    """Take the schema back to the revision before."""
    with op.batch_alter_table("state_visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_visit_visited_on"))
        batch_op.drop_index("ix_state_visit_standing")
        batch_op.drop_index(batch_op.f("ix_state_visit_number"))
        batch_op.drop_index(batch_op.f("ix_state_visit_group"))
        batch_op.drop_index(batch_op.f("ix_state_visit_enterprise"))
        batch_op.drop_index(batch_op.f("ix_state_visit_area"))

    op.drop_table("state_visit")
    with op.batch_alter_table("state_unit", schema=None) as batch_op:
        batch_op.drop_index("ix_state_unit_standing")
        batch_op.drop_index(batch_op.f("ix_state_unit_number"))
        batch_op.drop_index(batch_op.f("ix_state_unit_area"))

    op.drop_table("state_unit")
    with op.batch_alter_table("state_target", schema=None) as batch_op:
        batch_op.drop_index("ix_state_target_standing")
        batch_op.drop_index(batch_op.f("ix_state_target_number"))

    op.drop_table("state_target")
    with op.batch_alter_table("state_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_review_target"))
        batch_op.drop_index("ix_state_review_standing")
        batch_op.drop_index(batch_op.f("ix_state_review_number"))

    op.drop_table("state_review")
    with op.batch_alter_table("state_plan", schema=None) as batch_op:
        batch_op.drop_index("ix_state_plan_standing")
        batch_op.drop_index(batch_op.f("ix_state_plan_number"))
        batch_op.drop_index(batch_op.f("ix_state_plan_group"))
        batch_op.drop_index(batch_op.f("ix_state_plan_enterprise"))

    op.drop_table("state_plan")
    with op.batch_alter_table("state_person", schema=None) as batch_op:
        batch_op.drop_index("ix_state_person_standing")
        batch_op.drop_index(batch_op.f("ix_state_person_resident_id"))
        batch_op.drop_index(batch_op.f("ix_state_person_registered_area"))
        batch_op.drop_index(batch_op.f("ix_state_person_number"))
        batch_op.drop_index(batch_op.f("ix_state_person_enterprise"))

    op.drop_table("state_person")
    with op.batch_alter_table("state_operator", schema=None) as batch_op:
        batch_op.drop_index("ix_state_operator_standing")
        batch_op.drop_index(batch_op.f("ix_state_operator_number"))

    op.drop_table("state_operator")
    with op.batch_alter_table("state_link", schema=None) as batch_op:
        batch_op.drop_index("ix_state_link_standing")
        batch_op.drop_index(batch_op.f("ix_state_link_number"))

    op.drop_table("state_link")
    with op.batch_alter_table("state_hazard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_hazard_visit"))
        batch_op.drop_index("ix_state_hazard_standing")
        batch_op.drop_index(batch_op.f("ix_state_hazard_number"))
        batch_op.drop_index(batch_op.f("ix_state_hazard_enterprise"))

    op.drop_table("state_hazard")
    with op.batch_alter_table("state_group", schema=None) as batch_op:
        batch_op.drop_index("ix_state_group_standing")
        batch_op.drop_index(batch_op.f("ix_state_group_number"))

    op.drop_table("state_group")
    with op.batch_alter_table("state_enterprise", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_enterprise_uscc"))
        batch_op.drop_index("ix_state_enterprise_standing")
        batch_op.drop_index(batch_op.f("ix_state_enterprise_number"))
        batch_op.drop_index(batch_op.f("ix_state_enterprise_name"))
        batch_op.drop_index(batch_op.f("ix_state_enterprise_area"))

    op.drop_table("state_enterprise")
    with op.batch_alter_table("state_document", schema=None) as batch_op:
        batch_op.drop_index("ix_state_document_standing")
        batch_op.drop_index(batch_op.f("ix_state_document_number"))
        batch_op.drop_index(batch_op.f("ix_state_document_group"))

    op.drop_table("state_document")
    with op.batch_alter_table("state_demand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_demand_visit"))
        batch_op.drop_index("ix_state_demand_standing")
        batch_op.drop_index(batch_op.f("ix_state_demand_number"))
        batch_op.drop_index(batch_op.f("ix_state_demand_enterprise"))

    op.drop_table("state_demand")
    with op.batch_alter_table("state_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_state_case_visit"))
        batch_op.drop_index("ix_state_case_standing")
        batch_op.drop_index(batch_op.f("ix_state_case_person"))
        batch_op.drop_index(batch_op.f("ix_state_case_number"))

    op.drop_table("state_case")
    with op.batch_alter_table("state_campaign", schema=None) as batch_op:
        batch_op.drop_index("ix_state_campaign_standing")
        batch_op.drop_index(batch_op.f("ix_state_campaign_number"))

    op.drop_table("state_campaign")
    with op.batch_alter_table("state_area", schema=None) as batch_op:
        batch_op.drop_index("ix_state_area_standing")
        batch_op.drop_index(batch_op.f("ix_state_area_number"))
        batch_op.drop_index(batch_op.f("ix_state_area_county"))

    op.drop_table("state_area")
    with op.batch_alter_table("state_aid", schema=None) as batch_op:
        batch_op.drop_index("ix_state_aid_standing")
        batch_op.drop_index(batch_op.f("ix_state_aid_person"))
        batch_op.drop_index(batch_op.f("ix_state_aid_number"))
        batch_op.drop_index(batch_op.f("ix_state_aid_case"))

    op.drop_table("state_aid")
    with op.batch_alter_table("parked", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_parked_package"))

    op.drop_table("parked")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_revision"))

    op.drop_table("delivery")
    with op.batch_alter_table("carried", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carried_sha256"))

    op.drop_table("carried")
    op.drop_table("trust")
    op.drop_table("setting")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index("ix_revision_waiting", sqlite_where=sa.text("status = 'waiting'"))
        batch_op.drop_index(batch_op.f("ix_revision_id"))

    op.drop_table("revision")
    with op.batch_alter_table("reveal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reveal_record"))

    op.drop_table("reveal")
    op.drop_table("report")
    op.drop_table("proof")
    with op.batch_alter_table("package", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_package_tip"))
        batch_op.drop_index("ix_package_channel")

    op.drop_table("package")
    op.drop_table("numbering")
    op.drop_table("acknowledgement")
