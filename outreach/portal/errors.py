"""What a page answers where it cannot do as it was asked: a sentence in Chinese, and what to do."""

from __future__ import annotations

from http import HTTPStatus

from outreach.errors import OutreachError


class PageError(OutreachError):
    """A page that is refused; ``status`` is its HTTP status, the message what the reader sees."""

    status = HTTPStatus.BAD_REQUEST
    title = "无法完成"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.__class__.default)

    default = "请求有误，请返回上一页重试。"


class NotSignedInError(PageError):
    """Nobody is signed in, or the session has ended."""

    status = HTTPStatus.UNAUTHORIZED
    title = "请重新登录"
    default = "尚未登录，或登录已过期。请重新登录；未提交的内容没有保存。"


class FirstPasswordError(PageError):
    """The user has to change the first password before anything else."""

    status = HTTPStatus.FORBIDDEN
    title = "请先修改初始密码"
    default = "首次登录，或密码被重置之后，须先修改密码。"


class ForbiddenError(PageError):
    """The user may not do or see this."""

    status = HTTPStatus.FORBIDDEN
    title = "没有权限"
    default = "您的角色或辖区不包括此内容。如工作需要，请联系系统管理员。本次访问已记录。"


class FormError(PageError):
    """A form that does not come from a page of this session."""

    status = HTTPStatus.FORBIDDEN
    title = "表单已失效"
    default = "此表单不是由当前登录的页面提交的。请返回页面刷新后重新提交。"


class NotFoundError(PageError):
    """There is no such thing, or not in the user's areas: both say the same."""

    status = HTTPStatus.NOT_FOUND
    title = "没有找到"
    default = "没有这个页面或记录，或不在您的辖区内。"


class NoNightError(PageError):
    """The region has no published night."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "尚无已发布的结果"
    default = "本地区还没有已发布的结果。夜间比对发布后，刷新本页即可。"


class TooLargeError(PageError):
    """More than the page takes."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = "文件过大"
    default = "上传的文件超过上限，没有采用。请按社区分开上传。"


class LimitError(PageError):
    """The day's limit is reached."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    title = "已达当日上限"
    default = "今日下载次数已达上限。如工作需要，请联系系统管理员。"
