"""What people do on the page, as the audit chain names it."""

from __future__ import annotations

from contracts.vocabulary import Word


class Deed(Word):
    """What was done."""

    SIGN_IN = "sign_in", "登录", "sign in", "a user signed in"
    SIGN_IN_REFUSED = "sign_in_refused", "登录被拒", "sign-in refused", "wrong password, locked, or inactive"
    SIGN_OUT = "sign_out", "退出", "sign out", "a user signed out"
    PASSWORD = "password", "修改密码", "password", "a user changed the own password"
    REFUSED = "refused", "越权被拒", "refused", "a page or area that the user may not see"
    SEARCH = "search", "查询", "search", "a search by name or digits"
    PERSON = "person", "查看人员", "person", "a person's page"
    UNMASK = "unmask", "查看完整信息", "unmask", "a person's full data, with the reason"
    DOWNLOAD = "download", "下载", "download", "a list was downloaded"
    ANSWER = "answer", "登记结果", "answer", "results of contacts were recorded"
    UPLOAD = "upload", "导入名单", "upload", "a filled list was taken in"
    REVIEW = "review", "身份复核", "review", "a pair of records was decided"
    QUESTION = "question", "答复核对", "question", "a question was answered"
    APPROVE = "approve", "批准发布", "approve", "a held release was approved"
    RERUN = "rerun", "重跑", "run again", "a night was run again"
    SIMULATE = "simulate", "政策测算", "simulate", "a variant of the policy was tried"
    USER = "user", "用户管理", "user", "a user was added or changed"
    VERIFY = "verify", "核验审计记录", "verify", "the audit chain was checked"
