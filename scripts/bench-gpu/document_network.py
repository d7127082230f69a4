"""How many documents a second a card can put through the document network: BERT-base, half precision, many at once.

Needs a Python with PyTorch and nothing else, so that it runs on a bare machine with a card. The network is that of
src/model/networks/document-network.ts, written again for batches of padded documents, with random weights: the figure is what
the card allows, not what one of our engines reaches (for those: `bioweft bench model`). Prints one JSON object.

    python3 document_network.py [--size base|tiny] [--documents 64] [--tokens 330] [--pairs 90] [--seconds 10]

The defaults are an average BioRED abstract's: 330 tokens, 90 candidate pairs.
"""

import argparse
import json
import platform
import time

import torch
from torch import nn
from torch.nn import functional as F

SIZES = {"base": (768, 12, 12), "minilm": (384, 6, 12), "tiny": (32, 1, 2)}
VOCABULARY = 30_522
FEATURES = 25
CLASSES = 9


class Layer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.inner = nn.Linear(width, 4 * width)
        self.outer = nn.Linear(4 * width, width)
        self.norms = nn.ModuleList([nn.LayerNorm(width), nn.LayerNorm(width)])

    def split(self, x):  # (B, N, D) -> (B, H, N, d)
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(self, rows, text, mask):  # rows: (B, T + 2P, D), the first T are the text's
        q, k, v = (self.split(part) for part in self.qkv(rows).chunk(3, -1))
        keys, values = k[:, :, :text], v[:, :, :text]
        context = F.scaled_dot_product_attention(q[:, :, :text], keys, values, attn_mask=mask)
        mq, mk, mv = q[:, :, text:], k[:, :, text:], v[:, :, text:]
        pairs = mq.shape[2] // 2
        scale = mq.shape[-1] ** -0.5
        scores = mq @ keys.transpose(-1, -2) * scale + mask  # (B, H, 2P, T)
        own = (mq * mk).sum(-1, keepdim=True) * scale
        partner = (mq * mk.roll(pairs, 2)).sum(-1, keepdim=True) * scale
        weights = torch.cat([scores, own, partner], -1).softmax(-1)
        markers = weights[..., :text] @ values + weights[..., -2:-1] * mv + weights[..., -1:] * mv.roll(pairs, 2)
        attended = torch.cat([context, markers], 2).transpose(1, 2).flatten(2)
        middle = self.norms[0](rows + self.out(attended))
        return self.norms[1](middle + self.outer(F.gelu(self.inner(middle))))


class DocumentNetwork(nn.Module):
    def __init__(self, width, layers, heads):
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, width)
        self.places = nn.Embedding(512, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList([Layer(width, heads) for _ in range(layers)])
        self.hidden = nn.Linear(5 * width + FEATURES, width)
        self.output = nn.Linear(width, CLASSES)

    def forward(self, tokens, positions, text, mask, membership, subjects, objects, features):
        rows = self.norm(self.words(tokens) + self.places(positions))
        for layer in self.layers:
            rows = layer(rows, text, mask)
        # In float32: exponentials of states leave half precision.
        entities = (membership @ rows[:, :text].float().exp()).log().to(rows.dtype)  # (B, E, D)
        pick = lambda index: entities.gather(1, index[..., None].expand(-1, -1, entities.shape[-1]))
        one, other = pick(subjects), pick(objects)
        first, second = rows[:, text:].chunk(2, 1)
        pairs = torch.cat([first, second, one, other, one * other, features], -1)
        return self.output(F.gelu(self.hidden(pairs)))


def inputs(count, text, pairs, entities, device, dtype):
    rows = text + 2 * pairs
    ints = lambda limit, *shape: torch.randint(limit, shape, device=device)
    membership = torch.zeros(count, entities, text, device=device)
    membership[:, torch.arange(entities), torch.arange(entities) + 1] = 1
    return (
        ints(VOCABULARY, count, rows),
        ints(text, count, rows),
        text,
        torch.zeros(count, 1, 1, text, device=device, dtype=dtype),
        membership,
        ints(entities, count, pairs),
        ints(entities, count, pairs),
        torch.zeros(count, pairs, FEATURES, device=device, dtype=dtype),
    )


def operations(width, layers, text, pairs):
    rows = text + 2 * pairs
    return layers * (24 * width * width * rows + 4 * width * (text * text + 2 * pairs * (text + 2)))


def timed(work, synchronize, seconds):
    work()
    work()
    synchronize()
    began, runs = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        work()
        synchronize()
        runs += 1
    return (time.perf_counter() - began) / runs


def matrix_peak(device, dtype, synchronize, seconds):
    side = 8192 if device == "cuda" else 512
    a = torch.randn(side, side, device=device, dtype=dtype)
    return 2 * side**3 / timed(lambda: a @ a, synchronize, seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=SIZES, default="base")
    for name, default in (("documents", 64), ("tokens", 330), ("pairs", 90), ("seconds", 10)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    cuda = torch.cuda.is_available()
    device, dtype = ("cuda", torch.float16) if cuda else ("cpu", torch.float32)
    synchronize = torch.cuda.synchronize if cuda else lambda: None
    width, layers, heads = SIZES[options.size]
    entities = min(15, options.tokens - 1)
    with torch.inference_mode():
        network = DocumentNetwork(width, layers, heads).eval().to(device, dtype)
        batch = inputs(options.documents, options.tokens, options.pairs, entities, device, dtype)
        logits = network(*batch)
        if not torch.isfinite(logits).all():
            raise SystemExit("the network gave numbers that are not finite")
        seconds = timed(lambda: network(*batch), synchronize, options.seconds)
        peak = matrix_peak(device, dtype, synchronize, min(3, options.seconds))
    speed = options.documents / seconds
    per_document = operations(width, layers, options.tokens, options.pairs)
    print(
        json.dumps(
            {
                "device": torch.cuda.get_device_name() if cuda else platform.processor() or platform.machine(),
                "precision": str(dtype).removeprefix("torch."),
                "torch": torch.__version__,
                **vars(options),
                "documentsPerSecond": speed,
                "pairsPerSecond": speed * options.pairs,
                "operationsPerSecond": speed * per_document,
                "matrixPeakOperationsPerSecond": peak,
                "shareOfMatrixPeak": speed * per_document / peak,
                "documentsPerSecondAtMatrixPeak": peak / per_document,
                "peakMegabytes": torch.cuda.max_memory_allocated() / 2**20 if cuda else None,
            }
        )
    )


main()
