from django.db import migrations, models


class Migration(migrations.Migration):
    """By itself, because PostgreSQL refuses to alter a table in the transaction in which its rows changed."""

    dependencies = [
        ('calls', '0003_opening_as_written'),
    ]

    operations = [
        migrations.RemoveField(model_name='call', name='opens_instant'),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opens_at', None), ('opens_on', None)), models.Q(('opens_at__isnull', False), ('opens_on__isnull', False)), _connector='OR'), name='opening_is_a_day_and_a_time'),
        ),
    ]
