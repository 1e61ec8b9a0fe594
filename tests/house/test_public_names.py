"""What `import partnermcda` offers is listed, found, documented and dated by the metadata."""

import inspect
from importlib.metadata import version
from importlib.util import find_spec

import pytest

import partnermcda

NAMES = partnermcda.__all__


def as_sorted(name):
    """Place of a name where constants come first, then classes, then the rest."""
    return not name.isupper(), not name[0].isupper(), name


def test_the_public_names_are_sorted_and_stand_once():
    assert list(NAMES) == sorted(set(NAMES), key=as_sorted)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_resolves(name):
    assert getattr(partnermcda, name) is not None


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"core"}))
def test_no_public_name_is_that_of_a_room(name):
    # Whoever imports the room would find it in the name's place.
    assert find_spec(f"partnermcda.{name}") is None


def test_dir_lists_every_public_name():
    assert set(NAMES) <= set(dir(partnermcda))


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = partnermcda.no_such_name


@pytest.mark.parametrize("name", NAMES)
def test_every_public_function_and_class_is_documented_with_an_example(name):
    thing = getattr(partnermcda, name)
    if inspect.isroutine(thing) or inspect.isclass(thing):
        documentation = inspect.getdoc(thing)
        assert documentation
        if not (inspect.isclass(thing) and issubclass(thing, Exception)):
            assert "Examples\n--------\n" in documentation
            assert ">>> " in documentation


def test_the_version_is_that_of_the_metadata():
    assert partnermcda.__version__ == version("partnermcda")
