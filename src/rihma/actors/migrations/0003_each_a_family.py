from django.db import migrations
from django.db.models import F


def each_its_own(apps, schema_editor):
    """The new column has one value on all rows, as if everybody were of one family."""
    apps.get_model("actors", "Organisation").objects.update(family=F("id"))


class Migration(migrations.Migration):

    dependencies = [
        ("actors", "0002_what_an_organisation_is"),
    ]

    operations = [
        migrations.RunPython(each_its_own, migrations.RunPython.noop),
    ]
