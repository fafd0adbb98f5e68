from django.db import migrations

from partners.migration_helpers import Allow, Police
from partners.walls import PARTNER

OWNER = """
    (SELECT partner_id FROM partners_outboxmessage m WHERE m.id = partners_outboxattempt.message_id)
"""


class Migration(migrations.Migration):
    """Partners may read when contact broke, in the attempts of their own messages."""

    dependencies = [("partners", "0005_engine_indexes")]

    operations = [
        Allow(
            "OutboxAttempt",
            PARTNER,
            "SELECT",
            ["id", "message", "handoff_at", "finished_at", "outcome"],
        ),
        Police("OutboxAttempt", own=OWNER),
    ]
