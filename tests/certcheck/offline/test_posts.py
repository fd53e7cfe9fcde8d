"""Posts and the certificates they need."""

from tests.certcheck.lists import LI, SPECIAL, ZHANG, codes, codes_of, outcomes

CLERK = {"name": "仿真张三", "id_number": ZHANG, "post": "资料员"}


def test_post_without_a_certificate():
    """An electrician who states none misses one; a clerk misses none."""
    (missing,), (clerk,) = outcomes({**CLERK, "post": "维修电工"}), outcomes(CLERK)
    assert (codes_of(missing), missing.verdict) == (["CERT-MISSING"], "violation")
    assert (codes_of(clerk), clerk.verdict) == ([], "not_required")


def test_scope():
    """One item that covers the post is enough; an unknown item gets the benefit of the doubt."""
    assert codes(SPECIAL, post="电工") == []
    assert codes(SPECIAL, post="焊工") == ["CERT-SCOPE"]
    assert codes(SPECIAL, post="焊工", item="量子焊接作业") == ["ITEM-UNKNOWN"]
    assert codes(SPECIAL, post="电工", item="叉车司机") == ["CERT-SCOPE", "ITEM-OTHER-MINISTRY"]
    assert codes(SPECIAL, post="电工", kind="驾驶证", item="") == ["CERT-SCOPE", "ITEM-OTHER-MINISTRY"]


def test_scope_over_the_rows_of_a_person():
    """Items of other rows cover the post, too."""
    welder = {**SPECIAL, "post": "焊工"}
    found = outcomes(welder, {**welder, "item": "熔化焊接与热切割作业"})
    assert [codes_of(outcome) for outcome in found] == [[], []]


def test_scope_where_the_post_and_the_certificates_stand_apart():
    """A sheet of posts and a sheet of certificates: the row with the post is judged by all items."""
    welder = {"name": "仿真张三", "id_number": ZHANG, "post": "焊工"}
    assert [codes_of(outcome) for outcome in outcomes(welder, SPECIAL)] == [["CERT-SCOPE"], []]
    assert [codes_of(outcome) for outcome in outcomes({**welder, "post": "电工"}, SPECIAL)] == [[], []]


def test_people_without_a_number_keep_their_items_together():
    """Two items in one cell of a person whose number is missing both count for the post."""
    row = {
        **SPECIAL,
        "id_number": "",
        "certificate_number": "",
        "post": "电工、焊工",
        "item": "低压电工、熔化焊接",
    }
    found = outcomes(row)
    assert [codes_of(outcome) for outcome in found] == [["ID-MISSING"], ["ID-MISSING"]]


def test_namesakes_without_a_number_do_not_share_a_verdict():
    """A row without number and without certificate misses one, whatever another row states."""
    row = {"name": "仿真张三", "id_number": "", "post": "电工"}
    other = {**SPECIAL, "name": "仿真李四", "id_number": LI, "certificate_number": f"T{LI}"}
    assert [codes_of(outcome) for outcome in outcomes(row, other)] == [["CERT-MISSING", "ID-MISSING"], []]


def test_posts_of_other_bodies():
    """A fork-lift driver without any certificate is told where one is needed, not accused."""
    (outcome,) = outcomes({**CLERK, "post": "叉车司机"})
    assert codes_of(outcome) == ["POST-OTHER-MINISTRY"]
    assert outcome.verdict == "attention"
