"""Passwords: argon2 hashes, and what a new one must be."""

from __future__ import annotations

from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

LEAST_LENGTH = 10


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobody() -> str:
    """A hash that no password has, verified for unknown users, so that they take as long as known ones."""
    return _hasher().hash("no user has this password")


def hashed(password: str) -> str:
    """The hash under which a password is kept."""
    return _hasher().hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was hashed; of nobody's hash always False, after the same time."""
    try:
        right = _hasher().verify(password, kept or _nobody())
    except Exception:  # an unreadable hash is nobody's: pwdlib raises different errors by its age
        return False
    return right and kept is not None


def weakness(password: str, user_name: str) -> str | None:
    """Why a new password cannot be taken, as a sentence; None: it can."""
    if len(password) < LEAST_LENGTH:
        return f"新密码至少 {LEAST_LENGTH} 位。"
    if len(set(password)) < 5 or user_name.lower() in password.lower():
        return "新密码太简单：请不要用重复字符或用户名。"
    return None
