"""Goals that are ready to be taken into a plan, by target group: data, one file a group.

They are a beginning: what is taken is copied, and changed with the client.
"""

from pulih.cases.goal_bank.entries import BANK, GENERAL, BankGoal, Group, find, groups_for, search

__all__ = ["BANK", "GENERAL", "BankGoal", "Group", "find", "groups_for", "search"]
