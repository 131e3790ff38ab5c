from django.db import migrations


def say(apps, schema_editor):
    """Kept forms say of each question what a question says now, so that none counts as changed by that alone."""
    for form in apps.get_model("calls", "FormVersion").objects.iterator():
        for question in form.definition.get("questions", []):
            question.setdefault("asked_in", "both")
            question.setdefault("ties_jurors", False)
        form.save(update_fields=["definition"])


class Migration(migrations.Migration):
    dependencies = [("calls", "0014_stages")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
