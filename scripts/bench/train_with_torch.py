"""The document network's training step in PyTorch: the same network, weights, inputs and AdamW, fp32 or bf16.

Run by `bioweft bench training`. Reads its task from the first line of stdin (the encoder's sizes, a safetensors file
of weights, the passes of one batch, whether to compute in bf16), answers "ready", takes one step for every further
"round" and answers its loss and seconds, and stops at "end". JSON lines on both sides. No dropout on either side.
The network is that of src/model/networks/document-network.ts, for encoders of BERT's family.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from safetensors.torch import load_file


class Network:
    def __init__(self, sizes, weights):
        self.sizes = sizes
        self.weights = {name: weight.requires_grad_(True) for name, weight in weights.items()}

    def dense(self, name, x):
        return F.linear(x, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def norm(self, name, x):
        gain, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return F.layer_norm(x, x.shape[-1:], gain, bias, self.sizes["layerNormEpsilon"])

    def heads(self, x):  # (N, D) -> (H, N, d)
        return x.view(x.shape[0], self.sizes["heads"], -1).transpose(0, 1)

    def layer(self, name, rows, text):
        query, key, value = (
            self.heads(self.dense(f"{name}.attention.self.{part}", rows)) for part in ("query", "key", "value")
        )
        size = query.shape[-1]
        attended = F.scaled_dot_product_attention(query[:, :text], key[:, :text], value[:, :text])  # (H, T, d)
        queries, own_keys, own_values = (x[:, text:] for x in (query, key, value))  # (H, 2P, d)
        half = own_keys.shape[1] // 2
        swap = lambda x: torch.cat([x[:, half:], x[:, :half]], 1)
        similarity = lambda other: (queries * other).sum(-1, keepdim=True)
        scores = torch.cat(
            [queries @ key[:, :text].transpose(1, 2), similarity(own_keys), similarity(swap(own_keys))], -1
        )
        weights = torch.softmax(scores / math.sqrt(size), -1)  # (H, 2P, T + 2)
        markers = (
            weights[..., :text] @ value[:, :text]
            + weights[..., text : text + 1] * own_values
            + weights[..., text + 1 :] * swap(own_values)
        )
        context = torch.cat([attended, markers], 1).transpose(0, 1).reshape(rows.shape)
        middle = self.norm(f"{name}.attention.output.LayerNorm", rows + self.dense(f"{name}.attention.output.dense", context))
        inner = F.gelu(self.dense(f"{name}.intermediate.dense", middle))
        return self.norm(f"{name}.output.LayerNorm", middle + self.dense(f"{name}.output.dense", inner))

    def logits(self, view):
        special = self.weights["special.weight"]
        words = self.weights["embeddings.word_embeddings.weight"]
        rows = torch.cat([special[view["prompt"]], F.embedding(view["tokens"], words), special[view["markers"]]])
        places = torch.cat([view["positions"], view["markerPositions"]])
        rows = rows + self.weights["embeddings.position_embeddings.weight"][places] + self.weights["special.segment"]
        rows = self.norm("embeddings.LayerNorm", rows)
        text = len(view["positions"])
        for layer in range(self.sizes["layers"]):
            rows = self.layer(f"encoder.layer.{layer}", rows, text)
        entities = torch.log(view["membership"].to(rows.dtype) @ torch.exp(rows[view["mentionRows"]]))
        subjects, objects = entities[view["subjects"]], entities[view["objects"]]
        pairs = len(view["subjects"])
        first, second = rows[text : text + pairs], rows[text + pairs :]
        features = view["features"].to(rows.dtype)
        vector = torch.cat([first, second, subjects, objects, subjects * objects, features], -1)
        return self.dense("head.output", F.gelu(self.dense("head.hidden", vector)))


def tensors(feeds):
    kinds = {"float32": torch.float32, "int32": torch.long}
    return {
        name: torch.tensor(feed["data"], dtype=kinds[feed["type"]]).reshape(feed["shape"])
        for name, feed in feeds.items()
    }


def main():
    task = json.loads(sys.stdin.readline())
    network = Network(task["sizes"], load_file(task["weights"]))
    batch = [(tensors(one["feeds"]), torch.tensor(one["targets"])) for one in task["passes"]]
    pairs = sum(len(targets) for _, targets in batch)
    matrices = [weight for name, weight in network.weights.items() if weight.dim() == 2 and "word_emb" not in name]
    kept = {id(weight) for weight in matrices}
    rest = [weight for weight in network.weights.values() if id(weight) not in kept]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0}], lr=task["rate"], fused=True
    )

    def step():
        optimizer.zero_grad(set_to_none=True)
        total = 0.0
        for view, targets in batch:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=task["bf16"]):
                logits = network.logits(view)
            loss = F.cross_entropy(logits.float(), targets, reduction="sum") / pairs
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_(network.weights.values(), 1.0)
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
