#!/usr/bin/env bash
# What a graphics card makes of the document network at BERT-base size, in half precision; for any machine with a card.
#   1. What the card allows: document_network.py, which needs python3 with PyTorch and scripts/torch/network.py.
#   2. What our engines reach: `bioweft bench model`, where Node and the checkout's packages and build are there too.
# JSON on stdout, a line each; what can't be measured is said on stderr. Arguments go to document_network.py.
set -uo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
python="${PYTHON:-python3}"

if command -v nvidia-smi >/dev/null; then
  nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader >&2
else
  echo "no nvidia-smi: if there is no card the processor is measured" >&2
fi

measured=0
if "$python" -c "import torch" 2>/dev/null; then
  "$python" "$here/document_network.py" "$@" && measured=1
else
  echo "the card's limit: not measured: $python has no PyTorch; name one that has with PYTHON=…" >&2
fi

if command -v node >/dev/null && [ -f "$root/dist/src/cli/main.js" ] && [ -d "$root/node_modules/onnxruntime-node" ]; then
  node "$root/dist/src/cli/main.js" bench model --size base --no-peers --json \
    --engines cuda-fp16,webgpu-fp16,onnx && measured=1
else
  echo "our engines: not measured: that takes Node, node_modules and dist (npm ci && npm run build)" >&2
fi
[ "$measured" = 1 ]
