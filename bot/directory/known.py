"""What the directory's files offer that topics may point to."""

from __future__ import annotations

from pathlib import Path

from bot.directory.files import read_folder
from bot.topics.checks import Known


def known(folder: Path) -> Known:
    """The active services' ids, needs and confirmed phone numbers in the files of `folder`.

    Raises bot.topics.yaml_file.ContentError when a file cannot be used.
    """
    services = {name: service for name, service in read_folder(folder).services.items() if service.exists}
    return Known(
        services=frozenset(services),
        needs=frozenset(need for service in services.values() for need in service.needs),
        phones=frozenset(phone.number.replace(" ", "") for service in services.values() for phone in service.phones if phone.as_of is None),
    )
