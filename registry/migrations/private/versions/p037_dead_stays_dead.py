"""Which tokens of a program were stopped, and through whose provider a person let a program in."""

import sqlalchemy as sa
from alembic import op

revision = "p037"
down_revision = "p036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of any program was stopped yet; of earlier grants it is not known how their session began."""
    op.add_column("client", sa.Column("generation", sa.Integer(), server_default="0", nullable=False))
    op.add_column("oauth_grant", sa.Column("provider_id", sa.String(length=32), nullable=True))


def downgrade() -> None:
    """Tokens are asked nothing but whether their program may act now."""
    op.drop_column("oauth_grant", "provider_id")
    op.drop_column("client", "generation")
