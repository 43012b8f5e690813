"""Pages of sign-in, My account, administration and set-up."""
