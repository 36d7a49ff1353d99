"""Keep registers and the activity of enterprises and districts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "record",
        sa.Column("city", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("parent", sa.String(120), nullable=False),
        sa.Column("owner", sa.String(120), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("city", "kind", "id", name="pk_record"),
    )
    op.create_index("ix_record_parent", "record", ["parent"])
    op.create_table(
        "activity_batch",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("city", sa.String(64), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("file", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("undone", sa.DateTime(), nullable=True),
        sa.Column("undone_by", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_activity_batch"),
    )
    op.create_index(
        "uq_activity_batch_sha256",
        "activity_batch",
        ["city", "place", "sha256"],
        unique=True,
        sqlite_where=sa.text("undone IS NULL"),
        postgresql_where=sa.text("undone IS NULL"),
    )
    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("batch", sa.String(32), nullable=False),
        sa.Column("city", sa.String(64), nullable=False),
        sa.Column("digest", sa.LargeBinary(16), nullable=False),
        sa.Column("place", sa.String(64), nullable=False),
        sa.Column("enterprise", sa.String(120), nullable=False),
        sa.Column("facility", sa.String(120), nullable=False),
        sa.Column("process", sa.String(120), nullable=False),
        sa.Column("sector", sa.String(64), nullable=False),
        sa.Column("use", sa.String(32), nullable=False),
        sa.Column("what", sa.String(120), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Float(53), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("ncv", sa.Float(53), nullable=True),
        sa.Column("carbon_content", sa.Float(53), nullable=True),
        sa.Column("oxidation", sa.Float(53), nullable=True),
        sa.Column("carbon_share", sa.Float(53), nullable=True),
        sa.Column("factor", sa.Float(53), nullable=True),
        sa.Column("evidence", sa.String(255), nullable=False),
        sa.Column("source", sa.String(255), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("withdrawn", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["batch"], ["activity_batch.id"], name="fk_activity_batch_activity_batch"),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
    )
    op.create_index("ix_activity_batch", "activity", ["batch"])
    op.create_index("ix_activity_city_place", "activity", ["city", "place"])
    op.create_index("ix_activity_city_enterprise", "activity", ["city", "enterprise"])
    op.create_index(
        "uq_activity_digest",
        "activity",
        ["digest"],
        unique=True,
        sqlite_where=sa.text("withdrawn IS NULL"),
        postgresql_where=sa.text("withdrawn IS NULL"),
    )
    op.create_table(
        "activity_mention",
        sa.Column("batch", sa.String(32), nullable=False),
        sa.Column("digest", sa.LargeBinary(16), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["activity_batch.id"], name="fk_activity_mention_batch_activity_batch"),
        sa.PrimaryKeyConstraint("batch", "digest", name="pk_activity_mention"),
    )
    op.create_index("ix_activity_mention_digest", "activity_mention", ["digest"])


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("activity_mention")
    op.drop_table("activity")
    op.drop_table("activity_batch")
    op.drop_table("record")
