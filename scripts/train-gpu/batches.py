"""A carried run's examples, and padded batches of them. The arrays are explained in src/model/training/carried/carried-examples.ts."""

import numpy as np
import torch
from safetensors.numpy import load_file

from network import TYPES

SIZES = ("tokens", "readings", "links", "pairs", "entities")
OF_READINGS = (
    "subjectMarkers", "objectMarkers", "subjectPositions", "objectPositions", "subjects", "objects", "features", "pairs",
)
COLUMNS = {
    "tokens": ("tokens", "owners"),
    "readings": OF_READINGS,
    "links": ("linkEntities", "linkRows"),
    "pairs": ("targets",),
    "entities": ("roles",),
}

# Rows in multiples of this: fused attention and tensor cores ask for it.
ALIGNED = 8


class Examples:
    """All views of a run's documents; `view(i)` is one as a dictionary of arrays, `of(documents)` their views' numbers."""

    def __init__(self, folder, first_views):
        arrays = load_file(f"{folder}/examples.safetensors")
        self.arrays = {name: array.astype(np.int64) for name, array in arrays.items()}
        self.sizes = self.arrays["sizes"].reshape(-1, len(SIZES))
        self.starts = np.cumsum(self.sizes, 0) - self.sizes
        self.first_views = first_views

    def of(self, documents):
        return [view for one in documents for view in range(self.first_views[one], self.first_views[one + 1])]

    def pairs_before(self, document):
        """How many pairs the documents before this one have."""
        return int(self.sizes[: self.first_views[document], SIZES.index("pairs")].sum())

    def view(self, index):
        found = {"prompts": self.arrays["prompts"][index]}
        for place, unit in enumerate(SIZES):
            span = slice(self.starts[index][place], self.starts[index][place] + self.sizes[index][place])
            found.update({name: self.arrays[name][span] for name in COLUMNS[unit]})
        # The pairs' numbers among all, by which a teacher's answers are found.
        found["ids"] = self.starts[index][SIZES.index("pairs")] + np.arange(len(found["targets"]))
        return found


def with_pairs(view, kept):
    """The view with some of its pairs alone, in their order."""
    new = np.full(len(view["targets"]), -1)
    new[kept] = np.arange(len(kept))
    readings = new[view["pairs"]] >= 0
    part = {name: view[name][readings] for name in OF_READINGS}
    part["pairs"] = new[part["pairs"]]
    return {**view, **part, "targets": view["targets"][kept], "ids": view["ids"][kept]}


def by_subject(view):
    """The view once for each entity, which is the subject: with the pairs that it is an end of, and its words known."""
    ends = np.zeros((2, len(view["targets"])), dtype=np.int64)
    ends[:, view["pairs"]] = view["subjects"], view["objects"]
    kept = [np.flatnonzero((ends == entity).any(0)) for entity in range(len(view["roles"]))]
    return [{**with_pairs(view, pairs), "subject": entity} for entity, pairs in enumerate(kept) if len(pairs) > 0]


def with_swapped_ends(view, random):
    """Ends of pairs of one type in either order: which is named first in the text says nothing of a relation."""
    roles = view["roles"]
    alike = roles[view["subjects"]] == roles[view["objects"]]
    swapped = alike & (random.random(len(view["targets"])) < 0.5)[view["pairs"]]
    changed = dict(view)
    for one, other in (("subjects", "objects"), ("subjectPositions", "objectPositions")):
        changed[one] = np.where(swapped, view[other], view[one])
        changed[other] = np.where(swapped, view[one], view[other])
    # Bits of pair-features.ts: counts 0–4 and 5–9, variants 10 and 11, titles 12 and 13.
    bits = view["features"]
    exchanged = (bits & ~0x3FFF) | ((bits & 0x1F) << 5) | ((bits >> 5) & 0x1F)
    exchanged |= ((bits >> 1) & 0x1400) | ((bits & 0x1400) << 1)
    changed["features"] = np.where(swapped, exchanged, bits)
    return changed


def with_masked_names(view, share, mask, random):
    """The names of some entities hidden, so that the text decides and not who they are."""
    hidden = random.random(len(view["roles"]) + 1) < share
    hidden[-1] = False  # what belongs to no entity, −1
    return {**view, "tokens": np.where(hidden[view["owners"]], mask, view["tokens"])}


def flags(view):
    """What each text row is known to name: nothing, an entity of some type, or the subject, of some type."""
    roles = np.append(view["roles"], -1)[view["owners"]]
    known = np.where(view["owners"] == view.get("subject", -2), 1 + TYPES + roles, 1 + roles)
    return np.concatenate([[0], known])  # the prompt's row comes first


def padded(arrays, fill=0, longest=None):
    longest = longest or max(len(array) for array in arrays)
    table = np.full((len(arrays), longest), fill, dtype=np.int64)
    for row, array in enumerate(arrays):
        table[row, : len(array)] = array
    return table


def joined(views, name, before=None):
    parts = [view[name] if before is None else view[name] + before[index] for index, view in enumerate(views)]
    return np.concatenate(parts).astype(np.int64)


def collate(views, device):
    """Views as one batch of tensors. T text rows and R readings are those of the largest; a view's slots are its
    subjects' markers, then its objects', each padded to R."""
    up = lambda number: -(-number // ALIGNED) * ALIGNED
    text = up(1 + max(len(view["tokens"]) for view in views))
    tokens = padded([view["tokens"] for view in views], 0, text - 1)
    readings = [len(view["subjects"]) for view in views]
    most = up(max(readings))
    lengths = np.array([len(view["tokens"]) + 1 for view in views])
    both = lambda one, other: np.concatenate([padded([view[name] for view in views], 0, most) for name in (one, other)], 1)
    before = lambda name: np.cumsum([0, *(len(view[name]) for view in views)])
    slots = [index * 2 * most + np.arange(count) for index, count in enumerate(readings)]
    places = np.arange(text)
    places[:2] = (1, 0)  # the prompt comes before [CLS] and stands behind it
    entities = before("roles")
    arrays = {
        "prompts": np.array([view["prompts"] for view in views]),
        "tokens": tokens,
        "positions": np.tile(places, (len(views), 1)),
        "isText": np.arange(text)[None] < lengths[:, None],
        "markers": both("subjectMarkers", "objectMarkers"),
        "markerPositions": both("subjectPositions", "objectPositions"),
        "linkRows": joined(views, "linkRows", np.arange(len(views)) * text),
        "linkEntities": joined(views, "linkEntities", entities),
        "subjects": joined(views, "subjects", entities),
        "objects": joined(views, "objects", entities),
        "subjectSlots": np.concatenate(slots),
        "objectSlots": np.concatenate(slots) + most,
        "features": joined(views, "features"),
        "pairs": joined(views, "pairs", before("targets")),
        "targets": joined(views, "targets"),
        "flags": padded([flags(view) for view in views], 0, text),
        "ids": joined(views, "ids"),
    }
    batch = {name: torch.from_numpy(array).to(device, non_blocking=True) for name, array in arrays.items()}
    batch["entities"] = entities[-1]
    return batch


def grouped(views, size, random, pool=16):
    """Batches of views by lot, of about one size within each pool of them, so that little is padded."""
    order = random.permutation(len(views))
    batches = []
    for start in range(0, len(order), pool * size):
        part = sorted((views[index] for index in order[start : start + pool * size]), key=lambda view: len(view["subjects"]))
        batches += [part[first : first + size] for first in range(0, len(part), size)]
    return [batches[index] for index in random.permutation(len(batches))]
