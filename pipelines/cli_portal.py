"""The commands ``outreach portal …``. What they do is in ``pipelines.portal``."""

from __future__ import annotations

from typing import Annotated

import typer

from outreach.deployment import Deployment
from pipelines.options import Home, Landing, Policies

portal_app = typer.Typer(help="工作人员使用的网页：打开网页，管理用户，核验审计记录。")
user_app = typer.Typer(help="网页用户：新增、查看、停用、重置密码。", no_args_is_help=True)
audit_app = typer.Typer(help="审计记录。", no_args_is_help=True)
portal_app.add_typer(user_app, name="user")
portal_app.add_typer(audit_app, name="audit")

Name = Annotated[str, typer.Argument(help="用户名", metavar="USER")]


@portal_app.callback(invoke_without_command=True)
def portal(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="监听端口")] = 8000,
    landing: Landing = None,
    home: Home = None,
    policies: Policies = None,
) -> None:
    """打开网页（Ctrl-C 停止）。"""
    if context.invoked_subcommand is None:
        from pipelines.portal import serve

        raise typer.Exit(serve(Deployment.find(home, landing, policies), host, port))


@user_app.command("add")
def user_add(
    name: Name,
    role: Annotated[list[str], typer.Option("--role", help="角色（可重复）")],
    region: Annotated[str, typer.Option("--region", help="地区")],
    area: Annotated[
        list[str] | None,
        typer.Option("--area", help="辖区：区划代码的前几位（可重复；默认全地区）", show_default=False),
    ] = None,
    display: Annotated[str, typer.Option("--name", help="姓名")] = "",
    department: Annotated[
        str | None, typer.Option("--department", help="部门（部门联系人）", show_default=False)
    ] = None,
    home: Home = None,
    policies: Policies = None,
) -> None:
    """新增用户，显示初始密码（首次登录须修改）。"""
    from pipelines.portal import add

    deployment = Deployment.find(home, None, policies)
    raise typer.Exit(add(deployment, name, display, role, region, area or [""], department))


@user_app.command("list")
def user_list(home: Home = None, policies: Policies = None) -> None:
    """列出用户、角色、辖区。"""
    from pipelines.portal import list_users

    raise typer.Exit(list_users(Deployment.find(home, None, policies)))


@user_app.command("disable")
def user_disable(name: Name, home: Home = None, policies: Policies = None) -> None:
    """停用用户，立即退出其所有登录。"""
    from pipelines.portal import disable

    raise typer.Exit(disable(Deployment.find(home, None, policies), name))


@user_app.command("password")
def user_password(name: Name, home: Home = None, policies: Policies = None) -> None:
    """重置用户密码，解除锁定，显示新密码。"""
    from pipelines.portal import new_password

    raise typer.Exit(new_password(Deployment.find(home, None, policies), name))


@audit_app.command("verify")
def audit_verify(home: Home = None, policies: Policies = None) -> None:
    """核验审计记录是否完整。退出码：0 完整；1 有缺失或改动。"""
    from pipelines.portal import verify_audit

    raise typer.Exit(verify_audit(Deployment.find(home, None, policies)))
