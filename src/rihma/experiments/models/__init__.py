from rihma.experiments.models.experiment import Experiment, ExperimentQuerySet
from rihma.experiments.models.lock import PlanVersion
from rihma.experiments.models.results import Conclusion, Decision, Observation

__all__ = ["Conclusion", "Decision", "Experiment", "ExperimentQuerySet", "Observation", "PlanVersion"]
