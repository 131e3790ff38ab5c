from django.db import migrations, models


def keep_everything(apps, schema_editor):
    """A token from before there were scopes goes on working for the app that uses it."""
    apps.get_model("accounts", "ApiToken").objects.update(scopes=["*"])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='apitoken',
            name='scopes',
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(keep_everything, migrations.RunPython.noop, elidable=True),
    ]
