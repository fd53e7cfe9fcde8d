"""Which posts need which certificate, and which must never be flagged."""

import pytest

from common.catalogue import Confidence, ItemMatch, Kind, OtherBody, PostNeed, load_catalogue
from common.catalogue_records import PostRow

CATALOGUE = load_catalogue()
ELECTRIC, WELDING, HEIGHTS, COOLING = "电工作业", "焊接与热切割作业", "高处作业", "制冷与空调作业"


def item(text: str) -> ItemMatch:
    match = CATALOGUE.match_item(text)
    assert match is not None
    return match


def body(text: str) -> OtherBody:
    match = CATALOGUE.match_other_body(text)
    assert match is not None
    return match


def only_need(post: str) -> PostNeed:
    (need,) = CATALOGUE.needs_of_post(post)
    return need


@pytest.mark.parametrize(
    ("post", "covering"),
    [
        ("低压电工", "低压电工作业"), ("电工（低压）", "低压电工作业"), ("高压电工", "高压电工作业"),
        ("电工", ELECTRIC), ("维修电工", ELECTRIC), ("值班电工", ELECTRIC), ("水电工", ELECTRIC),
        ("电气维修", ELECTRIC), ("电工班长", ELECTRIC), ("工程部电工", ELECTRIC), ("销售部电工", ELECTRIC),
        ("配电室值班员", ELECTRIC), ("电工作业人员", ELECTRIC), ("仓管员兼电工", ELECTRIC),
        ("维修班长（电工）", ELECTRIC), ("电工 ", ELECTRIC), ("外线电工", ELECTRIC),
        ("电焊工", "熔化焊接与热切割作业"), ("气割工", "熔化焊接与热切割作业"), ("氩弧焊工", "熔化焊接与热切割作业"),
        ("焊工", WELDING), ("铆焊工", WELDING), ("焊接", WELDING), ("点焊工", "压力焊作业"),
        ("架子工", "登高架设作业"), ("高空作业", HEIGHTS), ("外墙清洗工", "高处安装、维护、拆除作业"),
        ("幕墙安装工", "高处安装、维护、拆除作业"), ("制冷工", COOLING), ("中央空调操作员", COOLING),
        ("煤气工", "煤气作业"), ("加氢操作工", "加氢工艺作业"), ("加氢装置外操", "加氢工艺作业"),
        ("过氧化操作工", "过氧化工艺作业"), ("氧化工艺操作工", "氧化工艺作业"), ("司钻", "司钻作业"),
        ("尾矿工", "尾矿作业"), ("烟花爆竹仓库保管员", "烟花爆竹储存作业"),
    ],
)  # fmt: skip
def test_posts_of_special_operations(post: str, covering: str) -> None:
    need = only_need(post)
    assert need.kind is Kind.SPECIAL
    assert need.words
    assert covering in (*need.items, *need.categories)
    assert CATALOGUE.covers(need, item(covering))


@pytest.mark.parametrize(
    ("post", "certificate"),
    [
        ("叉车司机", "叉车"), ("叉车工", "叉车证"), ("仓库叉车司机", "N1"), ("行车工", "行车证"), ("天车司机", "Q2"),
        ("锅炉工", "司炉证"), ("电梯维修工", "电梯维修"), ("塔吊司机", "塔吊"), ("建筑电工", "建筑电工证"),
        ("建筑架子工", "建筑架子工"), ("爆破员", "爆破证"), ("瓦斯检查工", "煤矿瓦斯检查作业"),
        ("消控室值班员", "消防设施操作员"), ("特种设备安全管理员", "A"),
    ],
)  # fmt: skip
def test_posts_of_other_bodies(post: str, certificate: str) -> None:
    need = only_need(post)
    assert need.kind is Kind.OTHER
    assert CATALOGUE.covers(need, body(certificate))
    assert not CATALOGUE.covers(need, item("低压电工作业"))


@pytest.mark.parametrize(
    "post",
    ["主要负责人", "安全生产管理人员", "安全员", "专职安全员", "安全管理员", "安全主管", "安全总监", "安环部经理",
     "总经理", "厂长", "董事长兼总经理", "副总经理（分管安全）", "加油站站长", "生产部安全员"],
)  # fmt: skip
def test_managers(post: str) -> None:
    need = only_need(post)
    assert need.kind is Kind.SAFETY
    assert need.confidence in {Confidence.HIGH, Confidence.MEDIUM}
    assert not CATALOGUE.covers(need, item("低压电工作业"))


@pytest.mark.parametrize("post", ["安全工程师", "EHS工程师", "空调安装工", "司索工"])
def test_unclear_posts_are_marked(post: str) -> None:
    assert only_need(post).confidence in {Confidence.LOW, Confidence.OWN}


@pytest.mark.parametrize(
    "post",
    """文员|会计|出纳|销售|销售员|电商|电商运营|电话客服|行政前台|人事专员|保安|保洁|厨师|司机|驾驶员|普工|操作工|机修工
    |电气工程师|低压电气工程师|高压电工程师|电工程师|机电工程师|机电工程部经理|供电工程部文员|电子工程师|电力工程|弱电工程师|弱电工
    |仓管|仓管员|电工材料保管|电工材料保管员|电工材料、工具保管员|焊材保管|焊材保管员|架子管采购|安全帽采购|爆破片采购
    |焊接工艺工程师|焊接工程师|焊接技术员|焊装车间文员|焊锡工|电焊机销售|无损检测员|焊接、电气设备销售经理
    |空调销售|空调销售经理|制冷工程师|幕墙设计师|高空作业车销售|高低压配电柜装配工|高压锅销售|汽车电工|装配电工
    |煤气化技术员|聚合物销售|氧化铝车间统计|阳极氧化操作工|反硝化操作工|加氢站站长|氯化钠包装操作工|化验员
    |叉车销售|叉车调度|电梯销售|锅炉销售工程师|锅炉房保洁|起重机销售|特种设备文员|电工培训|电工车间文员|电工学徒
    |信息安全员|网络安全管理员|食品安全管理员|消防员|安全员助理|安全文员|副总经理|总经理助理|总经理秘书|总经理办公室文员|经理
    |部门主要负责人|项目经理|车间主任|教师|医生|气象员|制图员|副司钻||、|/|电""".replace("\n", "").split("|"),
)
def test_posts_that_need_nothing(post: str) -> None:
    assert CATALOGUE.needs_of_post(post.strip()) == ()


def test_two_jobs_on_one_post() -> None:
    needs = CATALOGUE.needs_of_post("电工、焊工")
    assert [need.categories for need in needs] == [(ELECTRIC,), (WELDING,)]
    assert [need.kind for need in CATALOGUE.needs_of_post("安全员兼电工")] == [Kind.SPECIAL, Kind.SAFETY]
    low, high = CATALOGUE.needs_of_post("高低压电工")
    assert (low.items, high.items) == (("低压电工作业",), ("高压电工作业",))


def test_the_words_that_say_so() -> None:
    assert only_need("低压电工").words == ("低压电工",)
    assert only_need("电工（低压）").words == ("低压…电工",)
    assert only_need("EHS 经理").words == ("EHS经理",)


def test_what_covers_a_need() -> None:
    low, any_item = only_need("低压电工"), only_need("电工")
    assert CATALOGUE.covers(low, item("低压电工作业"))
    assert not CATALOGUE.covers(low, item("高压电工作业"))
    assert not CATALOGUE.covers(low, item("登高架设作业"))
    assert CATALOGUE.covers(any_item, item("继电保护作业"))
    assert not CATALOGUE.covers(any_item, item("焊工证"))
    # A card that only says 电工 may be the right one: nobody is accused of what a list left out.
    assert CATALOGUE.covers(low, item("电工证"))
    assert not CATALOGUE.covers(low, body("建筑电工"))


def test_a_variant_covers_what_its_item_covers() -> None:
    assert CATALOGUE.covers(only_need("司钻"), item("司钻作业（钻井作业）"))


def test_an_old_name_of_the_category_covers_too() -> None:
    assert CATALOGUE.covers(only_need("焊工"), item("金属焊接、切割作业"))


@pytest.mark.parametrize(
    "row", [row for row in CATALOGUE.tables.posts if row.needs], ids=lambda row: row.words[0]
)
def test_every_word_of_every_row_is_reached(row: PostRow) -> None:
    for word in row.words:
        needs = CATALOGUE.needs_of_post(word.removeprefix("=").replace("+", ""))
        assert (row.needs, row.items, row.categories) in [
            (need.kind, need.items, need.categories) for need in needs
        ], word
