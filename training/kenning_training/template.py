"""Fills the model's templates: which parts of a function the student reads, and in what order."""

import re

PLACEHOLDER = re.compile(r"\{(\w+)\}")
CODE_FIELDS = ("name", "qualifiedName", "path", "signature", "doc", "code")
QUERY_TEMPLATE = "{query}"


def fields_of(template: str) -> list[str]:
    """The fields that a template names, in order; raises ValueError for one that the product does not fill."""
    names = PLACEHOLDER.findall(template)
    unknown = [name for name in names if name not in CODE_FIELDS]
    if unknown:
        raise ValueError(f"the product fills no {unknown[0]!r} in a code template")
    return names


def code_text(template: str, function: dict[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: function[match[1]], template)
