"""Counts words. socket and subprocess are only words here."""
import collections
import json
import sys

def count(path):
    with open(path, encoding="utf-8") as f:
        return collections.Counter(f.read().split())

if __name__ == "__main__":
    print(json.dumps(dict(count(sys.argv[1]).most_common(10))))
