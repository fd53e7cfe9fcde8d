"""What holds for every test: draws write no papers unless a test asks for them, and none fails because the machine is slow."""

import os

from hypothesis import settings

settings.register_profile("zhengkao", deadline=None)
settings.load_profile("zhengkao")
os.environ["ZHENGKAO_PAPERS"] = "no"
