import inspect

import pytest

from corpus import errors

ALL = [value for _, value in inspect.getmembers(errors, inspect.isclass)]


def test_every_error_is_in_the_tree_at_the_top():
    assert errors.__doc__ is not None
    assert [error.__name__ for error in ALL if error.__name__ not in errors.__doc__] == []


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.__name__)
def test_every_error_has_an_exit_code_and_is_ours(error):
    assert issubclass(error, errors.FragaError)
    assert error("x").exit_code in (1, 2)


def test_failed_checks_and_a_missing_index_are_no_wrong_use():
    assert errors.CheckFailed.exit_code == errors.IndexUnavailable.exit_code == errors.ModelMismatch.exit_code == 1
    assert errors.UsageError.exit_code == errors.DocumentError.exit_code == errors.SettingsError.exit_code == 2
