"""Every value of a registry hive as python-registry (PyPI) reads it: a list of [path of the key, name, type, value] as JSON."""
import json
import sys

from Registry import Registry


def plain(value):
    if isinstance(value, bytes):
        return value.hex()
    # JSON's readers may round what a double does not hold.
    if isinstance(value, int) and value > 2**53:
        return str(value)
    # It keeps the empty texts that end a list.
    return [v for v in value if v] if isinstance(value, list) else value


def walk(key, path, found):
    for value in key.values():
        found.append([path, value.name(), value.value_type_str(), plain(value.value())])
    for child in key.subkeys():
        walk(child, f"{path}\\{child.name()}" if path else child.name(), found)


found = []
walk(Registry.Registry(sys.argv[1]).root(), "", found)
print(json.dumps(found))
