import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0004_of_an_intake'),
    ]

    operations = [
        migrations.RemoveField(model_name='reviewing', name='call'),
        migrations.AlterField(
            model_name='reviewing',
            name='intake',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reviewing', to='calls.intake'),
        ),
    ]
