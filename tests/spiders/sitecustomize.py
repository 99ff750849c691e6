"""Makes the sources of these tests known to `python -m spiders.run`, where this folder is on the
path (`PYTHONPATH`): the child process of a crawl is then exactly that of production."""

from tests.spiders.dying import register

register()
