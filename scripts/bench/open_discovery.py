"""Open discovery by the number of linking terms with scipy and networkx, as `bioweft bench discovery` asks.

Standard input: {"links": file of pairs of uint32, "targets": file of a byte an entity, 1 for one of the candidates'
type, "starts", "first", "networkx": whether to ask it too} in JSON. Standard output, for each library, how long making
its graph took, the milliseconds of each question, and the counts of its first candidates; networkx is null where it was not asked.
"""

import json
import sys
import time
from collections import Counter

import networkx
import numpy
from scipy.sparse import csr_matrix


def best(counts, first):
    return sorted((int(count) for count in counts if count > 0), reverse=True)[:first]


def with_scipy(links, targets, first):
    rows = numpy.concatenate([links[:, 0], links[:, 1]])
    columns = numpy.concatenate([links[:, 1], links[:, 0]])
    ones = numpy.ones(len(rows), dtype=numpy.int32)
    graph = csr_matrix((ones, (rows, columns)), shape=(len(targets), len(targets)))

    def ask(start):
        near = graph[start]
        counts = (near @ graph).toarray().ravel()
        counts[near.indices] = 0
        counts[start] = 0
        counts[~targets] = 0
        most = numpy.argpartition(counts, -first)[-first:] if first < len(counts) else range(len(counts))
        return best(counts[most], first)

    return ask


def with_networkx(links, targets, first):
    graph = networkx.Graph()
    graph.add_edges_from(links.tolist())

    def ask(start):
        known = graph[start]
        counts = Counter(end for term in known for end in graph[term])
        return best((n for end, n in counts.items() if targets[end] and end != start and end not in known), first)

    return ask


def measure(make, task, links, targets):
    began = time.perf_counter()
    ask = make(links, targets, task["first"])
    made = time.perf_counter() - began
    millis, found = [], []
    for start in task["starts"]:
        began = time.perf_counter()
        found.append(ask(start))
        millis.append(1000 * (time.perf_counter() - began))
    return {"made": 1000 * made, "millis": millis, "found": found}


task = json.load(sys.stdin)
links = numpy.fromfile(task["links"], dtype=numpy.uint32).reshape(-1, 2)
targets = numpy.fromfile(task["targets"], dtype=numpy.uint8).astype(bool)
answer = {"scipy": measure(with_scipy, task, links, targets), "networkx": None}
if task["networkx"]:
    answer["networkx"] = measure(with_networkx, task, links, targets)
print(json.dumps(answer))
