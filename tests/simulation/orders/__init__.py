"""Whole lives of orders: a real desk over a real ledger, an exchange that lies, a process that dies."""
