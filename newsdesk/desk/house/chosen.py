"""The house whose rules a desk goes by: its name, and the checks that it turns on."""

from collections.abc import Iterable
from functools import cache

import msgspec

from newsdesk.desk.desk import Desk
from newsdesk.desk.house.checking import ALWAYS, CHECKS
from newsdesk.desk.reading import Reading
from newsdesk.formats.codebook_file import CodebookFile, read_codebook_file
from newsdesk.model import NewsdeskError, Setting, replace
from newsdesk.settings import shipped

NAME = "house"
"""The name of the Setting that keeps it."""
_PROFILES = ("newsroom.json", "guardian-afp.json", "polnear.json")


class House(msgspec.Struct, frozen=True, kw_only=True):
    """A house's rules: which checks are on."""

    name: str = ""
    description: str = ""
    checks: tuple[str, ...] = ()

    @property
    def all_checks(self) -> tuple[str, ...]:
        """Its checks, and those that no house turns off."""
        return (*self.checks, *ALWAYS)


def house_in(book: CodebookFile) -> House:
    """The house of a codebook's file; checks that Newsdesk does not know are passed over."""
    known = tuple(one for one in book.checks if one in CHECKS)
    return House(name=book.name, description=book.description, checks=known)


@cache
def shipped_houses() -> tuple[House, ...]:
    """The houses that ship with Newsdesk, the newsroom's default first."""
    folder = shipped("resources", "codebooks")
    return tuple(house_in(read_codebook_file(folder / name)) for name in _PROFILES)


def house_of(desk: Reading) -> House:
    """The house that a desk goes by: the newsroom's default, where none was chosen."""
    kept = desk.find(Setting, name=NAME)
    if kept:
        try:
            return msgspec.json.decode(kept[0].value, type=House)
        except msgspec.DecodeError:
            pass  # written by a later version: the default is as good as any guess
    return shipped_houses()[0]


def choose_house(desk: Desk, house: House) -> House:
    """Go by another house's rules from now on. Raises NewsdeskError for a check there is not."""
    strange = [one for one in house.checks if one not in CHECKS]
    if strange:
        raise NewsdeskError(f"There is no check “{strange[0]}”. The house's rules are as before.")
    with desk.change(f"House rules: {house.name or 'own'}"):
        if house != house_of(desk):
            kept = desk.find(Setting, name=NAME)
            value = msgspec.json.encode(house).decode()
            desk.put(replace(kept[0], value=value) if kept else Setting(name=NAME, value=value))
    return house


def turn(desk: Desk, check: str, on: bool) -> House:
    """Turn one check of the desk's house on or off."""
    house = house_of(desk)
    wanted: Iterable[str] = (*house.checks, check) if on else house.checks
    checks = tuple(one for one in CHECKS if one in wanted and (on or one != check))
    return choose_house(desk, msgspec.structs.replace(house, checks=checks))
