"""The product's settings as children run on them that are killed: quick passwords, everything else as it is."""

from __future__ import annotations

from sightline.project.settings import *  # noqa: F403

# An account's password is no part of what is killed, and a slow hash is most of what making a world of people costs.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
