"""train, dev or test by the hash of the upstream project's name: frozen, and one for all packages of a project."""

import hashlib

# Chosen once, before any training, so that every language has projects to test on; never to be changed.
SALT = "kenning-split-1658"
TEST_SHARE, DEV_SHARE = 0.12, 0.08
# In the order in which one of two equal functions is kept.
SPLITS = ("test", "dev", "train")


def split_of(project: str) -> str:
    digest = hashlib.sha256(f"{SALT}/{project}".encode()).digest()
    position = int.from_bytes(digest[:8], "big") / 2**64
    if position < TEST_SHARE:
        return "test"
    return "dev" if position < TEST_SHARE + DEV_SHARE else "train"
