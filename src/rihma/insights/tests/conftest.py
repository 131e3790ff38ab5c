from rihma.experiments.tests.conftest import concluded, draft, ended, idea, observe, ready, running, team, today, whole

__all__ = ["concluded", "draft", "ended", "idea", "observe", "ready", "running", "team", "today", "whole"]
