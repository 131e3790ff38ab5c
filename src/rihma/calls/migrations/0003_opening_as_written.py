from zoneinfo import ZoneInfo

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_wall_clocks(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """An instant becomes what people wrote: a day and a time by the clock of the programme's zone."""
    for call in apps.get_model('calls', 'Call').objects.exclude(opens_instant=None).select_related('programme'):
        local = call.opens_instant.astimezone(ZoneInfo(call.programme.time_zone))
        call.opens_on, call.opens_at = local.date(), local.time()
        call.save(update_fields=['opens_on', 'opens_at'])


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0002_amendments'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.RenameField(model_name='call', old_name='opens_at', new_name='opens_instant'),
        migrations.AddField(model_name='call', name='opens_on', field=models.DateField(blank=True, null=True)),
        migrations.AddField(model_name='call', name='opens_at', field=models.TimeField(blank=True, null=True)),
        migrations.RunPython(write_wall_clocks, migrations.RunPython.noop),
    ]
