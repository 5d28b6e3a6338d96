"""
Fills the model's templates: which parts of a function the student reads, and in what order. Between them stands a
character that is in no word, so that a text can be taken apart into its fields again: the twin of `template.ts`.
"""

import re

PLACEHOLDER = re.compile(r"\{(\w+)\}")
CODE_FIELDS = ("name", "qualifiedName", "path", "signature", "doc", "code")
QUERY_TEMPLATE = "{query}"
SEPARATOR = "\x1f"


def fields_of(template: str) -> list[str]:
    """The fields that a template names, in order; raises ValueError for one that the product does not fill."""
    names = PLACEHOLDER.findall(template)
    unknown = [name for name in names if name not in CODE_FIELDS]
    if unknown:
        raise ValueError(f"the product fills no {unknown[0]!r} in a code template")
    return names


def has_separate_fields(template: str) -> bool:
    """Whether `text_fields` finds each of the template's fields again."""
    return template == SEPARATOR.join(f"{{{name}}}" for name in PLACEHOLDER.findall(template))


def text_fields(template: str, text: str) -> list[str]:
    """The parts of a text that was made of `template`: what follows the last field's beginning is all of that field."""
    return text.split(SEPARATOR, template.count(SEPARATOR))


def code_text(template: str, function: dict[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: function[match[1]], template)
