import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def those_that_arrived(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    arrived = apps.get_model('applications', 'Application').objects.exclude(receipt=None)
    for intake in apps.get_model('calls', 'Intake').objects.all():
        arrived.filter(call=intake.call_id).update(intake=intake)


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0007_completing'),
        ('calls', '0009_intakes'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='intake',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='calls.intake'),
        ),
        migrations.RunPython(those_that_arrived, migrations.RunPython.noop),
    ]
