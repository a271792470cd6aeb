"""Loads every rule file below a folder with pySigma (PyPI, pysigma) and prints what it says as JSON."""
import json
import pathlib
import sys

from sigma.collection import SigmaCollection
from sigma.rule import SigmaRule

loaded, refused = 0, []
for path in sorted(pathlib.Path(sys.argv[1]).glob("**/*.yml")):
    try:
        collection = SigmaCollection.from_yaml(path.read_text())
        for rule in collection.rules:
            if rule.errors:
                raise ValueError(rule.errors)
            if isinstance(rule, SigmaRule):
                for condition in rule.detection.parsed_condition:
                    condition.parsed
        loaded += 1
    except Exception as error:
        refused.append(f"{path.name}: {error!r}")
print(json.dumps({"loaded": loaded, "refused": refused}))
