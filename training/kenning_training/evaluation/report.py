"""`RESULTS.md`: tables by language, differences, speed and size, the drop-one table, CoSQA. Written, never edited."""

from collections.abc import Mapping

from kenning_training.evaluation.figures import Figures
from kenning_training.evaluation.published import NAME as PUBLISHED
from kenning_training.evaluation.speed import Speed
from kenning_training.evaluation.systems import QUESTIONS_FOR_R
from kenning_training.metrics import gains, reciprocal_ranks

EARLIER = "training/results-*.md"

HEAD = f"""\
# Figures

Written by `python -m kenning_training evaluate`. Pools of one language from projects that training never saw, docs
taken out; a query is a doc's first sentence and has one right answer. BM25 reads path, name and code with identifiers
split. Fusion is half and half of scores brought to 0…1. all-MiniLM-L6-v2 reads the text as it stands, 256 tokens. S1,
S2 and R are the exported int8 models; "float" is what they were exported from. The teacher and S2 stand on S1's
vector. R re-scores the first hits of S2, the cross-encoder those of the teacher, for the first {QUESTIONS_FOR_R}
questions of each pool only.
"""

OPTIONAL = (
    PUBLISHED,
    "teacher",
    "teacher + late interaction",
    "teacher + cross-encoder",
    "S1 float",
    "S2 float",
    "S2 + R",
)


def report(
    figures: Figures,
    cosqa: Mapping[str, Mapping[str, float]],
    speeds: Mapping[str, Speed],
    ablation: Mapping[str, Mapping[str, float]],
    note: str,
) -> str:
    """`note` says what is special about the run's models."""
    lines = [HEAD.rstrip(), *(["", note] if note else []), *_absent(figures)]
    for title, terms_of, macro_of in (
        ("NDCG@10", gains, figures.macro_gain),
        ("MRR@10", reciprocal_ranks, figures.macro_mrr),
    ):
        lines += [
            "",
            f"## {title}",
            "",
            "| language | projects | queries / pool | " + " | ".join(figures.systems) + " |",
        ]
        lines.append("| --- | ---: | ---: |" + " ---: |" * len(figures.systems))
        for pool, ranks in zip(figures.pools, figures.ranks, strict=True):
            cells = " | ".join(f"{terms_of(ranks[system]).mean():.3f}" for system in figures.systems)
            size = f"{len(set(pool.projects))} | {len(pool.queries)} / {len(pool.functions)}"
            lines.append(f"| {pool.language} | {size} | {cells} |")
        lines.append("| macro | | | " + " | ".join(f"**{macro_of(system):.4f}**" for system in figures.systems) + " |")
    lines += ["", "## Differences of macro NDCG@10, with 95 % intervals (paired bootstrap by project)", ""]
    lines += [f"- {a} − {b}: {found}" for (a, b), found in figures.differences().items()]
    return "\n".join(lines + _students(figures, speeds) + _drop_one(ablation) + _cosqa(cosqa)) + "\n"


def _absent(figures: Figures) -> list[str]:
    """Says which models there was no file of, and where to look for their figures."""
    names = [name for name in OPTIONAL if name not in figures.systems]
    if not names:
        return []
    return [
        "",
        f"Not at hand in this run: {', '.join(names)}. Figures of earlier runs, on other pools, are in `{EARLIER}`.",
    ]


def _students(figures: Figures, speeds: Mapping[str, Speed]) -> list[str]:
    """Quality kept, speed and size of each student against its teacher."""
    if "teacher" not in speeds or "teacher" not in figures.systems:
        return []
    whole, teacher = figures.macro_gain("teacher"), speeds["teacher"]
    lines = ["", "## Students against their teacher (one thread; a text is a function of the first pool)", ""]
    lines += ["| model | NDCG@10 kept | functions / s | times faster | bytes | times smaller |"]
    lines += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, speed in speeds.items():
        kept, faster = figures.macro_gain(name) / whole, speed.functions_per_second / teacher.functions_per_second
        lines.append(
            f"| {name} | {kept:.1%} | {speed.functions_per_second:,.0f} | {faster:.1f} | {speed.bytes:,} | "
            f"{teacher.bytes / speed.bytes:.1f} |"
        )
    return lines


def _drop_one(ablation: Mapping[str, Mapping[str, float]]) -> list[str]:
    if not ablation:
        return []
    lines = ["", "## S1 distilled with one method left out (same seed and budget; `ablate`)", ""]
    lines += ["| training | NDCG@10 | what all together add to it |", "| --- | ---: | ---: |"]
    for name, row in ablation.items():
        lines.append(f"| {name} | {row['ndcg10']:.4f} | {row['lost']:+.4f} [{row['low']:+.4f}, {row['high']:+.4f}] |")
    return lines


def _cosqa(cosqa: Mapping[str, Mapping[str, float]]) -> list[str]:
    if not cosqa:
        return []
    lines = ["", "## CoSQA dev (real queries, Python, 6,267 functions, docstrings taken out)", ""]
    lines += ["| system | MRR@10 | NDCG@10 |", "| --- | ---: | ---: |"]
    return lines + [f"| {name} | {row['mrr10']:.3f} | {row['ndcg10']:.3f} |" for name, row in cosqa.items()]
