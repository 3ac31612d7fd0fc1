"""Reports and cases: from the first word that somebody needs help to the follow-up after the end.

Owns the stages of a case, its team, plan, services and referrals. Knows the registry of people;
the registry does not know cases. The special roads (rehabilitation, protection) stand above.
"""
