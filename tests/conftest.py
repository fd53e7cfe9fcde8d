"""What holds for every test: draws write no papers unless a test asks for them."""

import os

os.environ["ZHENGKAO_PAPERS"] = "no"
