"""Bare Python functions, as CoSQA holds them: their docstrings taken out, and the fields that a text is made from."""

import ast
import re

from kenning_training.template import CODE_FIELDS

NAME = re.compile(r"def\s+(\w+)")
DOCSTRING = re.compile(r"(\)\s*(?:->[^:\n]+)?:\s*\n\s*)[rRuU]?(\"\"\".*?\"\"\"|'''.*?''')", re.DOTALL)


def function_fields(code: str) -> dict[str, str]:
    stripped = without_docstring(code)
    match = NAME.search(stripped)
    name = match[1] if match else ""
    return dict.fromkeys(CODE_FIELDS, "") | {"name": name, "qualifiedName": name, "code": stripped}


def without_docstring(code: str) -> str:
    """By syntax where it parses as today's Python, else by the shape of a docstring."""
    try:
        definition = ast.parse(code).body[0]
        first = definition.body[0]  # type: ignore[attr-defined]
    except (SyntaxError, AttributeError, IndexError, ValueError):
        return DOCSTRING.sub(r"\1", code, count=1)
    if not (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    ):
        return code
    lines = code.splitlines(keepends=True)
    return "".join(lines[: first.lineno - 1] + lines[first.end_lineno :])
