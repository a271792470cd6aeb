"""Validates what reports write: `validate.py FORMAT FILE` prints faults as JSON. Schemas are those that the packages ship."""
import json
import sys


def stix(path):
    from stix2validator import ValidationOptions, validate_file

    result = validate_file(path, ValidationOptions(version="2.1"))
    return [str(e) for o in result.object_results for e in o.errors]


def ocsf(path):
    from jsonschema.validators import validator_for
    from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

    faults = set()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            metadata = event["metadata"]
            schema = OcsfJsonSchemaEmbedded(
                get_ocsf_schema(metadata["version"])
            ).get_class_schema(
                class_name="detection_finding", profiles=metadata["profiles"]
            )
            for e in validator_for(schema)(schema).iter_errors(event):
                faults.add(f"{list(e.absolute_path)}: {e.message[:200]}")
    return sorted(faults)


def sarif(path):
    from jsonschema.validators import validator_for

    with open(sys.argv[3], encoding="utf-8") as file:
        schema = json.load(file)
    with open(path, encoding="utf-8") as file:
        log = json.load(file)
    return [
        f"{list(e.absolute_path)}: {e.message[:200]}"
        for e in validator_for(schema)(schema).iter_errors(log)
    ]


print(json.dumps(globals()[sys.argv[1]](sys.argv[2])[:20]))
