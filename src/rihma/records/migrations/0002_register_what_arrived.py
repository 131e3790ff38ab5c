from django.db import migrations

USUAL_FORMAT = "{year}-{number}"


def register(apps, schema_editor):
    """What arrived before there was a register gets its number in the order of arrival."""
    Plan, Case = apps.get_model("records", "RecordPlan"), apps.get_model("records", "Case")
    receipts = apps.get_model("applications", "Receipt").objects.select_related("application__call")
    for receipt in receipts.order_by("received_at", "pk").iterator():
        if Case.objects.filter(application=receipt.application_id).exists():
            continue  # a later version of what arrived before
        programme = receipt.application.call.programme_id
        plan, _new = Plan.objects.get_or_create(programme_id=programme)
        plan.last_number += 1
        plan.save()
        Case.objects.create(
            programme_id=programme,
            application=receipt.application,
            number=USUAL_FORMAT.format(year=receipt.received_at.year, number=plan.last_number),
            given_at=receipt.received_at,
        )


class Migration(migrations.Migration):

    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(register, migrations.RunPython.noop, elidable=True)]
