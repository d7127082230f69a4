"""Trains what `bioweft train … --carry FOLDER` laid down, with PyTorch, on a card where there is one.

    python3 train.py FOLDER                    the document network: writes FOLDER/trained.safetensors
    python3 train.py FOLDER --teacher          a slower network that knows where the entities are and is asked once for
                                               each, as PL-Marker is (Ye et al. 2022): writes FOLDER/answers.safetensors
    python3 train.py FOLDER --answers FILE     the document network learns those answers, or the ones that `--teacher`
                                               of `bioweft train` laid down, beside the gold classes, and in every
                                               epoch of the task as many of its unlabelled documents as labelled

Needs PyTorch, numpy and safetensors, and of our files batches.py and scripts/torch/network.py, which may lie beside this
one: so the three are carried. Killed, the same command goes on where it was: every step is decided by its number. The
order of documents is not `bioweft train`'s, all else is the run's.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch.nn.attention import SDPBackend, sdpa_kernel

sys.path.append(str(Path(__file__).resolve().parent.parent / "torch"))
from batches import Examples, by_subject, collate, grouped, with_masked_names, with_pairs, with_swapped_ends
from network import DocumentNetwork, strongest

SAVE_SECONDS = 120
REPORT_SECONDS = 20
# Steps of which the mean loss is told.
REPORT_STEPS = 50
# A teacher's pass reads one entity's pairs: so many passes are about as much as one document.
PASSES_A_DOCUMENT = 8
TEACHER_DROPOUT = 0.1
# Of the unlabelled documents those are learned in which the teacher expects so many related pairs, and such a share:
# the others teach little but None. Seen: BioRED's own have 18 % related pairs, BC5CDR's and DrugProt's 6 %.
LEAST_RELATED = 2
LEAST_SHARE = 0.08


def read_weights(file):
    stored = load_file(file)
    scaled = lambda name, x: x.float() * stored[f"{name}_scale"] if x.dtype == torch.int8 else x.float()
    return {name: scaled(name, x) for name, x in stored.items() if not name.endswith("_scale")}


class Run:
    """A carried run, its examples, and how they are learned."""

    def __init__(self, folder, options):
        self.folder, self.options = Path(folder), options
        for file in (self.folder / "run.json", *([Path(options.answers)] if options.answers else [])):
            if not file.exists():
                raise SystemExit(f"{file} is not there; `bioweft train --carry` lays a run down, --teacher answers")
        self.plan = json.loads((self.folder / "run.json").read_text())
        self.settings = self.plan["settings"]
        self.examples = Examples(folder, self.plan["firstViews"])
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        # A processor without instructions for bfloat16 computes in it a hundred times as slowly as in fp32.
        self.halves = self.device == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
        self.negatives = torch.tensor(self.plan["negatives"], device=self.device)
        self.answers = self.read_answers(options.answers) if options.answers else None
        self.unlabelled = [] if self.answers is None else self.rich_documents()
        # What a checkpoint must have learned from to be of use.
        files = [self.folder / "run.json", *([Path(options.answers)] if options.answers else [])]
        self.learned = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]

    def read_answers(self, file):
        answers = load_file(file)["answers"].float()
        expected = self.examples.pairs_before(self.plan["taught"])
        if len(answers) != expected:
            raise SystemExit(f"{file} answers {len(answers)} pairs, and this run has {expected}: it is of another run")
        return answers.to(self.device)

    def rich_documents(self):
        related = torch.ones(len(self.plan["classes"]), dtype=torch.bool)
        related[self.plan["negatives"]] = False
        answers = self.answers.cpu() ** self.plan["distillation"]["temperature"]
        expected = (answers[:, related].sum(1) / answers.sum(1)).numpy()
        before = [self.examples.pairs_before(document) for document in self.plan["unlabelled"]]
        spans = [slice(start, self.examples.pairs_before(document + 1)) for document, start in zip(self.plan["unlabelled"], before)]
        rich = lambda values: values.sum() >= LEAST_RELATED and values.mean() >= LEAST_SHARE
        return [document for document, span in zip(self.plan["unlabelled"], spans) if rich(expected[span])]

    def views(self, documents):
        views = [self.examples.view(view) for view in self.examples.of(documents)]
        return [part for view in views for part in by_subject(view)] if self.options.teacher else views

    def batches(self):
        """All batches of the run, each with its learning rate as a share of the peak."""
        random = np.random.default_rng(self.settings["seed"])
        size = self.settings["batchDocuments"] * (PASSES_A_DOCUMENT if self.options.teacher else 1)
        for index, phase in enumerate(self.plan["phases"]):
            last = index == len(self.plan["phases"]) - 1
            epochs = [grouped(self.views(self.drawn(phase, last, random)), size, random) for _ in range(phase["epochs"])]
            steps = sum(map(len, epochs))
            warm = self.settings["warmUp"]
            for step, batch in enumerate(batch for epoch in epochs for batch in epoch):
                share = (step + 0.5) / steps
                yield batch, share / warm if share < warm else (1 - share) / (1 - warm)

    def drawn(self, phase, last, random):
        documents = []
        for source in phase["sources"]:
            own, weight = source["examples"], source["weight"]
            rest = round(len(own) * (weight - int(weight)))
            documents += own * int(weight) + [own[place] for place in random.permutation(len(own))[:rest]]
        if last and self.unlabelled:
            count = min(len(documents), len(self.unlabelled))
            documents += [self.unlabelled[place] for place in random.permutation(len(self.unlabelled))[:count]]
        return documents

    def prepared(self, view, random):
        count, limit = len(view["targets"]), self.settings["maxPairs"]
        if count > limit:
            view = with_pairs(view, np.sort(random.permutation(count)[:limit]))
        if self.options.teacher:
            view = with_swapped_ends(view, random)
        return with_masked_names(view, self.settings["mentionDropout"], self.plan["mask"], random)

    def network(self):
        network = DocumentNetwork(self.plan["network"], self.plan["buckets"], read_weights(self.folder / "initial.safetensors"))
        torch.manual_seed(self.settings["seed"])
        if self.options.teacher:
            network.add_flags()
        rates = {**self.plan["rates"], "special.flags": self.settings["learningRate"] * self.settings["headFactor"]}
        for name, weight in network.named().items():
            weight.requires_grad_(name in rates)
        return network.to(self.device), rates

    def logits(self, network, views, training=False):
        """The strongest reading of every pair, and the batch: (P, classes)."""
        batch = collate(views, self.device)
        dropout = TEACHER_DROPOUT if training and self.options.teacher else 0.0
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.halves):
            logits = network.logits(batch, training, dropout)
        return logits[strongest(logits, batch["pairs"], len(batch["targets"]), self.negatives)], batch

    def loss(self, logits, batch):
        """Sum over pairs of cross-entropy against the gold class, the teacher's answer, or both (relation-loss.ts)."""
        found = torch.log_softmax(logits, -1)
        targets = batch["targets"]
        gold = -found.gather(1, targets.clamp_min(0)[:, None])[:, 0]
        if self.answers is None:
            return gold.sum()
        # What lies behind the answers, as other corpora's documents do, has none.
        known = batch["ids"] < len(self.answers)
        how = self.plan["distillation"]
        softened = torch.log_softmax(logits / how["temperature"], -1)
        answers = self.answers[batch["ids"].clamp_max(len(self.answers) - 1)]
        taught = -(answers * softened).sum(-1) * how["temperature"] ** 2
        share = torch.where(targets < 0, 1.0, how["share"]) * known
        return (share * taught + (1 - share) * gold).sum()


class Progress:
    """Optimiser, moving average and step, kept in the run's folder."""

    def __init__(self, run, network, rates):
        adamw = run.plan["adamw"]
        named = [(name, weight) for name, weight in network.named().items() if weight.requires_grad]
        self.weights = [weight for _, weight in named]
        self.peaks = [rates[name] for name, _ in named]
        groups = [
            {"params": [weight], "weight_decay": adamw["weightDecay"] if weight.dim() == 2 else 0} for weight in self.weights
        ]
        betas = (adamw["beta1"], adamw["beta2"])
        self.optimizer = torch.optim.AdamW(groups, betas=betas, eps=adamw["epsilon"], fused=True)
        self.clip, self.decay = adamw["clipNorm"], run.settings["averageDecay"]
        self.average = [weight.detach().clone() for weight in self.weights]
        self.step = 0
        self.learned = run.learned
        self.file = run.folder / ("teacher.state" if run.options.teacher else "network.state")
        if self.file.exists():
            state = torch.load(self.file, map_location=run.device)
            if state["learned"] != self.learned:
                raise SystemExit(f"{self.file} is of a run with other answers or options; delete it to begin anew")
            self.step = state["step"]
            self.optimizer.load_state_dict(state["optimizer"])
            with torch.no_grad():
                for kept, mine in ((state["weights"], self.weights), (state["average"], self.average)):
                    torch._foreach_copy_(mine, kept)
            print(f"goes on at step {self.step}", flush=True)

    def update(self, rate):
        torch.nn.utils.clip_grad_norm_(self.weights, self.clip)
        for group, peak in zip(self.optimizer.param_groups, self.peaks):
            group["lr"] = peak * rate
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        # A young average is mostly of young weights: it forgets them sooner.
        decay = min(self.decay, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(self.average, self.weights, 1 - decay)

    def save(self):
        unfinished = self.file.with_suffix(".unfinished")
        state = {"learned": self.learned, "step": self.step, "optimizer": self.optimizer.state_dict()}
        torch.save({**state, "weights": self.weights, "average": self.average}, unfinished)
        os.replace(unfinished, self.file)

    def finish(self):
        with torch.no_grad():
            torch._foreach_copy_(self.weights, self.average)


def train(run, network, progress):
    network.train()
    batches = list(run.batches())
    began = reported = saved = time.time()
    losses, first = [], progress.step
    for views, rate in batches[progress.step :]:
        random = np.random.default_rng([run.settings["seed"], progress.step])
        views = [run.prepared(view, random) for view in views]
        pairs = sum(len(view["targets"]) for view in views)
        # A processor gains nothing from padding documents to one another; a card needs them together.
        total = 0
        for part in [views] if run.device == "cuda" else [[view] for view in views]:
            logits, batch = run.logits(network, part, True)
            loss = run.loss(logits, batch) / pairs
            loss.backward()
            total += loss.detach()
        losses = [*losses[1 - REPORT_STEPS :], total]
        progress.update(rate)
        now = time.time()
        if now - reported > REPORT_SECONDS:
            recent = torch.stack(losses).mean().item()
            left = (now - began) / (progress.step - first) * (len(batches) - progress.step)
            print(f"step {progress.step} of {len(batches)}, loss {recent:.3f}, {left / 60:.1f} min left", flush=True)
            reported = now
        if now - saved > SAVE_SECONDS:
            progress.save()
            saved = now
    progress.save()
    progress.finish()


@torch.no_grad()
def answer(run, network, documents):
    """Softened probabilities of every pair of the documents, in the pairs' numbers; two views of a pair count alike."""
    views = sorted(run.views(documents), key=lambda view: len(view["subjects"]))
    count = run.examples.pairs_before(run.plan["taught"])
    sums = torch.zeros(count, len(run.plan["classes"]), device=run.device)
    times = torch.zeros(count, 1, device=run.device)
    size = 4 * PASSES_A_DOCUMENT
    for first in range(0, len(views), size):
        logits, batch = run.logits(network, views[first : first + size])
        sums.index_add_(0, batch["ids"], torch.log_softmax(logits, -1))
        times.index_add_(0, batch["ids"], torch.ones(len(logits), 1, device=run.device))
    return torch.softmax(sums / times.clamp_min(1) / run.plan["distillation"]["temperature"], -1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--teacher", action="store_true", help="train the teacher and let it answer")
    parser.add_argument("--answers", help="what a teacher answered")
    options = parser.parse_args()
    run = Run(options.folder, options)
    network, rates = run.network()
    # Not cuDNN's, which plans for every shape anew, and here each batch has one of its own.
    with sdpa_kernel([SDPBackend.EFFICIENT_ATTENTION, SDPBackend.FLASH_ATTENTION, SDPBackend.MATH]):
        train(run, network, Progress(run, network, rates))
        if options.teacher:
            # The task's and the unlabelled ones come first; what else the last phase mixes in is not the teacher's matter.
            answers = answer(run, network, list(range(run.plan["taught"])))
    if options.teacher:
        save_file({"answers": answers.half().cpu()}, run.folder / "answers.safetensors")
    else:
        named = {name: weight for name, weight in network.named().items() if weight.requires_grad}
        save_file({name: weight.detach().half().cpu() for name, weight in named.items()}, run.folder / "trained.safetensors")


if __name__ == "__main__":
    main()
