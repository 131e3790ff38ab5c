from rihma.experiments.models.experiment import Experiment, ExperimentQuerySet
from rihma.experiments.models.results import Conclusion, Decision, Observation, PlanVersion

__all__ = ["Conclusion", "Decision", "Experiment", "ExperimentQuerySet", "Observation", "PlanVersion"]
