"""Sites that state no address: papers would send people to a district."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem import Problem

_MOST_NAMED = 8


def unlocated(problem: Problem) -> Iterator[str]:
    """Tell which sites with a session state no address beyond their city and district; once for all of them."""
    held = sorted(
        {one.site_id for one in problem.seats if not problem.sites[one.site_id].is_suspended_on(one.day)}
    )
    without = [problem.sites[name] for name in held if not problem.sites[name].has_address]
    if not without:
        return
    named = "、".join(f"{site.name}（{site.site_id}）" for site in without[:_MOST_NAMED])
    more = f"等 {len(without)} 个" if len(without) > _MOST_NAMED else ""
    yield f"有考试的考点没有填详细地址，准考证、公告和通知函上会注明没有，请在考点表“地址”一列补填：{named}{more}"
