"""The document network's training step in PyTorch: the same network, weights, inputs and AdamW, fp32 or bf16.

Run by `bioweft bench training`. Reads its task from the first line of stdin (the encoder's sizes, a safetensors file
of weights, the passes of one batch, whether to compute in bf16), answers "ready", takes one step for every further
"round" and answers its loss and seconds, and stops at "end". JSON lines on both sides. No dropout on either side.
The network is scripts/torch/network.py, here for encoders without relative positions.
"""

import json
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

sys.path.append(str(Path(__file__).resolve().parent.parent / "torch"))
from network import WORDS, DocumentNetwork


def tensors(feeds):
    kinds = {"float32": torch.float32, "int32": torch.long}
    return {
        name: torch.tensor(feed["data"], dtype=kinds[feed["type"]]).reshape(feed["shape"])
        for name, feed in feeds.items()
    }


def one_document(feeds):
    """What our own network is fed for a document, as a batch of that document alone."""
    view = tensors(feeds)
    pairs, bits = view["features"].shape
    entities, mentions = view["membership"].nonzero(as_tuple=True)
    slots = torch.arange(pairs)
    return {
        "prompts": view["prompt"],
        **{name: view[name][None] for name in ("tokens", "positions", "markers", "markerPositions")},
        "linkRows": view["mentionRows"][mentions],
        "linkEntities": entities,
        "entities": len(view["membership"]),
        "subjects": view["subjects"],
        "objects": view["objects"],
        "subjectSlots": slots,
        "objectSlots": slots + pairs,
        "features": (view["features"].long() << torch.arange(bits)).sum(-1),
    }, bits


def main():
    task = json.loads(sys.stdin.readline())
    views = [one_document(one["feeds"]) for one in task["passes"]]
    sizes = {**task["sizes"], "features": views[0][1]}
    network = DocumentNetwork(sizes, [], load_file(task["weights"]))
    batch = [(view, torch.tensor(one["targets"])) for (view, _), one in zip(views, task["passes"])]
    pairs = sum(len(targets) for _, targets in batch)
    weights = network.named()
    matrices = [weight for name, weight in weights.items() if weight.dim() == 2 and name != WORDS]
    kept = {id(weight) for weight in matrices}
    rest = [weight for weight in weights.values() if id(weight) not in kept]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0}], lr=task["rate"], fused=True
    )

    def step():
        optimizer.zero_grad(set_to_none=True)
        total = 0.0
        for view, targets in batch:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=task["bf16"]):
                logits = network.logits(view)
            loss = F.cross_entropy(logits, targets, reduction="sum") / pairs
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
        optimizer.step()
        return total

    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        if json.loads(line) == "end":
            break
        began = time.perf_counter()
        loss = step()
        print(json.dumps({"loss": loss, "seconds": time.perf_counter() - began}), flush=True)


main()
