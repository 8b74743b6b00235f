"""The first wall: no query without a tenant. It fails closed.

`tenant_scope` also opens the second wall's door: it tells PostgreSQL, for this transaction only, whose rows
may be seen (`walls.py`). Each wall holds by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection, models, transaction

from schakel.tenancy.access import OutsideTenant


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose data may be touched now."""

    tenant_id: int
    employer_ids: frozenset[int] | None = None  #: None: every employer of the tenant
    actor: str = "system"  #: for the audit line: "user:7", "job:sync", never a name


_current: ContextVar[Scope | None] = ContextVar("schakel_scope", default=None)


def current_scope() -> Scope:
    """The scope in force. Raises OutsideTenant when there is none."""
    scope = _current.get()
    if scope is None:
        raise OutsideTenant
    return scope


@contextmanager
def tenant_scope(
    tenant_id: int, *, employer_ids: frozenset[int] | None = None, actor: str = "system"
) -> Iterator[Scope]:
    """One transaction in which only this tenant exists.

    A scope inside a scope must be of the same tenant and joins its transaction as a savepoint.
    """
    outer = _current.get()
    if outer is not None and outer.tenant_id != tenant_id:
        raise OutsideTenant
    scope = Scope(tenant_id, employer_ids, actor)
    is_transaction_longer = outer is None and connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Local to the transaction, so that a pooled connection carries nothing to the next request.
            cursor.execute("SELECT set_config('app.tenant', %s, true)", [str(tenant_id)])
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
        if is_transaction_longer:
            with connection.cursor() as cursor:
                # The caller's transaction goes on without a scope: its door must not stay open.
                cursor.execute("SELECT set_config('app.tenant', '', true)")


class ScopedManager(models.Manager[Any]):
    """Rows of the tenant in scope, and of the employers in scope where the model knows its employer."""

    def get_queryset(self) -> models.QuerySet[Any]:
        scope = current_scope()
        rows = super().get_queryset().filter(tenant_id=scope.tenant_id)
        path = getattr(self.model, "employer_path", None)
        if scope.employer_ids is not None and path is not None:
            rows = rows.filter(**{f"{path}__in": scope.employer_ids})
        return rows


class TenantOwned(models.Model):
    """A row that belongs to one tenant. Saved only inside that tenant's scope."""

    employer_path: ClassVar[str | None] = None  #: the look-up that leads to the employer's id

    tenant = models.ForeignKey("tenancy.Tenant", on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ScopedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        scope = current_scope()
        if not self.tenant_id:
            self.tenant_id = scope.tenant_id
        elif self.tenant_id != scope.tenant_id:
            raise OutsideTenant
        super().save(*args, **kwargs)
