import django.db.models.deletion
import rihma.base.ids
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def one_each(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """A call has taken in once until now: until it closed."""
    intakes = apps.get_model('calls', 'Intake').objects
    for call in apps.get_model('calls', 'Call').objects.all():
        intakes.create(call=call, number=1)


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0008_access'),
    ]

    operations = [
        migrations.AddField(model_name='call', name='places_each', field=models.BooleanField(default=False)),
        migrations.AddField(model_name='call', name='may_try_again', field=models.BooleanField(default=True)),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.UUIDField(default=rihma.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('closes_on', models.DateField(blank=True, null=True)),
                ('closes_at', models.TimeField(blank=True, null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='intakes', to='calls.call')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('call', 'number'), name='intakes_are_counted'), models.UniqueConstraint(condition=models.Q(('closes_on', None)), fields=('call',), name='one_intake_is_the_last'), models.CheckConstraint(condition=models.Q(models.Q(('closes_at', None), ('closes_on', None)), models.Q(('closes_at__isnull', False), ('closes_on__isnull', False)), _connector='OR'), name='cut_off_is_a_day_and_a_time')],
            },
        ),
        migrations.RunPython(one_each, migrations.RunPython.noop),
    ]
