"""What the shipped tables make of the words that lists hold."""

import itertools

import pytest

from common.catalogue import SAFETY, SPECIAL, load_catalogue

CATALOGUE = load_catalogue()

LOW, HIGH, FUSION = "低压电工作业", "高压电工作业", "熔化焊接与热切割作业"
SCAFFOLD, HEIGHT = "登高架设作业", "高处安装、维护、拆除作业"
COOL_RUN, COOL_MEND = "制冷与空调设备运行操作作业", "制冷与空调设备安装修理作业"

SPELLINGS = {
    LOW: """低压电工作业|低压电工|低压电工证|低压证|低压|低压电工操作证|低压电工作业（1.2）|１．２ 低压电工作业
        |电工作业-低压电工作业|电工作业（低压电工作业）|电工作业/低压电工|电工（低压）|低压 电工 作业|【低压电工作业】
        |特种作业操作证（低压电工作业）|特种作业-低压电工|准操项目：低压电工作业|应急管理局低压电工证|电工、低压电工""",
    HIGH: "高压电工作业|高压电工|高压证|高压|高压电工上岗证|电工作业 高压电工作业|1.1高压电工作业",
    "防爆电气作业": "防爆电气|防爆电工证|防爆电器作业",
    "电力电缆作业": "电力电缆|电工作业（电力电缆）|电缆证",
    "继电保护作业": "继电保护|继保|电工作业/继电保护作业",
    "电气试验作业": "电气试验|高压试验",
    FUSION: """熔化焊接与热切割作业|熔化焊接与热切割|熔化焊|融化焊接与热切割|熔化焊接热切割作业|熔化焊接和热切割作业
        |焊接与热切割作业（熔化焊接与热切割作业）|焊工（熔化焊）|2.1熔化焊接与热切割作业|电焊工|气焊|氩弧焊证""",
    "压力焊作业": "压力焊|焊接与热切割作业-压力焊",
    "钎焊作业": "钎焊|钎焊证",
    SCAFFOLD: "登高架设作业|登高架设|登高架设证|高处作业（登高架设作业）|架子工",
    HEIGHT: """高处安装、维护、拆除作业|高处安装,维护,拆除|高处安装 维护 拆除作业|高处维护、拆除、安装作业
        |高空安装、维护、拆除|高处安装、维护和拆除作业|高处作业（高处安装、维护、拆除作业）|登高安装维护拆除""",
    COOL_RUN: "制冷与空调设备运行操作作业|制冷与空调设备运行操作|制冷空调设备运行操作作业|制冷运行|空调运行操作",
    COOL_MEND: "制冷与空调设备安装修理作业|制冷与空调设备安装修理|制冷安装维修|空调安装修理|空调维修证",
    "煤矿瓦斯检查作业": "煤矿瓦斯检查|瓦检员|5.4煤矿瓦斯检查作业",
    "煤矿采煤机（掘进机）操作作业": "煤矿采煤机(掘进机)操作作业|煤矿采煤机掘进机操作",
    "尾矿作业": "尾矿|尾矿工|尾矿证",
    "金属非金属矿山井下电气作业": "金属非金属矿山井下电气|非煤矿山井下电气作业",
    "金属非金属矿山安全检查作业（地下矿山）": "金属非金属矿山安全检查作业(地下矿山)|金属非金属矿山安全检查（地下矿山）",
    "司钻作业": "司钻|司钻作业|石油天然气安全作业（司钻作业）",
    "司钻作业（钻井作业）": "司钻作业(钻井作业)|司钻（钻井）",
    "煤气作业": "煤气|煤气作业|煤气工|冶金煤气作业|冶金（有色）生产安全作业（煤气作业）",
    "光气及光气化工艺作业": "光气及光气化工艺|光气及光气化|光气化工艺",
    "裂解（裂化）工艺作业": "裂解(裂化)工艺作业|裂解工艺作业|裂化工艺|裂解（裂化）",
    "合成氨工艺作业": "合成氨|合成氨工艺|危险化学品安全作业-合成氨工艺作业",
    "过氧化工艺作业": "过氧化工艺|过氧化工艺操作工",
    "氧化工艺作业": "氧化工艺|氧化",
    "胺基化工艺作业": "胺基化工艺|胺化工艺作业",
    "化工自动化控制仪表作业": "化工自动化控制仪表|化工仪表|化工自动化控制仪表作业证",
    "烟花爆竹储存作业": "烟花爆竹储存|烟花爆竹仓储作业",
    "地下有限空间监护作业": "地下有限空间监护|031901 地下有限空间监护作业",
    "金属焊接、切割作业": "金属焊接切割作业|金属焊接、切割作业",
}
CATEGORY_ONLY = {
    "电工作业": "电工证|电工|电工作业|电工作业证|高低压电工",
    "焊接与热切割作业": "焊工|焊工证|焊接与热切割作业|焊接与热切割",
    "高处作业": "登高证|登高作业|高空作业证|高处作业",
    "制冷与空调作业": "制冷证|制冷工|空调|制冷与空调作业",
    "危险化学品安全作业": "危险化学品安全作业|危化品作业",
    "有限空间作业": "有限空间|有限空间作业",
}


def listed(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(text.strip(), name) for name, texts in table.items() for text in texts.split("|")]


@pytest.mark.parametrize(("written", "item"), listed(SPELLINGS))
def test_spelling_of_an_item(written: str, item: str) -> None:
    match = CATALOGUE.match_item(written)
    assert match is not None
    assert match.item == item
    assert match.entry is not None
    assert match.category == match.entry.category


@pytest.mark.parametrize(("written", "category"), listed(CATEGORY_ONLY))
def test_a_category_alone_guesses_no_item(written: str, category: str) -> None:
    match = CATALOGUE.match_item(written)
    assert match is not None
    assert (match.item, match.category, match.entry) == ("", category, None)


@pytest.mark.parametrize(
    "text",
    ["", " ", "、", "作业", "证", "操作证", SPECIAL, SAFETY, "电商", "文员", "电", "压", "1.2", "031901", "会计证",
     "电工、叉车", "低压、高压", "焊工、电工", "电工作业（熔化焊接与热切割作业）", "叉车", "建筑电工", "安全员", "A", "低"],
)  # fmt: skip
def test_what_is_no_single_item(text: str) -> None:
    assert CATALOGUE.match_item(text) is None


def test_every_order_of_the_height_item() -> None:
    for order in itertools.permutations(("安装", "维护", "拆除")):
        for joint in ("、", "，", "", "和", " "):
            for tail in ("作业", ""):
                match = CATALOGUE.match_item("高处" + joint.join(order) + tail)
                assert match is not None
                assert (match.item, match.certain) == (HEIGHT, True)


@pytest.mark.parametrize("written", ["架子工", "电焊工", "有限空间", "仪表工", "高处安装"])
def test_our_own_reading_is_not_certain(written: str) -> None:
    match = CATALOGUE.match_item(written)
    assert match is not None
    assert not match.certain


@pytest.mark.parametrize(
    ("written", "items"),
    [
        (LOW, [LOW]),
        ("低压、高压", [LOW, HIGH]),
        ("低压电工，高压电工", [LOW, HIGH]),
        ("低压电工作业\n高压电工作业", [LOW, HIGH]),
        ("低压电工作业和高压电工作业", [LOW, HIGH]),
        ("低压电工+熔化焊", [LOW, FUSION]),
        ("高压电工/低压电工；登高架设", [HIGH, LOW, SCAFFOLD]),
        ("1.低压电工作业 2.高压电工作业", [LOW, HIGH]),
        ("1、低压电工作业；2、熔化焊接与热切割作业", [LOW, FUSION]),
        (HEIGHT, [HEIGHT]),
        ("高处安装、维护、拆除作业、低压电工作业", [HEIGHT, LOW]),
        ("低压电工，高处维护、安装、拆除，高压电工", [LOW, HEIGHT, HIGH]),
        ("光气及光气化工艺、氯碱电解工艺作业", ["光气及光气化工艺作业", "氯碱电解工艺作业"]),
        ("制冷与空调设备运行操作及低压电工", [COOL_RUN, LOW]),
        ("电工作业：低压、高压", [LOW, HIGH]),
        ("低压电工、低压电工作业、高压", [LOW, HIGH]),
        ("低压电工、会计", []),
        ("低压电工、叉车", []),
        ("文员", []),
        ("", []),
    ],
)
def test_items_joined_in_one_cell(written: str, items: list[str]) -> None:
    assert [match.item for match in CATALOGUE.split_items(written)] == items


def test_two_categories_in_one_cell() -> None:
    assert [match.category for match in CATALOGUE.split_items("电工、焊工")] == [
        "电工作业",
        "焊接与热切割作业",
    ]


def test_items_of_two_bodies_in_one_cell() -> None:
    item, body = CATALOGUE.certificates_in("低压电工、叉车")
    assert getattr(item, "item", "") == LOW
    assert body == CATALOGUE.match_other_body("叉车")
    assert CATALOGUE.match_other_body("低压电工、叉车") is None
    assert CATALOGUE.certificates_in("低压电工、会计") == ()


@pytest.mark.parametrize(
    ("written", "item"),
    listed({
        "叉车司机": "叉车|叉车证|叉车工|叉车司机|N1|n1|Ｎ１|N1叉车司机|叉车司机（N1）|场（厂）内专用机动车辆作业|叉车(N1)证",
        "起重机司机": "行车工|天车工|桥式起重机|吊车|龙门吊|Q2|起重机械作业",
        "起重机指挥": "司索|司索工|起重指挥|Q1",
        "工业锅炉司炉": "锅炉工|司炉工|G1|工业锅炉司炉",
        "快开门式压力容器操作": "压力容器|压力容器操作证|R1",
        "气瓶充装": "气瓶充装|P|充装工",
        "电梯修理": "电梯|电梯维修|T|电梯安装维修工",
        "特种设备安全管理": "特种设备安全管理|A|特种设备安全管理员证",
        "特种设备作业": "特种设备作业人员证|特种设备操作证",
        "建筑电工": "建筑电工|建筑电工证|工地电工",
        "建筑架子工": "建筑架子工",
        "建筑焊工（省级认定）": "建筑焊工|建筑电焊工",
        "建筑起重机械司机（塔式起重机）": "塔吊|塔吊司机|建筑起重机械司机(塔式起重机)",
        "建筑施工特种作业": "建筑施工特种作业操作资格证书",
        "安全生产考核合格证书（建筑施工企业安管人员）": "安全员A证|安全员C证|三类人员|建安B证|安全员（C证）",
        "消防设施操作员": "消防设施操作员|中级消防设施操作员证",
        "爆破作业人员许可证": "爆破作业人员许可证|爆破员",
        "注册安全工程师": "注册安全工程师|注安师",
        "职业技能等级证书": "职业技能等级证|职业技能等级证书（电工）|高级电工证",
        "电工进网作业许可证": "电工进网作业许可证|进网证",
        "锅炉作业（含水质化验）": "锅炉作业",
        "煤矿井下电气作业": "煤矿井下电气作业|煤矿井下电工|5.1煤矿井下电气作业",
        "煤矿安全作业": "煤矿安全作业|煤矿特种作业操作证",
    }),
)  # fmt: skip
def test_certificate_of_another_body(written: str, item: str) -> None:
    body = CATALOGUE.match_other_body(written)
    assert body is not None
    assert body.item == item


@pytest.mark.parametrize(
    "text",
    ["", "APP", "PE", "Apple", "文员", "会计", "电商", "安全员", "安全员证", SPECIAL, SAFETY, LOW, "架子工", "电工",
     "非煤矿井下电气", "TT", "A4", "Q", "特种作业", "焊工"],
)  # fmt: skip
def test_what_is_no_other_body(text: str) -> None:
    body = CATALOGUE.match_other_body(text)
    assert body is None or text == "A4"  # A4 is a code of 2011 (电梯安全管理), as a whole cell
