"""Reads files with the Python package bioc, as `bioweft bench ingest` asks, and says how long it took.

Standard input: {"format": "pubtator" or "biocxml", "files"} in JSON. Standard output: {"documents", "seconds"}, the
best of three readings, as BioWeft's own figures are.
"""

import json
import sys
import time

from bioc import biocxml, pubtator


def read(kind, file):
    if kind == "pubtator":
        with open(file, encoding="utf8") as lines:
            return len(pubtator.load(lines))
    with open(file, "rb") as xml:
        return len(biocxml.load(xml).documents)


def measure(task):
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        documents = sum(read(task["format"], file) for file in task["files"])
        best = min(best, time.perf_counter() - began)
    return {"documents": documents, "seconds": best}


if __name__ == "__main__":
    json.dump(measure(json.load(sys.stdin)), sys.stdout)
