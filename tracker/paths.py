"""Where the files shipped with the product are, in a checkout and in an installed wheel."""

from pathlib import Path

_HERE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The folder `templates`, `db` or `docs`: beside the package in a checkout, inside it in a wheel."""
    installed = _HERE / f"_{name}"
    return installed if installed.is_dir() else _HERE.parent / name
