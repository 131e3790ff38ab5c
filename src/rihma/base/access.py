"""Every view says who may knock. What they find is decided by the look-up, which starts at the person."""

from collections.abc import Callable
from typing import Any

POLICY = "rihma_policy"


def public[View: Callable[..., Any]](view: View) -> View:
    """Anybody may open it; what it shows still depends on who asks."""
    setattr(view, POLICY, "public")
    return view
