"""Reads of the people app, one file a subject; each takes the user it reads for."""

from pulih.people.queries.people import PeopleFilter, get_person, list_people
from pulih.people.queries.similar import SimilarPerson, find_similar_people

__all__ = [
    "PeopleFilter",
    "SimilarPerson",
    "find_similar_people",
    "get_person",
    "list_people",
]
