"""A machine that grants, moves and revokes at random, beside a model that remembers who may."""
