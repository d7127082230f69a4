"""The pair network as the original tool runs it, but in PyTorch: one sequence a pair, batches of 32, fp32.

Run by `bioweft bench model`. Reads its task from the first line of stdin (sequences of token ids, the encoder's
sizes, whether to pad to 512 or to the longest of a batch), answers "ready", does one round for every further
"round", and answers "end" with its largest resident memory. JSON lines on both sides. Weights are random.
"""

import json
import resource
import sys
import time

import torch
from transformers import BertConfig, BertForSequenceClassification

BATCH = 32
LENGTH = 512


def build(sizes):
    config = BertConfig(
        vocab_size=sizes["vocabulary"],
        hidden_size=sizes["hiddenSize"],
        num_hidden_layers=sizes["layers"],
        num_attention_heads=sizes["heads"],
        intermediate_size=4 * sizes["hiddenSize"],
        num_labels=sizes["labels"],
    )
    return BertForSequenceClassification(config).eval()


def batches(sequences, padding):
    for start in range(0, len(sequences), BATCH):
        rows = sequences[start : start + BATCH]
        length = LENGTH if padding == "full" else max(len(row) for row in rows)
        ids = torch.zeros(len(rows), length, dtype=torch.long)
        mask = torch.zeros(len(rows), length, dtype=torch.long)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = torch.tensor(row)
            mask[index, : len(row)] = 1
        yield ids, mask


def answer(message):
    print(json.dumps(message), flush=True)


def main():
    task = json.loads(sys.stdin.readline())
    sequences = task["sequences"]
    model = build(task["sizes"])

    def work():
        with torch.inference_mode():
            for ids, mask in batches(sequences, task["padding"]):
                model(input_ids=ids, attention_mask=mask)

    with torch.inference_mode():
        model(input_ids=torch.ones(1, 8, dtype=torch.long))
    answer("ready")
    for line in sys.stdin:
        if json.loads(line) == "end":
            # Kilobytes on Linux, bytes on macOS.
            unit = 2**20 if sys.platform == "darwin" else 2**10
            answer({"peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit})
            break
        began, used = time.perf_counter(), time.process_time()
        work()
        answer(
            {
                "pairs": len(sequences),
                "documents": len(sequences) * task["documentsPerPair"],
                "seconds": time.perf_counter() - began,
                "cpuSeconds": time.process_time() - used,
            }
        )


main()
