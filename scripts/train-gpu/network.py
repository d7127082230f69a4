"""The document network of src/model/networks/document-network.ts in PyTorch, for batches of padded documents.

Its parameters have the names that `bioweft train` gives them, so weights go from one to the other as they are.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from batches import TYPES

WORDS = "embeddings.word_embeddings.weight"
HEAD_DROPOUT = 0.1


class DocumentNetwork(nn.Module):
    def __init__(self, sizes, buckets, weights):
        super().__init__()
        self.sizes = sizes
        self.names = {name.replace(".", "/"): name for name in weights}
        self.weights = nn.ParameterDict({key: nn.Parameter(weights[name]) for key, name in self.names.items()})
        self.register_buffer("buckets", torch.tensor(buckets, dtype=torch.long))

    def weight(self, name):
        return self.weights[name.replace(".", "/")]

    def has(self, name):
        return name.replace(".", "/") in self.weights

    def named(self):
        return {name: self.weights[key] for key, name in self.names.items()}

    def add_flags(self):
        """Lets the network know which words name entities, and which the subject (batches.flags): for a teacher."""
        width = self.weight(WORDS).shape[1]
        self.names["special/flags"] = "special.flags"
        self.weights["special/flags"] = nn.Parameter(0.02 * torch.randn(1 + 2 * TYPES, width))

    def dense(self, name, x):
        return F.linear(x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"))

    def norm(self, name, x):
        gain, bias = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return F.layer_norm(x, x.shape[-1:], gain, bias, self.sizes["layerNormEpsilon"])

    def heads(self, x):  # (B, N, D) -> (B, H, N, d)
        return x.unflatten(-1, (self.sizes["heads"], -1)).transpose(1, 2)

    def embed(self, batch):
        special = self.weight("special.weight")
        words = F.embedding(batch["tokens"], self.weight(WORDS))  # (B, T - 1, d)
        prompt = F.embedding(batch["prompts"], special)[:, None]
        markers = F.embedding(batch["markers"], special)  # (B, 2R, d)
        places = torch.cat([batch["positions"], batch["markerPositions"]], 1)
        rows = torch.cat([prompt, words, markers], 1)
        rows = rows + F.embedding(places, self.weight("embeddings.position_embeddings.weight"))
        if self.has("special.segment"):
            rows = rows + self.weight("special.segment")
        if self.has("special.flags"):
            rows = rows + F.pad(F.embedding(batch["flags"], self.weight("special.flags")), (0, 0, 0, markers.shape[1]))
        rows = self.norm("embeddings.LayerNorm", rows)
        return self.dense("embeddings_project", rows) if self.has("embeddings_project.weight") else rows

    def encode(self, batch, dropout=0.0):
        """Text states (B, T, D) and marker states (B, 2R, D)."""
        rows = self.embed(batch)
        kind = torch.bfloat16 if torch.is_autocast_enabled(rows.device.type) else rows.dtype
        # Contiguous, or every layer pays for it: fused kernels read it row by row.
        bias = self.score_bias(batch).to(kind).contiguous()
        drop = lambda x: F.dropout(x, dropout, dropout > 0)
        for layer in range(self.sizes["layers"]):
            name = f"encoder.layer.{layer}"
            query, key, value = (
                self.heads(self.dense(f"{name}.attention.self.{part}", rows)) for part in ("query", "key", "value")
            )
            context = F.scaled_dot_product_attention(query, key, value, attn_mask=bias, dropout_p=dropout)
            attended = self.dense(f"{name}.attention.output.dense", context.transpose(1, 2).flatten(2))
            middle = self.norm(f"{name}.attention.output.LayerNorm", rows + drop(attended))
            inner = F.gelu(self.dense(f"{name}.intermediate.dense", middle))
            rows = self.norm(f"{name}.output.LayerNorm", middle + drop(self.dense(f"{name}.output.dense", inner)))
        return rows.split([batch["positions"].shape[1], batch["markers"].shape[1]], 1)

    def score_bias(self, batch):
        """
        What is added to the scores of all rows: (B, 1 or H, N, N). Text reads text; a marker the text, itself and its
        partner. A card computes all scores in one fused kernel faster than the needed ones alone in several.
        """
        text, slots = batch["positions"].shape[1], batch["markers"].shape[1]
        places = torch.cat([batch["positions"], batch["markerPositions"]], 1)  # (B, N)
        slot = torch.arange(slots, device=places.device)
        partner = (slot + slots // 2) % slots
        own = (slot[:, None] == slot) | (slot[:, None] == partner)
        allowed = torch.cat(
            [
                batch["isText"][:, None].expand(-1, text + slots, -1),
                F.pad(own, (0, 0, text, 0)).expand(len(places), -1, -1),
            ],
            -1,
        )  # (B, N, N)
        hidden = torch.where(allowed, 0.0, -math.inf)[:, None]
        if len(self.buckets) == 0:
            return hidden
        table = self.weight("encoder.relative_attention_bias.weight")
        middle = (len(self.buckets) - 1) // 2
        buckets = self.buckets[places[:, :, None] - places[:, None] + middle]
        return hidden + F.embedding(buckets, table).movedim(-1, 1)

    def logits(self, batch, training=False, dropout=0.0):
        """Logits of every reading, those of the first document first: (R, classes)."""
        text, markers = self.encode(batch, dropout)
        states = text.flatten(0, 1)[batch["linkRows"]].float()  # (L, D)
        # logsumexp without the maximum, as the states are bounded (document-network.ts says why).
        sums = torch.zeros(int(batch["entities"]), states.shape[-1], device=states.device)
        entities = sums.index_add(0, batch["linkEntities"], torch.exp(states)).log()
        subjects, objects = entities[batch["subjects"]], entities[batch["objects"]]
        slots = markers.flatten(0, 1)
        features = (batch["features"][:, None] >> torch.arange(self.sizes["features"], device=states.device)) & 1
        pairs = torch.cat(
            [slots[batch["subjectSlots"]], slots[batch["objectSlots"]], subjects, objects, subjects * objects, features], -1
        )
        hidden = F.gelu(self.dense("head.hidden", F.dropout(pairs, HEAD_DROPOUT, training)))
        return self.dense("head.output", F.dropout(hidden, HEAD_DROPOUT, training)).float()


def strongest(logits, pairs, count, negatives):
    """Of each pair's readings the row that is surest that the pair is related: (R, C), (R) -> (P) rows."""
    related = torch.ones(logits.shape[1], dtype=torch.bool, device=logits.device)
    related[negatives] = False
    odds = (logits[:, related].logsumexp(-1) - logits[:, ~related].logsumexp(-1)).detach()
    best = torch.full((count,), -math.inf, device=odds.device).scatter_reduce(0, pairs, odds, "amax")
    row = torch.arange(len(odds), device=odds.device)
    candidates = torch.where(odds == best[pairs], row, len(odds))
    return torch.full((count,), len(odds), device=odds.device).scatter_reduce(0, pairs, candidates, "amin")
