import django.db.models.deletion
import rihma.base.clock
import rihma.base.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=rihma.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(db_index=True, max_length=80)),
                ('scope', models.UUIDField()),
                ('role', models.CharField(choices=[('writer', 'may write'), ('reader', 'may read')], default='writer', max_length=10)),
                ('digest', models.CharField(max_length=64)),
                ('code_digest', models.CharField(max_length=64, unique=True)),
                ('is_anonymous', models.BooleanField(default=False)),
                ('most', models.PositiveSmallIntegerField(default=60)),
                ('made_at', models.DateTimeField(default=rihma.base.clock.now)),
                ('ends_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='guest_links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at'],
            },
        ),
        migrations.CreateModel(
            name='Guest',
            fields=[
                ('id', models.UUIDField(default=rihma.base.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('number', models.PositiveIntegerField(default=0)),
                ('language', models.CharField(choices=[('fi', 'Suomi'), ('sv', 'Svenska'), ('en', 'English')], default='fi', max_length=5)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('came_at', models.DateTimeField(default=rihma.base.clock.now)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='guests', to=settings.AUTH_USER_MODEL)),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='guests.link')),
            ],
        ),
        migrations.CreateModel(
            name='WrongCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(db_index=True, max_length=64)),
                ('at', models.DateTimeField(default=rihma.base.clock.now)),
            ],
        ),
    ]
