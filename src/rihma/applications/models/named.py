from typing import ClassVar

from django.db import models

from rihma.actors.models import Organisation
from rihma.applications.models.application import Application
from rihma.calls.models import Question


class NamedOrganisation(models.Model):
    """One of the register that an answer names, as it was submitted: by it a juror's conflict of interest is found.

    A row beside the answer, because a query cannot look into answers of every kind, and it follows the organisation
    where that is merged.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="named")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="named_in")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "question"], name="one_organisation_an_answer")
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.organisation}"
