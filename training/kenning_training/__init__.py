"""Trains the students that Kenning ships. Run as `python -m kenning_training STAGE`; never part of the extension."""
