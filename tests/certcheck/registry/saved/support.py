"""What tests of saved pages share: a reader, and a folder of files beside a list."""

import os

from certcheck.folder import read_folder
from certcheck.listed import ListedPeople
from certcheck.model import Entry, Person, Question, Source
from certcheck.pipeline import no_progress
from certcheck.registry.saved.answers import saved_answers
from certcheck.registry.saved.reading import PageReader
from certcheck.registry.vocabulary import load_vocabulary
from certcheck.registry.whose import load_hosts
from common.catalogue import Kind
from common.identity import read_identity
from tests.certcheck.builders import number
from tests.certcheck.registry.saved.pages import (
    ZHANG,
)

READER = PageReader(load_vocabulary(), load_hosts(), "本机仿真站，不是国家平台")
STRANGER = ("仿真王五", number("1991-02-03"))
NAMESAKE = (ZHANG[0], number("1992-03-04"))


def entry(person, row):
    return Entry(Source("名单.xlsx", "", row), Person(person[0], read_identity(person[1]), person[1]), None)


def read(content):
    """Read a file of these bytes, or of this text."""
    return READER.read(content if isinstance(content, bytes) else content.encode())


def only(content):
    """The one page of a file."""
    (found,) = read(content)
    return found


class Saved:
    """A folder of saved files beside a list of people, each asked about one or both kinds."""

    def __init__(self, folder):
        self.folder = folder
        self.count = 0

    def add(self, content, name=None):
        self.count += 1
        path = self.folder / (name or f"网页{self.count}.html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(path, (1_795_000_000, 1_795_000_000))
        return self

    def of(self, *people, kinds=(Kind.SPECIAL,)):
        entries = [entry(person, row) for row, person in enumerate(people)]
        questions = [Question(*person, kind) for person in people for kind in kinds]
        self.answers = saved_answers(
            read_folder(self.folder, "--saved"), READER, ListedPeople(entries), questions, no_progress
        )
        self.questions = questions
        return [known and str(known.state) for known in map(self.answers.known, questions)]

    def uses(self):
        return [use.result for use in self.answers.uses]

    def reason(self, index=0):
        return self.answers.known(self.questions[index]).reason
