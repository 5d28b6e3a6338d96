"""
The expand stage: the word model of the training pairs, and of the generator's queries where it passed its gate (so that
what the generator knows comes to a laptop as a table); its term table, what the table gives on the dev pools, and the
file for the product if that is something.
"""

from kenning_training.config import Config
from kenning_training.generator.generate import samples_file
from kenning_training.generator.measure import measure
from kenning_training.generator.shards import folder
from kenning_training.generator.terms import TermTable, load_terms, make_terms, save_terms
from kenning_training.generator.word_model import word_model
from kenning_training.train import training_data


def run(config: Config) -> None:
    table = term_table(config)
    kept = folder(config) / "terms.json.gz"
    save_terms(table, kept)
    helps = measure(load_terms(kept), config)
    if helps:
        save_terms(table, config.expand.file)
    else:
        config.expand.file.unlink(missing_ok=True)
    size = kept.stat().st_size / 1e6
    print(f"{len(table.terms)} code words, {size:.2f} MB, {'shipped' if helps else 'does not help: not shipped'}")


def term_table(config: Config) -> TermTable:
    settings = config.expand
    found = word_model(config, training_data(config), samples_file(config).exists())
    terms = make_terms(found.table, found.codes.words, found.queries.words, settings.terms, settings.min_probability)
    return TermTable(terms, f"IBM Model 1, {found.pairs} pairs")
