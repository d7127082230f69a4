"""The document network of src/model/networks/document-network.ts in PyTorch, for batches of padded documents.

The only copy: carried runs are trained with it (scripts/train-gpu/train.py), and both benches measure it
(scripts/bench/train_with_torch.py, scripts/bench-gpu/document_network.py). Its parameters have the names that
`bioweft train` gives them, so weights go from one to the other as they are. It answers classes alone: a model's
qualifiers, direction and novelty, are not computed here, and `bioweft train --carry` refuses a run that has them.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

WORDS = "embeddings.word_embeddings.weight"
HEAD_DROPOUT = 0.1
# Chemical, Disease, Gene.
TYPES = 3


class DocumentNetwork(nn.Module):
    """
    `sizes` are the encoder's layers, heads and layerNormEpsilon, and how many bits of `features` count; `buckets` say
    which row of the relative bias each difference of positions takes, none where there is no such bias.

    A batch of B documents, T text rows and R readings each: `tokens` (B, T - 1), `prompts` (B), `positions` (B, T),
    `isText` (B, T), absent where nothing is padded, `markers` and `markerPositions` (B, 2R); and of all documents
    together, one after the other: `linkRows` and `linkEntities` of the mentions, `entities`, their number, and of each
    reading `subjects`, `objects`, `subjectSlots`, `objectSlots` and `features`.
    """

    def __init__(self, sizes, buckets, weights):
        super().__init__()
        self.sizes = sizes
        self.names = {name.replace(".", "/"): name for name in weights}
        self.weights = nn.ParameterDict({key: nn.Parameter(weights[name]) for key, name in self.names.items()})
        self.register_buffer("buckets", torch.tensor(buckets, dtype=torch.long))
        # Whether all scores are computed, in one fused kernel, or only those that count; None is what the device does faster.
        self.fused = None

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
        attend = self.attention(batch, kind, dropout)
        drop = lambda x: F.dropout(x, dropout, dropout > 0)
        for layer in range(self.sizes["layers"]):
            name = f"encoder.layer.{layer}"
            query, key, value = (
                self.heads(self.dense(f"{name}.attention.self.{part}", rows)) for part in ("query", "key", "value")
            )
            context = attend(query, key, value).transpose(1, 2).flatten(2)
            attended = self.dense(f"{name}.attention.output.dense", context)
            middle = self.norm(f"{name}.attention.output.LayerNorm", rows + drop(attended))
            inner = F.gelu(self.dense(f"{name}.intermediate.dense", middle))
            rows = self.norm(f"{name}.output.LayerNorm", middle + drop(self.dense(f"{name}.output.dense", inner)))
        return rows.split([batch["positions"].shape[1], batch["markers"].shape[1]], 1)

    def attention(self, batch, kind, dropout):
        """
        The function from queries, keys and values, (B, H, N, d) each, to what rows read, (B, H, N, d). Text reads text;
        a marker the text, itself and its partner. A card computes all scores in one fused kernel faster than the
        needed ones alone in several. A processor takes as long either
        way for an abstract's 90 pairs, and 7 % less by the needed ones for 400.
        """
        text = batch["positions"].shape[1]
        fused = batch["tokens"].is_cuda if self.fused is None else self.fused
        if fused:
            # Contiguous, or every layer pays for it: fused kernels read it row by row.
            bias = self.all_bias(batch).to(kind).contiguous()
            return lambda query, key, value: F.scaled_dot_product_attention(
                query, key, value, attn_mask=bias, dropout_p=dropout
            )
        biases = self.needed_biases(batch, kind)
        return lambda query, key, value: attend_needed(query, key, value, text, biases, dropout)

    def all_bias(self, batch):
        """What is added to the scores of all rows: (B, 1 or H, N, N)."""
        text, slots = batch["positions"].shape[1], batch["markers"].shape[1]
        places = torch.cat([batch["positions"], batch["markerPositions"]], 1)  # (B, N)
        slot = torch.arange(slots, device=places.device)
        own = (slot[:, None] == slot) | (slot[:, None] == partners(slot, 0))
        is_text = batch.get("isText", torch.ones_like(batch["positions"], dtype=torch.bool))
        allowed = torch.cat(
            [
                is_text[:, None].expand(-1, text + slots, -1),
                F.pad(own, (0, 0, text, 0)).expand(len(places), -1, -1),
            ],
            -1,
        )  # (B, N, N)
        hidden = torch.where(allowed, 0.0, -math.inf)[:, None]
        return hidden if len(self.buckets) == 0 else hidden + self.relative(places[:, :, None] - places[:, None])

    def needed_biases(self, batch, kind):
        """What is added to the scores of text rows and of markers: (B, 1 or H, 1 or T, T), (B, 1 or H, 1 or 2R, T + 2)."""
        hidden = None
        if "isText" in batch:
            hidden = torch.where(batch["isText"], 0.0, -math.inf)[:, None, None]  # (B, 1, 1, T)
        if len(self.buckets) == 0:
            return (None, None) if hidden is None else (hidden.to(kind), F.pad(hidden, (0, 2)).to(kind))
        text, markers = batch["positions"], batch["markerPositions"]
        own = torch.stack([torch.zeros_like(markers), markers - partners(markers, 1)], -1)  # (B, 2R, 2)
        of_text = self.relative(text[:, :, None] - text[:, None])
        of_markers = self.relative(torch.cat([markers[:, :, None] - text[:, None], own], -1))
        if hidden is not None:
            of_text, of_markers = of_text + hidden, of_markers + F.pad(hidden, (0, 2))
        return of_text.to(kind), of_markers.to(kind)

    def relative(self, differences):  # (B, rows, columns) -> (B, H, rows, columns)
        middle = (len(self.buckets) - 1) // 2
        buckets = self.buckets[differences + middle]
        return F.embedding(buckets, self.weight("encoder.relative_attention_bias.weight")).movedim(-1, 1)

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
        ).to(self.weight("head.hidden.weight").dtype)
        hidden = F.gelu(self.dense("head.hidden", F.dropout(pairs, HEAD_DROPOUT, training)))
        return self.dense("head.output", F.dropout(hidden, HEAD_DROPOUT, training)).float()


def partners(markers, dimension):
    """Each marker's partner in its place: the first half of the markers are subjects', the second their objects'."""
    return markers.roll(markers.shape[dimension] // 2, dimension)


def attend_needed(query, key, value, text, biases, dropout):
    """Attention of which only the scores that count are computed: those of T text columns, and a marker's own two."""
    of_text, of_markers = biases
    keys, values = key[:, :, :text], value[:, :, :text]
    context = F.scaled_dot_product_attention(query[:, :, :text], keys, values, attn_mask=of_text, dropout_p=dropout)
    markers, own_keys, own_values = (x[:, :, text:] for x in (query, key, value))  # (B, H, 2R, d)
    similarity = lambda other: (markers * other).sum(-1, keepdim=True)
    scores = torch.cat([markers @ keys.mT, similarity(own_keys), similarity(partners(own_keys, 2))], -1)
    scores = scores * markers.shape[-1] ** -0.5
    weights = torch.softmax(scores if of_markers is None else scores + of_markers, -1)  # (B, H, 2R, T + 2)
    weights = F.dropout(weights, dropout, dropout > 0).to(value.dtype)
    from_text = weights[..., :text] @ values
    read = from_text + weights[..., -2:-1] * own_values + weights[..., -1:] * partners(own_values, 2)
    return torch.cat([context, read], 2)


def strongest(logits, pairs, count, negatives):
    """Of each pair's readings the row that is surest that the pair is related: (R, C), (R) -> (P) rows."""
    related = torch.ones(logits.shape[1], dtype=torch.bool, device=logits.device)
    related[negatives] = False
    odds = (logits[:, related].logsumexp(-1) - logits[:, ~related].logsumexp(-1)).detach()
    best = torch.full((count,), -math.inf, device=odds.device).scatter_reduce(0, pairs, odds, "amax")
    row = torch.arange(len(odds), device=odds.device)
    candidates = torch.where(odds == best[pairs], row, len(odds))
    return torch.full((count,), len(odds), device=odds.device).scatter_reduce(0, pairs, candidates, "amin")
