import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('selection', '0004_of_an_intake'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='search', name='one_answer_a_problem'),
        migrations.RemoveField(model_name='announcement', name='call'),
        migrations.RemoveField(model_name='plan', name='call'),
        migrations.RemoveField(model_name='search', name='call'),
        migrations.AlterField(
            model_name='announcement',
            name='intake',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='announcement', to='calls.intake'),
        ),
        migrations.AlterField(
            model_name='plan',
            name='intake',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='plan', to='calls.intake'),
        ),
        migrations.AlterField(
            model_name='search',
            name='intake',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='searches', to='calls.intake'),
        ),
        migrations.AddConstraint(
            model_name='search',
            constraint=models.UniqueConstraint(fields=('intake', 'asked'), name='one_answer_a_problem'),
        ),
    ]
