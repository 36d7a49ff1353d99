"""Keep documents under review, the items read out of them, and the decisions on each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("city", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("compiled", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    op.create_index("uq_proposal_sha256", "proposal", ["city", "sha256"], unique=True)
    op.create_table(
        "proposal_item",
        sa.Column("proposal", sa.String(32), nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('target', 'goal', 'task')", name="ck_proposal_item_kind"),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name="fk_proposal_item_proposal_proposal"),
        sa.PrimaryKeyConstraint("proposal", "id", name="pk_proposal_item"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("proposal", sa.String(32), nullable=False),
        sa.Column("item", sa.String(40), nullable=False),
        sa.Column("verdict", sa.String(8), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.CheckConstraint("verdict IN ('accept', 'edit', 'reject')", name="ck_decision_verdict"),
        sa.ForeignKeyConstraint(
            ["proposal", "item"],
            ["proposal_item.proposal", "proposal_item.id"],
            name="fk_decision_proposal_proposal_item",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_proposal", "decision", ["proposal", "item"])


def downgrade() -> None:
    """Take the step back."""
    op.drop_table("decision")
    op.drop_table("proposal_item")
    op.drop_table("proposal")
