from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import AreaLevel, Role
from core.fields import AreaCodeField


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a hashed password; roles are assigned apart."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A member of staff, who works in one area with one or more roles. Separation of duties is by person, never by role."""

    username = models.CharField(_("Tên đăng nhập"), max_length=60, unique=True)
    full_name = models.CharField(_("Họ và tên"), max_length=150)
    title = models.CharField(_("Chức vụ"), max_length=150, blank=True)
    office = models.CharField(_("Cơ quan"), max_length=200, blank=True)
    phone = models.CharField(_("Số điện thoại"), max_length=20, blank=True)
    # where the morning's digest and scheduled reports are mailed, if mail is set up; nothing else is ever sent there
    email = models.EmailField(_("Thư điện tử"), blank=True, default="", db_default="")
    area_code = AreaCodeField()
    is_active = models.BooleanField(_("Đang hoạt động"), default=True)
    must_change_password = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name", "area_code"]

    class Meta:
        ordering = ["username"]
        verbose_name = _("người dùng")

    def __str__(self) -> str:
        return self.full_name

    @cached_property
    def role_codes(self) -> frozenset[str]:
        """Codes of the roles held; read once per request."""
        return frozenset(self.role_assignments.values_list("role", flat=True))

    def has_role(self, *codes: str) -> bool:
        """True when one of these roles is held."""
        return not self.role_codes.isdisjoint(codes)

    @property
    def sees_records(self) -> bool:
        """May see people, cases, lists and batches of the area (the administrator may not)."""
        return self.is_active and self.has_role(*Role.readers_of_records())

    @property
    def reads_only(self) -> bool:
        """Holds no role that changes anything."""
        return not self.has_role(*Role.writers())

    @property
    def area_level(self) -> AreaLevel:
        return AreaLevel.of(self.area_code)

    @property
    def reference(self) -> str:
        """What the audit log calls this account: its name at sign-in (the log's column is shorter)."""
        return self.username[:40]

    @property
    def is_staff(self) -> bool:
        """Technical support pages (`/admin/`) are the administrator's."""
        return self.is_active and self.has_role(Role.ADMINISTRATOR)

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Django's own admin: administrators read, nobody writes through it."""
        return self.is_staff and ".view_" in perm

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class RoleAssignment(models.Model):
    """One role of one user."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("Vai trò"), max_length=24, choices=Role)

    class Meta:
        verbose_name = _("vai trò")
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="role_once_per_user"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
