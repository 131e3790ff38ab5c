"""The scale on which jurors score: the same for every criterion, so that scores can be weighed against each other."""

from django.utils.translation import pgettext_lazy

LEAST, MOST = 1, 5
SCALE = {
    1: pgettext_lazy("score", "Not shown"),
    2: pgettext_lazy("score", "Weak"),
    3: pgettext_lazy("score", "Sound"),
    4: pgettext_lazy("score", "Strong"),
    5: pgettext_lazy("score", "Excellent"),
}
