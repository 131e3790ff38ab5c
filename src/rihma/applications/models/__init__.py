from rihma.applications.models.application import Application, ApplicationQuerySet, Receipt
from rihma.applications.models.arrival import Judgement
from rihma.applications.models.writer import Writer

__all__ = ["Application", "ApplicationQuerySet", "Judgement", "Receipt", "Writer"]
