from collections import defaultdict

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def those_that_arrived(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    asks, known = defaultdict(list), defaultdict(dict)
    for call, key in apps.get_model('calls', 'Question').objects.filter(kind='challenge').values_list('call', 'key'):
        asks[call].append(key)
    for call, pk in apps.get_model('challenges', 'Challenge').objects.values_list('call', 'pk'):
        known[call][str(pk)] = pk
    uptake = apps.get_model('applications', 'Uptake')
    arrived = apps.get_model('applications', 'Application').objects.exclude(receipt=None).filter(call__in=asks)
    for application, call, answers in arrived.values_list('pk', 'call', 'answers'):
        said = [answers.get(key) for key in asks[call]]
        chosen = [one for value in said for one in (value if isinstance(value, list) else [value])]
        counted = dict.fromkeys(one for one in chosen if isinstance(one, str) and one in known[call])
        uptake.objects.bulk_create(
            uptake(application_id=application, challenge_id=known[call][one], place=place)
            for place, one in enumerate(counted, start=1)
        )


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0012_continues'),
        ('calls', '0001_initial'),
        ('challenges', '0003_whose_challenge'),
    ]

    operations = [
        migrations.CreateModel(
            name='Uptake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(default=1)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uptakes', to='applications.application')),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uptakes', to='challenges.challenge')),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('application', 'challenge'), name='one_uptake_a_challenge')],
            },
        ),
        migrations.RunPython(those_that_arrived, migrations.RunPython.noop),
    ]
