"""The private brief: what to have in mind before meeting a client, planned from the record by plain code.

Every statement leads to its evidence or is a gap. Sentences are about the assignment and what was said of it, so that
the client could read each of them over a shoulder.
"""

from analyzer.usecases.brief.gathering import brief_of
from analyzer.usecases.brief.people import people_met
from analyzer.usecases.brief.planning import OwnWords, plan_brief

__all__ = ["OwnWords", "brief_of", "people_met", "plan_brief"]
