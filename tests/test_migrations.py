import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_models_have_no_change_without_a_migration() -> None:
    """Answers with exit code 1 when a migration is missing."""
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
