"""How many documents a second a card can put through the document network: BERT-base, half precision, many at once.

Needs a Python with PyTorch and scripts/torch/network.py, there or beside it, and nothing else, so that it runs on a bare
machine with a card. The weights are random, the scores computed are only those that count unless `--fused` asks for all
in one kernel: the figure is what the card allows, not what one of our engines reaches (for those: `bioweft bench model`).
Prints one JSON object.

    python3 document_network.py [--size base|tiny] [--documents 64] [--tokens 330] [--pairs 90] [--seconds 10] [--fused]

The defaults are an average BioRED abstract's: 330 tokens, 90 candidate pairs.
"""

import argparse
import json
import platform
import sys
import time
from pathlib import Path

import torch

sys.path.append(str(Path(__file__).resolve().parent.parent / "torch"))
from network import WORDS, DocumentNetwork

SIZES = {"base": (768, 12, 12), "minilm": (384, 6, 12), "tiny": (32, 1, 2)}
VOCABULARY = 30_522
FEATURES = 25
CLASSES = 9
PLACES = 512
SPECIALS = 24


def random_weights(width, layers):
    """Weights of the network's names and shapes; their values change nothing about its speed."""
    drawn = lambda *shape: 0.02 * torch.randn(shape)
    dense = lambda name, out, into: {f"{name}.weight": drawn(out, into), f"{name}.bias": torch.zeros(out)}
    norm = lambda name: {f"{name}.weight": torch.ones(width), f"{name}.bias": torch.zeros(width)}
    weights = {
        WORDS: drawn(VOCABULARY, width),
        "embeddings.position_embeddings.weight": drawn(PLACES, width),
        "special.weight": drawn(SPECIALS, width),
        "special.segment": drawn(width),
        **norm("embeddings.LayerNorm"),
        **dense("head.hidden", width, 5 * width + FEATURES),
        **dense("head.output", CLASSES, width),
    }
    for layer in range(layers):
        name = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            weights |= dense(f"{name}.attention.self.{part}", width, width)
        weights |= dense(f"{name}.attention.output.dense", width, width) | norm(f"{name}.attention.output.LayerNorm")
        weights |= dense(f"{name}.intermediate.dense", 4 * width, width)
        weights |= dense(f"{name}.output.dense", width, 4 * width) | norm(f"{name}.output.LayerNorm")
    return weights


def inputs(count, text, pairs, entities, device):
    """A batch of documents of one size, in which nothing is padded and every entity has one mention."""
    ints = lambda limit, *shape: torch.randint(limit, shape, device=device)
    each = lambda number, step: (torch.arange(count, device=device)[:, None] * step + torch.arange(number, device=device)).flatten()
    entity = lambda: (torch.arange(count, device=device)[:, None] * entities + ints(entities, count, pairs)).flatten()
    return {
        "prompts": ints(SPECIALS, count),
        "tokens": ints(VOCABULARY, count, text - 1),
        "positions": torch.arange(text, device=device).expand(count, -1) % PLACES,
        "markers": ints(SPECIALS, count, 2 * pairs),
        "markerPositions": ints(min(text, PLACES), count, 2 * pairs),
        "linkRows": each(entities, text) + 1,
        "linkEntities": each(entities, entities),
        "entities": count * entities,
        "subjects": entity(),
        "objects": entity(),
        "subjectSlots": each(pairs, 2 * pairs),
        "objectSlots": each(pairs, 2 * pairs) + pairs,
        "features": torch.zeros(count * pairs, dtype=torch.long, device=device),
    }


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
    parser.add_argument("--fused", action="store_true", help="compute all scores, in one kernel")
    options = parser.parse_args()
    cuda = torch.cuda.is_available()
    device, dtype = ("cuda", torch.float16) if cuda else ("cpu", torch.float32)
    synchronize = torch.cuda.synchronize if cuda else lambda: None
    width, layers, heads = SIZES[options.size]
    entities = min(15, options.tokens - 1)
    with torch.inference_mode():
        sizes = {"layers": layers, "heads": heads, "layerNormEpsilon": 1e-12, "features": FEATURES}
        network = DocumentNetwork(sizes, [], random_weights(width, layers)).eval().to(device, dtype)
        network.fused = options.fused
        batch = inputs(options.documents, options.tokens, options.pairs, entities, device)
        logits = network.logits(batch)
        if not torch.isfinite(logits).all():
            raise SystemExit("the network gave numbers that are not finite")
        seconds = timed(lambda: network.logits(batch), synchronize, options.seconds)
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
