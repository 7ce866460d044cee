from bot.directory.catalogue import Catalogue
from tests.directory.conftest import ALWAYS, catalogue, service


def test_an_empty_directory_holds_nothing() -> None:
    assert not Catalogue().records.services
    assert not Catalogue().names
    assert not Catalogue().by_need


def test_only_what_exists_meets_a_need() -> None:
    held = catalogue(
        service("Haven", needs=["bad-toej", "mad"]),
        service("Huset"),
        service("Lukket", status="temporarily closed"),
        service("Nedlagt", status="defunct"),
        service("Planen", status="inactive"),
        service("Rygtet", confidence="usikker"),
    )
    assert {need: list(found) for need, found in held.by_need.items()} == {"bad-toej": ["haven"], "mad": ["haven", "huset"]}


def test_a_name_is_kept_in_plain_letters_with_all_that_are_called_so() -> None:
    held = catalogue(
        service("Reden-Møde", alternate_names=["REDEN", "Reden, Vesterbro"]),
        service("Reden Café", alternate_names=["reden", "Reden café"]),
    )
    assert held.names == {
        "reden moede": ["reden-moede"],
        "reden": ["reden-moede", "reden-cafe"],
        "reden vesterbro": ["reden-moede"],
        "reden cafe": ["reden-cafe"],
    }


def test_what_is_certain_is_listed_before_what_is_old_each_by_name() -> None:
    held = catalogue(service("Åen"), service("bakken"), service("Alt", confidence="ældre", as_of="2019"), service("Cafeen"))
    assert sorted(held.places, key=held.places.__getitem__) == ["bakken", "cafeen", "aaen", "alt"]


def test_what_exists_is_known_by_its_values() -> None:
    held = catalogue(
        service(
            "A", languages=["da", "ro"], free=False, addresses=[{"area": "Valby"}, {"address_1": "Gaden 1"}], for_whom=["unge", "trans"]
        ),
        service("B", languages=["ro"], phones=[{"number": "112"}], maximum_age=17, **ALWAYS),
        service("C", languages=["ro"], status="defunct"),
    )
    expected = {
        ("exists", True): {"a", "b"},
        ("languages", "ro"): {"a", "b"},
        ("languages", "da"): {"a"},
        ("free", False): {"a"},
        ("free", None): {"b"},
        ("for_whom", "trans"): {"a"},
        ("area", "Valby"): {"a"},
        ("area", None): {"a"},
        ("addresses", True): {"a"},
        ("phones", False): {"a"},
        ("phones", True): {"b"},
        ("maximum_age", 17): {"b"},
        ("opening_hours", "24/7"): {"b"},
    }
    assert {value: held.having[value] for value in expected} == expected
    assert ("exists", False) not in held.having
