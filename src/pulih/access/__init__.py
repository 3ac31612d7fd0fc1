"""Offices, users, roles, the policy, compartments and the trail: who may, and who did.

Knows nothing of people and cases; the apps above register how a user relates to their records.
"""
