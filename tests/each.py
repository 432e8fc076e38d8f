"""Tables of small cases, each table in one test: as sure as a test for every case, and much sooner done."""

from collections.abc import Callable, Iterable

import pytest


def each(names: str | Iterable[str], cases: Iterable, ids: Callable | list | None = None) -> Callable:
    """Let a test run for each case, as `pytest.mark.parametrize` does, and name every case that fails.

    It is for tests that need no fixture; two of them, one above the other, run for every pair of cases.
    """
    names, cases = names.replace(" ", "").split(",") if isinstance(names, str) else [*names], [*cases]
    if not cases:
        raise ValueError("cases must hold at least one, got none")

    def called(at: int, given: dict) -> str:
        if callable(ids):
            return ", ".join(str(ids(value)) for value in given.values())
        return ids[at] if ids else ", ".join(f"{name}={value!r}"[:300] for name, value in given.items())

    def decorate(test: Callable) -> Callable:
        def every(**others):
            failures = []
            for at, case in enumerate(cases):
                given = dict(zip(names, case if len(names) > 1 else [case], strict=True))
                try:
                    test(**given, **others)
                except (Exception, pytest.fail.Exception, BaseExceptionGroup) as failure:
                    failure.add_note(f"case {at}: {called(at, given)}")
                    failures.append(failure)
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(cases)} cases fail", failures)

        every.__name__, every.__qualname__ = test.__name__, test.__qualname__
        every.__doc__, every.__module__ = test.__doc__, test.__module__
        return every

    return decorate
