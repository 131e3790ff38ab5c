import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def of_the_only_intake(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    reviewings = apps.get_model('reviews', 'Reviewing').objects
    for intake in apps.get_model('calls', 'Intake').objects.all():
        reviewings.filter(call=intake.call_id).update(intake=intake)


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0009_intakes'),
        ('reviews', '0003_families'),
    ]

    operations = [
        migrations.AddField(
            model_name='reviewing',
            name='intake',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reviewing', to='calls.intake'),
        ),
        migrations.RunPython(of_the_only_intake, migrations.RunPython.noop),
    ]
