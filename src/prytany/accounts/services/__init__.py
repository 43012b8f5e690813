"""The only writers of accounts: one module a noun."""

from prytany.accounts.services.accounts import (
    change_password,
    close_account,
    create_accounts,
    open_account,
    remove_accounts,
    rename_account,
)
from prytany.accounts.services.api_tokens import create_token, revoke_token
from prytany.accounts.services.clearances import (
    end_clearance,
    end_need,
    grant_clearance,
    grant_clearance_from_console,
    grant_need,
    open_need,
)
from prytany.accounts.services.devices import forget_device, trust_device
from prytany.accounts.services.letterheads import set_letterhead
from prytany.accounts.services.sessions import end_sessions, sign_out_elsewhere
from prytany.accounts.services.setup import set_up
from prytany.accounts.services.slips import (
    issue_slips,
    issue_slips_from_console,
    note_printing,
    use_slip,
)

__all__ = [
    "change_password",
    "close_account",
    "create_accounts",
    "create_token",
    "end_clearance",
    "end_need",
    "end_sessions",
    "forget_device",
    "grant_clearance",
    "grant_clearance_from_console",
    "grant_need",
    "issue_slips",
    "issue_slips_from_console",
    "note_printing",
    "open_account",
    "open_need",
    "remove_accounts",
    "rename_account",
    "revoke_token",
    "set_letterhead",
    "set_up",
    "sign_out_elsewhere",
    "trust_device",
    "use_slip",
]
