from django.db import models

from rihma.applications.models.application import Application, Receipt


class Wordlist(models.Model):
    """The base forms of the words of an application that arrived, for those who look for one in a list."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="wordlist")
    # which version of it these are the words of, so that a newer one is gathered anew
    receipt = models.ForeignKey(Receipt, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.application)
