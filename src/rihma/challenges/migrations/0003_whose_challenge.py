from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from rihma.actors.rules import key_of


def those_that_were_posted(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    for name in ('Challenge', 'Poster'):
        model = apps.get_model('challenges', name)
        for one in model.objects.all():
            model.objects.filter(pk=one.pk).update(organisation_key=key_of(one.organisation))


class Migration(migrations.Migration):

    dependencies = [
        ('challenges', '0002_enquiry_without_who_asked'),
    ]

    operations = [
        migrations.AddField(
            model_name='challenge',
            name='organisation_key',
            field=models.CharField(db_index=True, default='', max_length=200),
        ),
        migrations.AddField(
            model_name='poster',
            name='organisation_key',
            field=models.CharField(db_index=True, default='', max_length=200),
        ),
        migrations.RunPython(those_that_were_posted, migrations.RunPython.noop),
    ]
