import rihma.base.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=80)),
                ('doer', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=200)),
                ('is_guest', models.BooleanField(default=False)),
                ('session', models.CharField(blank=True, max_length=64)),
                ('made_at', models.DateTimeField(db_index=True, default=rihma.base.clock.now)),
            ],
        ),
    ]
