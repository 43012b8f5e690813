"""Let each lane find its next job at once, however many wait in other queues."""

from django.db import migrations

TABLE = "django_tasks_database_dbtaskresult"


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE INDEX jobs_ready ON {TABLE} (queue_name, status, priority DESC, run_after, enqueued_at)",
            "DROP INDEX jobs_ready",
        ),
    ]
