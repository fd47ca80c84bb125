"""Roles, and what each may do. A permission is defined once, here; every route names the one it needs."""

from __future__ import annotations

from contracts.vocabulary import Word


class Permission(Word):
    """What a route lets somebody do."""

    OWN = "own", "登录与本人设置", "own", "sign in and out, own password, own region, help"
    WORK = "work", "查看任务与名单", "work", "tasks, lists, walking lists, persons, ledger, queue, changes"
    ANSWER = "answer", "登记走访结果", "answer", "record results, upload filled lists"
    DOWNLOAD = "download", "下载名单", "download", "download lists"
    UNMASK = "unmask", "查看完整信息", "unmask", "see a person's full data, with a reason"
    REVIEW = "review", "身份复核", "review", "decide pairs of records"
    QUESTIONS = "questions", "部门核对", "questions", "read and answer questions to departments"
    POLICY = "policy", "政策与测算", "policy", "read policies, try variants"
    STATISTICS = "statistics", "统计", "statistics", "statistics, trends, the month's report"
    NIGHT = "night", "今晚", "night", "state of nights and extracts"
    APPROVE = "approve", "批准发布与重跑", "approve", "approve a held release, run a night again"
    AUDIT = "audit", "审计", "audit", "who saw, searched, downloaded and decided what"
    USERS = "users", "用户管理", "users", "users, roles and areas"


class RoleName(Word):
    """A user's role."""

    OFFICER = "officer", "走访人员", "outreach officer", "walks the lists of communities"
    SUPERVISOR = "supervisor", "街道负责人", "supervisor", "is responsible for the work of streets"
    CLERK = "clerk", "身份复核员", "identity clerk", "decides pairs of records"
    POLICY = "policy_officer", "政策人员", "policy officer", "keeps the policy and its cost"
    CONTACT = "contact", "部门联系人", "department contact", "answers questions to a department"
    OPERATOR = "operator", "运行人员", "operator", "keeps the nightly run"
    AUDITOR = "auditor", "审计人员", "auditor", "reads the audit trail"
    ADMIN = "admin", "系统管理员", "administrator", "keeps users, roles and areas"


_P = Permission

PERMISSIONS: dict[RoleName, frozenset[Permission]] = {
    RoleName.OFFICER: frozenset({_P.OWN, _P.WORK, _P.ANSWER, _P.DOWNLOAD, _P.UNMASK}),
    RoleName.SUPERVISOR: frozenset(
        {_P.OWN, _P.WORK, _P.ANSWER, _P.DOWNLOAD, _P.UNMASK, _P.STATISTICS, _P.POLICY}
    ),
    RoleName.CLERK: frozenset({_P.OWN, _P.REVIEW}),
    RoleName.POLICY: frozenset({_P.OWN, _P.POLICY, _P.STATISTICS}),
    RoleName.CONTACT: frozenset({_P.OWN, _P.QUESTIONS}),
    RoleName.OPERATOR: frozenset({_P.OWN, _P.NIGHT, _P.APPROVE}),
    RoleName.AUDITOR: frozenset({_P.OWN, _P.AUDIT, _P.NIGHT, _P.STATISTICS}),
    RoleName.ADMIN: frozenset({_P.OWN, _P.USERS}),
}
"""What each role may do. An administrator sees no person, an operator neither: least of what is needed."""
