"""The policy, readable: clause, conditions, amounts, and who it finds tonight."""

from __future__ import annotations

from browser import sign_in
from fastapi import FastAPI

from outreach.portal.access.roles import RoleName


def test_every_programme_is_listed_and_readable(app: FastAPI) -> None:
    officer = sign_in(app, RoleName.POLICY.value)
    page = officer.text("/policies")
    assert "高龄津贴" in page
    assert "征求意见稿" in page
    one = officer.text("/policies/age_allowance")
    assert "年满80周岁" in one
    assert "《瑶海区推进基本养老服务体系建设实施方案（征求意见稿）》" in one
    assert "牵头部门" in one


def test_a_programme_of_another_region_is_not_found(app: FastAPI) -> None:
    officer = sign_in(app, RoleName.POLICY.value)
    assert officer.get("/policies/long_term_care").status_code == 404
    assert officer.get("/policies/..%2F..%2Fsettings").status_code == 404
