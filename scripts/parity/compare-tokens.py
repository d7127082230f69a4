"""Compares token ids with those of transformers: reads the lines of tokenize-corpora.ts from stdin.

    npx tsx scripts/parity/tokenize-corpora.ts CORPORA CHECKPOINT | python scripts/parity/compare-tokens.py CHECKPOINT

Packages as in make-fixtures.py; of them only transformers is needed. Ends with 1 where any text differs.
"""

import json
import sys

from transformers import AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
texts = tokens = different = 0
for line in sys.stdin:
    row = json.loads(line)
    expected = tokenizer(row["text"], add_special_tokens=False, truncation=False, verbose=False)["input_ids"]
    texts += 1
    tokens += len(expected)
    if expected == row["ids"]:
        continue
    different += 1
    if different <= 10:
        at = next((i for i, pair in enumerate(zip(expected, row["ids"])) if pair[0] != pair[1]), min(len(expected), len(row["ids"])))
        show = lambda ids: tokenizer.convert_ids_to_tokens(ids[max(0, at - 3) : at + 6])
        print(f"differs at token {at}: transformers {show(expected)}, here {show(row['ids'])}", file=sys.stderr)
print(f"{texts} texts, {tokens} tokens, {different} texts differ")
sys.exit(different > 0)
