"""Reads PubMed files with the Python package pubmed_parser, as `bioweft bench ingest` asks, and says how long it took.

Standard input: {"files"} in JSON. Standard output: {"documents", "seconds"}: seconds of the processor, in one reading. Books
are passed over by the package, and are not among the documents.
"""

import json
import sys
import time

from pubmed_parser import parse_medline_xml


def measure(task):
    began = time.process_time()
    documents = sum(1 for file in task["files"] for _ in parse_medline_xml(file))
    return {"documents": documents, "seconds": time.process_time() - began}


if __name__ == "__main__":
    json.dump(measure(json.load(sys.stdin)), sys.stdout)
