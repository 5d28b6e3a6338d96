"""
Questions made of documentation, in the product benchmark's form. Who makes one takes its text out of the functions, so
that what is searched does not hold it.
"""

import random
import re
from typing import Any

from kenning_training.head_comments import head_query, split_head
from kenning_training.prepare.docs import query_of
from kenning_training.prepare.filters import holds_query

QUESTIONS_PER_CATEGORY = 40
UNASKED_PATH = re.compile(r"(^|/)(test|tests|spec|examples?|docs?)/|_test\.|test_")
UNASKED_HEAD = re.compile(r"test|example")

Function = dict[str, Any]
Question = dict[str, Any]


def doc_questions(functions: list[Function], draw: random.Random) -> list[Question]:
    """Empties the docs that it makes questions of."""
    found = [(function, doc_query(function)) for function in functions]
    asked = [(function, query) for function, query in found if query]
    draw.shuffle(asked)
    questions = []
    for function, query in asked[:QUESTIONS_PER_CATEGORY]:
        function["doc"] = ""
        place = {"path": function["path"], "start_line": function["startLine"], "end_line": function["endLine"]}
        questions.append({"query": query, "category": "doc", "relevant": [place]})
    return questions


def doc_query(function: Function) -> str | None:
    if function["kind"] in ("module", "lines") or UNASKED_PATH.search(function["path"].lower()):
        return None
    query = query_of(function["doc"], function["name"])
    return None if query is None or holds_query(query, function["code"]) else query


def head_questions(files: dict[str, list[Function]], draw: random.Random) -> list[Question]:
    """
    Takes the comments that it makes questions of out of the code: the parser leaves them in the chunk of what stands
    outside of functions.
    """
    asked = []
    for path, functions in files.items():
        modules = [function for function in functions if function["kind"] == "module"]
        if not modules or len(functions) < 2 or UNASKED_HEAD.search(path.lower()):
            continue
        module = min(modules, key=lambda function: function["startLine"])
        comment, rest = split_head(module["code"], module["language"])
        query = head_query(comment, module["name"])
        if query:
            asked.append((module, query, rest))
    draw.shuffle(asked)
    questions = []
    for module, query, rest in asked[:QUESTIONS_PER_CATEGORY]:
        module["code"] = rest or module["name"]
        questions.append({"query": query, "category": "head", "relevant": [module["path"]]})
    return questions
