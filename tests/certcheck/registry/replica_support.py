"""Invented people, a clock to set by hand, and a client as a browser or program would be one."""

import base64
import io
from contextlib import contextmanager

import requests
from PIL import Image

from certcheck.registry.replica.people import People, Person, Record
from certcheck.registry.replica.picture import ANSWER_MARK
from certcheck.registry.replica.server import Replica

ZHANG = ("仿真张三", "000000199001010018")
LI = ("仿真李四", "000000198512319995")
HOSTILE = ("<script>alert(1)</script>\"'&{{7*7}}", "000000197806151230")
NOBODY = ("仿真无名", "000000199511117771")

LOW_VOLTAGE = Record(
    "special", "2021-05-01", "2027-04-30", "电工作业", "低压电工作业", f"T{ZHANG[1]}",
    first_issue="2015-05-01", review_due="2024-04-30", review_done="2024-03-12", issuer="仿真市应急管理局",
)  # fmt: skip
EARLIER = Record(
    "special", "2015-05-01", "2021-04-30", "电工作业", "低压电工作业", f"T{ZHANG[1]}",
    first_issue="2015-05-01", issuer="仿真市应急管理局", status="过期", history=True,
)  # fmt: skip
MANAGER = Record(
    "safety", "2023-02-01", "2026-01-31", certificate_number="仿真证0001", first_issue="2023-02-01",
    issuer="仿真省应急管理厅", person_type="安全生产管理人员", industry="危险化学品经营",
)  # fmt: skip
PEOPLE = People(
    [
        Person(*ZHANG, (EARLIER, LOW_VOLTAGE)),
        Person(*LI, (MANAGER,)),
        Person(*HOSTILE, (Record("special", "2021-05-01", "2027-04-30", "<b>高处作业</b>", "登高架设作业"),)),
    ]
)


class SetClock:
    """A clock that goes only when told to."""

    def __init__(self, now=1_700_000_000.0):
        self.now = now

    def __call__(self):
        return self.now


def answer_in(png):
    """Read the answer that the replica wrote into a picture."""
    with Image.open(io.BytesIO(png)) as picture:
        return picture.text[ANSWER_MARK]


class Client:
    """Asks a replica over real HTTP; proxies of the environment are not used."""

    def __init__(self, replica):
        self.base, self.session = replica.url, requests.Session()
        self.session.trust_env = False

    def get(self, path, **options):
        return self.session.get(self.base + path, timeout=10, **options)

    def post(self, path, **options):
        return self.session.post(self.base + path, timeout=10, **options)

    def captcha(self):
        """Give (uuid, answer) of a new captcha."""
        answer = self.get("/prod-api/certsearch/code").json()
        return answer["uuid"], answer_in(base64.b64decode(answer["img"]))

    def ask(self, name, number, person_type="03", captcha=None, **options):
        """Send one query of generation 2, with a fresh captcha unless one is given."""
        uuid, code = captcha or self.captcha()
        fields = {"name": name, "searchType": "1", "idcardNum": number, "idcardTypeCode": "01"}
        fields |= {"code": code, "uuid": uuid, "personTypeCode": person_type}
        return self.get("/prod-api/certsearch/certInfo/netQuery", params=fields, **options)


@contextmanager
def client_of(**options):
    """Run a replica of the invented people and give a client of it."""
    with Replica(PEOPLE, **options) as replica:
        client = Client(replica)
        with client.session:
            yield client
