"""The templates of all pages: everything put into them is escaped, and what is missing is an error."""

from __future__ import annotations

from functools import lru_cache

import jinja2

from common.resources import DATA


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Give the templates; each is compiled once."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(DATA / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
