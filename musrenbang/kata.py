"""Labels that are written once and read everywhere: choices of models, stages, roles."""

from typing import Any

from django.utils.functional import lazy

from musrenbang.sebutan import translate

words: Any = lazy(translate, str)
"""``words("Disahkan Camat")``: a label that says itself in the words of the place that is active when it is read."""
