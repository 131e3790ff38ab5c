import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def of_the_only_intake(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for intake in apps.get_model('calls', 'Intake').objects.all():
        for name in ('Announcement', 'Plan', 'Search'):
            apps.get_model('selection', name).objects.filter(call=intake.call_id).update(intake=intake)


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0009_intakes'),
        ('selection', '0003_summary'),
    ]

    operations = [
        migrations.AddField(
            model_name='announcement',
            name='intake',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='announcement', to='calls.intake'),
        ),
        migrations.AddField(
            model_name='plan',
            name='intake',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='calls.intake'),
        ),
        migrations.AddField(
            model_name='search',
            name='intake',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='searches', to='calls.intake'),
        ),
        migrations.RunPython(of_the_only_intake, migrations.RunPython.noop),
    ]
