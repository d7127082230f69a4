"""Small random checkpoints of BERT, ELECTRA and MPNet sequence classifiers, and what PyTorch computes with them.

For each family a folder with config.json, vocab.txt, the tokenizer's files and the same weights three times
(model.safetensors, pytorch_model.bin, tf_model.h5: the last written by transformers' TensorFlow class), and
expected.json: inputs, logits, a cross-entropy loss and its gradients; tokens.json: tricky texts with their ids.
test/model/parity and test/model/checkpoints read them.

Made with Python 3.11 and, from PyPI:
    transformers==4.46.3 torch==2.5.1 tensorflow-cpu==2.18.1 tf-keras==2.18.0 h5py==3.16.0
(the last line of transformers that has TensorFlow classes is 4; its 4.46 knows this TensorFlow).

    python scripts/parity/make-fixtures.py test/fixtures/parity
"""

import json
import os
import shutil
import sys
from pathlib import Path

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import torch
import transformers

LABELS = ["None", "Association", "Positive_Correlation", "Negative_Correlation", "Bind"]
# The first becomes another once lower-cased, as in the official checkpoints.
ADDED = sorted(["@GENETgt$", *(f"@{end}{kind}{side}$" for end in ("", "/") for kind in ("Chemical", "Gene") for side in ("Src", "Tgt"))])
WORDS = (
    "the of and in a to with was by for on is that as from were at an be which not we after between or patients "
    "treatment gene genes disease drug effect effects increased reduced cell cells protein expression induced "
    "study results relation what between litcoin associated acid receptor mice human clinical response type alpha"
).split()
# Gradients that are kept whole; of the others the norm and the sum.
WHOLE = ("embeddings.LayerNorm", "layer.0.attention.self.query", "layer.0.attention.attn.q", "layer.1.output", "relative_attention_bias", "classifier", "pooler", "embeddings_project")


def vocabulary(special):
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    pieces = [*letters, *(f"##{letter}" for letter in letters), *'.,;:!?()[]{}<>/\\@$#%&*+-=_|~^`"', "'"]
    endings = ["##ing", "##ed", "##s", "##tion", "##ase", "##in", "##ol", "##ic"]
    return list(dict.fromkeys([*special, *WORDS, *pieces, *endings]))


def make_config(family, size):
    common = dict(
        vocab_size=size, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
        max_position_embeddings=58, id2label=dict(enumerate(LABELS)), label2id={name: i for i, name in enumerate(LABELS)},
        initializer_range=0.15,
    )
    if family == "bert":
        return transformers.BertConfig(**common)
    if family == "electra":
        return transformers.ElectraConfig(**common, embedding_size=12)
    return transformers.MPNetConfig(**common, pad_token_id=1, bos_token_id=0, eos_token_id=2)


FAMILIES = {
    "bert": (transformers.BertForSequenceClassification, transformers.TFBertForSequenceClassification),
    "electra": (transformers.ElectraForSequenceClassification, transformers.TFElectraForSequenceClassification),
    "mpnet": (transformers.MPNetForSequenceClassification, transformers.TFMPNetForSequenceClassification),
}


def make_tokenizer(family, folder):
    special = ["<s>", "<pad>", "</s>", "[UNK]", "<mask>"] if family == "mpnet" else ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    (folder / "vocab.txt").write_text("\n".join(vocabulary(special)) + "\n")
    fast = transformers.MPNetTokenizerFast if family == "mpnet" else transformers.BertTokenizerFast
    tokenizer = fast(vocab_file=str(folder / "vocab.txt"), do_lower_case=True, model_max_length=56)
    tokenizer.add_tokens(ADDED)
    tokenizer.save_pretrained(folder)
    return transformers.AutoTokenizer.from_pretrained(folder)


TEXTS = [
    ("What is [Litcoin] between @ChemicalSrc$ folic acid @/ChemicalSrc$ and @GeneTgt$ IL6 @/GeneTgt$ ?",
     "Treatment with @ChemicalSrc$ folic acid @ChemicalSrc/$ reduced the expression of @GeneTgt$ IL6 @GeneTgt/$ in mice."),
    ("What is [Litcoin] ?", "Nothing."),
    ("What is [CID] between @ChemicalSrc$ x @/ChemicalSrc$ and @ChemicalTgt$ y @/ChemicalTgt$ ?",
     "After the treatment of patients with x and y, the response was increased by the receptor of type alpha."),
]

# What tokenizers disagree about: white space, control characters, accents, case, symbols, ideographs, added tokens.
TRICKY = [
    "", "   ", "the gene", "IL-6/TNF-\u03b1 (\u03b2\u2082)", "na\u00efve caf\u00e9 e\u0301 x\u0302", "\u0130stanbul \u01c4 \u00df \u1e9e",
    "\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2", "a\u00adb zero\u200bwidth \ufeffbom", "no\u00a0break thin\u2009space\u3000wide", "line\u2028and\u2029paragraph",
    "tab\tnew\nline\r\nend", "bell\u0007 next\u0085line v\u000bt f\u000cf", "\ufffd \u0000 a\u0000b", "\u6f22\u5b57\u3068\u304b\u306a \ud55c\uad6d\uc5b4", "\U00020000a\U0002a6d6 \U0002b740x",
    "\U0001f600 \U0001f469\u200d\U0001f52c x", "\u2260 \u221e \u00bd \u00b5g", "a\u2260b a\u226eb", "`back` ^hat ~ | a|b <a> = + $5 #1 %", "\u201cquoted\u201d \u2018it\u2019s\u2019 \u2014 \u2013 \u2026",
    "\u00bfqu\u00e9? \u061f \u0964", "x" * 100, "x" * 101, "a" * 99 + "\u00e9", "a" * 100 + "\u0301", "[CLS] [SEP] [MASK] [UNK] [PAD]", "[cls] [Sep] [ SEP ] [SEP][SEP] x[SEP]y",
    "<s> </s> <mask> <pad> <S> a<s>b", "@GeneSrc$ IL6 @/GeneSrc$", "@GeneSrc/$ @GeneSrc $", "x@GeneTgt$y@/GeneTgt$", "@GENETgt$ @GeneTgt$ @genetgt$", "@genesrc$ @GENESRC$ @GeNeSrC$",
    "@GeneSrc$@ChemicalTgt$@/GeneTgt$@@", "@Ge\u0301neSrc$", "@Gene\u00adSrc$ @Gene\tSrc$", "\u212a \u212b \u2126 \u017f", "\u2460\u2461 \ufb01n \u2075", "\u1fef \u037e \u00b4 \u00a8", "\u0640\u064b \u0e33 \u0f0b",
    "\ue000 private \U000e0001 tag", "\u180e \u2060 \u00a6 \u00ac \u00a7",
]


def randomise(model, seed):
    """Biases and layer norms away from their zeros and ones, so that none of them can be forgotten unseen."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("bias"):
                parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.1)
            elif "LayerNorm" in name:
                parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.2)


def expected(model, tokenizer):
    model.eval()  # no dropout
    cases, logits = [], []
    for question, body in TEXTS:
        text = f"{question} {tokenizer.sep_token} {body}"  # one sequence, as the original tool does
        ids = tokenizer(text, truncation=True, max_length=56, return_tensors="pt")
        out = model(**ids).logits[0]
        logits.append(out)
        cases.append({
            "text": text,
            "ids": ids["input_ids"][0].tolist(),
            "logits": [round(float(x), 7) for x in out],
        })
    targets = [2, 0, 4]
    loss = torch.nn.functional.cross_entropy(torch.stack(logits), torch.tensor(targets))
    loss.backward()
    gradients = {}
    for name, parameter in model.named_parameters():
        if parameter.grad is None:
            continue
        gradient = parameter.grad.double()
        row = {"shape": list(gradient.shape), "norm": float(gradient.norm()), "sum": float(gradient.sum())}
        if any(part in name for part in WHOLE):
            row["values"] = [float(f"{x:.6g}") for x in gradient.flatten().tolist()]
        gradients[name] = row
    return {"labels": LABELS, "cases": cases, "targets": targets, "loss": float(loss), "gradients": gradients}


def make(family, folder, seed):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tokenizer = make_tokenizer(family, folder)
    tokens = [{"text": text, "ids": tokenizer(text, add_special_tokens=False)["input_ids"]} for text in TRICKY]
    (folder / "tokens.json").write_text("[\n" + ",\n".join(json.dumps(row) for row in tokens) + "\n]\n")
    torch.manual_seed(seed)
    torch_class, tf_class = FAMILIES[family]
    model = torch_class(make_config(family, len(tokenizer)))
    randomise(model, seed)
    answers = expected(model, tokenizer)
    for part, save in (("safetensors", True), ("pytorch", False)):
        model.save_pretrained(folder, safe_serialization=save)
    tf_model = tf_class.from_pretrained(folder, from_pt=True, use_safetensors=False)
    ids = tokenizer(answers["cases"][0]["text"], truncation=True, max_length=56, return_tensors="tf")
    difference = np.abs(tf_model(**ids).logits.numpy()[0] - answers["cases"][0]["logits"]).max()
    assert difference < 1e-4, f"{family}: TensorFlow and PyTorch differ by {difference}"
    tf_model.save_pretrained(folder, safe_serialization=False)
    (folder / "expected.json").write_text(json.dumps(answers, separators=(",", ":")) + "\n")
    print(family, {file.name: file.stat().st_size for file in sorted(folder.iterdir())})


def make_torch_cases(folder):
    """pytorch_model.bin in its less usual forms: views, shared storages, narrow numbers, the old form, an intruder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    whole = torch.arange(24, dtype=torch.float32)
    table = whole.view(4, 6)
    torch.save({
        "whole": whole, "transposed": table.t(), "column": table[:, 2], "part": table[1:3, 1:5], "broadcast": table[3:].expand(2, 6),
        "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3), "half": torch.tensor([1.5, -65504.0], dtype=torch.float16),
        "bfloat": torch.tensor([[3.140625], [-0.5]], dtype=torch.bfloat16), "position_ids": torch.arange(3),
        "parameter": torch.nn.Parameter(whole[4:6]),
    }, folder / "views.bin")
    torch.save({"double": torch.tensor([1.0], dtype=torch.float64)}, folder / "double.bin")
    torch.save({"a": whole}, folder / "old-form.bin", _use_new_zipfile_serialization=False)
    torch.save({"epoch": 3, "model": {"a": whole}}, folder / "training-state.bin")
    torch.save({"a": Intruder()}, folder / "intruder.bin")


class Intruder:
    """What a malicious checkpoint holds: a call of the author's choice when it is loaded."""

    def __reduce__(self):
        return (os.getcwd, ())


if __name__ == "__main__":
    root = Path(sys.argv[1])
    for seed, family in enumerate(FAMILIES):
        make(family, root / family, seed + 11)
    make_torch_cases(root / "torch")
