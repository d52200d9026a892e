"""The common taxonomy as versioned data, and pure functions over it.

``load()`` gives the one ``Taxonomy``; everything else hangs on it. Needs PyYAML and nothing more.
"""

from taxonomy.core import Taxonomy, load
from taxonomy.types import Facet, Mapping, TaxonomyError, Value
from taxonomy.types import Problem as ClassificationProblem

__all__ = ["ClassificationProblem", "Facet", "Mapping", "Taxonomy", "TaxonomyError", "Value", "load"]
