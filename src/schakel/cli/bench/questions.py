"""What each page of the portal asks of the desk, the visitor let in again each time."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.timezone import localdate

from schakel.desk import (
    access,
    audit,
    differences,
    employees,
    employers,
    explaining,
    issues,
    links,
    messages,
    revised,
    totals,
)

Page = Callable[[], object]
Which = employees.Which


class Questions:
    """The questions of an adviser, about the largest and the smallest employer and one employee."""

    def __init__(self, tenant_id: int, now: datetime) -> None:
        self._tenant_id, self._now, self._on = tenant_id, now, localdate(now)
        self._adviser = get_user_model().objects.get(username__startswith="adviseur@").pk
        every = employers.overview(self._who(), now, "in_service", descending=True).rows
        self._largest, self._smallest = every[0], every[-1]
        self._listed = employees.employees(self._who(), self._largest.id, self._on, now=now)
        self._one = employees.employee(self._who(), self._listed.rows[7].id, now)

    def _who(self) -> access.Visitor:
        return access.visit(self._adviser, self._tenant_id)

    def of_every_page(self) -> Mapping[str, Page]:
        """By the name of the page."""
        return {**self._of_employers(), **self._of_employees(), **self._of_messages(), **self._of_links()}

    def _of_employers(self) -> dict[str, Page]:
        return {
            "employers": lambda: employers.overview(self._who(), self._now),
            "employer_largest": lambda: self._employer(self._largest.id),
            "employer_small": lambda: self._employer(self._smallest.id),
            "schemes": lambda: employers.employer(self._who(), self._largest.id, self._now),
        }

    def _employer(self, employer_id: int) -> None:
        employers.employer(self._who(), employer_id, self._now)
        issues.issues(self._who(), self._now, employer_id=employer_id, per_page=5)
        totals.totals(self._who(), employer_id, self._now)
        totals.wage_sums(self._who(), employer_id, self._now)
        revised.revised(self._who(), employer_id, self._now)
        differences.differences(self._who(), employer_id)

    def _of_employees(self) -> dict[str, Page]:
        last = self._listed.counts[Which.ALL] // 50
        return {
            "employees": self._listing(),
            "employees_last_page": self._listing(which=Which.ALL, page=last),
            "employees_left": self._listing(which=Which.LEFT),
            "employees_with_issue": self._listing(which=Which.WITH_ISSUE),
            "employees_searched": self._listing(search="ozturk", which=Which.ALL),
            "employee": lambda: employees.employee(self._who(), self._one.id, self._now),
            "why": self._why,
        }

    def _listing(self, **asked: Any) -> Page:
        def page() -> None:
            employees.employees(self._who(), self._largest.id, self._on, now=self._now, **asked)
            employers.employer(self._who(), self._largest.id, self._now)

        return page

    def _why(self) -> None:
        benefit = next(one for one in self._one.benefits if one.periods)
        period = benefit.periods[-1]
        amount = explaining.Amount(
            self._one.id, benefit.benefit_id, period.year, period.number, benefit.quantities[0].name
        )
        explaining.why(self._who(), amount, self._now)

    def _of_messages(self) -> dict[str, Page]:
        here = self._largest.id
        newest = messages.messages(self._who(), self._now, employer_id=here).rows[0].message_id
        return {
            "messages": lambda: messages.messages(self._who(), self._now),
            "messages_of_employer": lambda: messages.messages(self._who(), self._now, employer_id=here),
            "messages_stuck": lambda: messages.messages(self._who(), self._now, state="stuck"),
            "message": lambda: messages.message(self._who(), newest, self._now),
            "issues": lambda: issues.issues(self._who(), self._now),
            "differences": lambda: differences.differences(self._who()),
        }

    def _of_links(self) -> dict[str, Page]:
        payroll = next(link for link in self._largest.links if link.kind == "payroll").reference
        return {
            "links": lambda: links.links(self._who(), self._now),
            "link": lambda: links.link(self._who(), payroll, self._now),
            "audit": lambda: audit.trail(self._who()),
        }
