from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_what_counts(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    """Until now an application had one receipt at most."""
    for receipt in apps.get_model("applications", "Receipt").objects.all().iterator():
        apps.get_model("applications", "Application").objects.filter(pk=receipt.application_id).update(receipt=receipt)


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_versions")]

    operations = [migrations.RunPython(name_what_counts, migrations.RunPython.noop, elidable=True)]
